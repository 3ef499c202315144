/** Who is free and speaks what, asked for when a picker opens. */
import { useEffect, useState } from "preact/hooks";
import type { PresenceState } from "../../contract.ts";
import { PresenceDot, type Choice } from "../../ui/index.ts";
import { feed } from "../model/store.ts";
import { t } from "./texts.ts";

export interface Goals extends Record<string, unknown> {
  language: string;
  queues: Record<string, { free: number; free_speaking: number }>;
  agents: Record<
    string,
    { presence: PresenceState; free: boolean; languages: string[]; speaks: boolean }
  >;
}

export function useGoals(contactId: string): Goals | null {
  const [goals, setGoals] = useState<Goals | null>(null);
  useEffect(() => {
    let isHere = true;
    void feed.send<Goals>("transfer_goals", { contact_id: contactId }).then((answer) => {
      if (isHere && answer.ok) setGoals(answer.result);
    });
    return () => {
      isHere = false;
    };
  }, [contactId]);
  return goals;
}

export const languageWord = (code: string): string =>
  code === "en" || code === "zh" ? t(`lang_${code}`) : code;

export function queueFree(goals: Goals | null, queueId: string): string {
  const one = goals?.queues[queueId];
  if (!goals || !one) return "";
  if (one.free === 0) return t("free_none");
  const language = languageWord(goals.language);
  return t("free_speaking", { free: one.free, speaking: one.free_speaking, language });
}

export function agentState(goals: Goals | null, agentId: string): Pick<Choice, "hint"> {
  const one = goals?.agents[agentId];
  if (!one) return {};
  const state =
    one.presence === "available"
      ? t(one.free ? "is_free" : "is_busy")
      : t(`presence_${one.presence}`);
  const languages = one.languages.map(languageWord).join(", ");
  return {
    hint: (
      <span class="row row-1 t12 t2">
        <PresenceDot presence={one.presence} busy={one.presence === "available" && !one.free} />
        {languages ? `${state} · ${t("speaks", { languages })}` : state}
      </span>
    ),
  };
}

/** Free and speaking the language, free, the others. */
export function rankOf(goals: Goals | null, agentId: string): number {
  const one = goals?.agents[agentId];
  if (!one) return 3;
  if (one.free) return one.speaks ? 0 : 1;
  return one.presence === "offline" ? 3 : 2;
}
