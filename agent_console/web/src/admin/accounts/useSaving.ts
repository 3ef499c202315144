/** Sending a form: once at a time, with what was refused beside the field it is about. */
import { useState } from "preact/hooks";
import { HttpProblem } from "../../lib/http.ts";
import { toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { change, close, connect, type Said } from "./model.ts";
import { t } from "./texts.ts";
import type { Account } from "./types.ts";

/** Refusals that say what to mend; the detail of the others names the setting. */
export const REFUSALS = {
  account_taken: "account_taken",
  bad_address: "bad_address",
  bad_number: "bad_number",
  no_tls: "no_tls",
  secret_again: "secret_again",
  unknown_queue: "unknown_queue_here",
  bad_token_url: "bad_token_url",
  missing_setting: "missing_setting",
  no_carrier: "no_carrier",
  bad_setting: "bad_setting_here",
} as const;

type Refusal = keyof typeof REFUSALS;

export function useSaving(account: Account | null) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ words: string; detail: string } | null>(null);
  const save = async (said: Said): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await (account ? change(account, said) : connect(said));
      toast({ tone: "ok", title: t(account ? "account_changed" : "account_connected") });
      return close();
    } catch (problem) {
      const code = problem instanceof HttpProblem ? problem.code : "";
      if (code in REFUSALS) {
        const detail = problem instanceof HttpProblem ? problem.detail : "";
        setRefused({ words: t(REFUSALS[code as Refusal]), detail });
      } else sayProblem(problem);
    }
    setBusy(false);
  };
  return { busy, refused, save };
}
