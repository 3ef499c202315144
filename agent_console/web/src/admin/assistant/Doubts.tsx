import { useEffect, useState } from "preact/hooks";
import { matterName } from "../../i18n/matter.ts";
import { both, exactTime, htmlLang, number, percent } from "../../i18n/index.ts";
import { Badge, Button, Empty, Skeleton } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { done } from "./Head.tsx";
import { IntentSelect } from "./IntentSelect.tsx";
import {
  groups,
  ignore,
  keptDays,
  loadDoubts,
  mayWrite,
  OUT_OF_SCOPE,
  teach,
  view,
} from "./model.ts";
import { t } from "./texts.ts";
import type { Doubt, Group } from "./types.ts";

/** Messages the assistant was at a loss with, those that want the same side by side. */
export function Doubts() {
  const [failed, setFailed] = useState(false);
  const look = (): void => {
    setFailed(false);
    loadDoubts().catch(() => setFailed(true));
  };
  useEffect(look, []);
  const all = groups.value;
  if (failed) {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={look}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (!all) return <Skeleton lines={[60, 95, 90, 60, 95, 90]} />;
  if (all.length === 0) {
    return <Empty icon="check" title={t("no_doubts")} text={t("no_doubts_why")} />;
  }
  return (
    <>
      <p class="t12 t3">{t("doubts_why", { days: keptDays.value })}</p>
      <ul class="doubts">
        {all.map((one) => (
          <GroupCard key={one.doubts[0]!.key} group={one} />
        ))}
      </ul>
    </>
  );
}

const TONES = { missed: "risk", outside: "neutral", unsure: "blue", wrong: "bad" } as const;

function GroupCard({ group }: { group: Group }) {
  const isMatter = view.value!.intents.includes(group.intent) && group.intent !== OUT_OF_SCOPE;
  const guess = isMatter ? group.intent : "";
  const [intent, setIntent] = useState(guess);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const some = group.doubts.filter(({ key }) => !left.includes(key));
  const carryOut = async (what: () => Promise<void>, said: string): Promise<void> => {
    if (busy || some.length === 0) return;
    setBusy(true);
    await what().then(() => done(said), sayProblem);
    setBusy(false);
  };
  const assign = (to: string, said: string): void => {
    const sentences = some.map((one) => ({ text: one.said, intent: to, language: one.language }));
    void carryOut(() => teach(sentences.filter(({ text }) => text), keysOf(some)), said);
  };
  return (
    <li class="doubt">
      <div class="row wrap">
        <Badge tone={TONES[group.kind]}>{t(`kind_${group.kind}`)}</Badge>
        <span class="t12 t2">{t("times", { count: group.times })}</span>
        <span class="t12 t3">{exactTime(group.last_at)}</span>
        {group.intent && (
          <span class="t12 t2 push">
            {t("guessed", { matter: matterName(group.intent), sure: percent(group.probability) })}
          </span>
        )}
      </div>
      <ul class="doubt-said">
        {group.doubts.map((one) => (
          <Said
            key={one.key}
            doubt={one}
            left={left.includes(one.key)}
            onLeave={(leave) =>
              setLeft(leave ? [...left, one.key] : left.filter((key) => key !== one.key))
            }
          />
        ))}
      </ul>
      {mayWrite.value && (
        <div class="row wrap">
          <IntentSelect label={t("means")} value={intent} onChoose={setIntent} />
          <Button
            kind="primary"
            size="s"
            aria-disabled={!intent || busy}
            onClick={() => intent && assign(intent, t("assigned"))}
          >
            {t("teach")}
          </Button>
          <Button size="s" onClick={() => assign(OUT_OF_SCOPE, t("assigned"))}>
            {t("out_of_scope")}
          </Button>
          <Button
            size="s"
            kind="ghost"
            onClick={() => void carryOut(() => ignore(keysOf(some)), t("ignored"))}
          >
            {t("ignore")}
          </Button>
        </div>
      )}
    </li>
  );
}

const keysOf = (some: readonly Doubt[]): string[] => some.map(({ key }) => key);

interface SaidProps {
  doubt: Doubt;
  left: boolean;
  onLeave: (leave: boolean) => void;
}

function Said({ doubt, left, onLeave }: SaidProps) {
  return (
    <li>
      <label class="doubt-line">
        {mayWrite.value && (
          <input
            type="checkbox"
            checked={!left}
            onChange={(event) => onLeave(!event.currentTarget.checked)}
          />
        )}
        <span lang={htmlLang(doubt.language)} dir="auto">
          {doubt.said || t("said_nothing")}
        </span>
        {doubt.times > 1 && <span class="t12 t3">×{number(doubt.times)}</span>}
      </label>
      {doubt.answer && (
        <blockquote lang={htmlLang(doubt.language)} dir="auto">
          {doubt.answer}
        </blockquote>
      )}
      {doubt.by && (
        <p class="t12 t3">
          {t("reported_by", { name: both(doubt.by) })}
          {doubt.note && `: ${doubt.note}`}
        </p>
      )}
    </li>
  );
}
