/** Sending once at a time; what the hub does not take is said with its reason. */
import { useState } from "preact/hooks";
import { HttpProblem } from "../../lib/http.ts";
import { toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { close, load } from "./model.ts";
import { t } from "./texts.ts";

export function useSending(done: string) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState("");
  const send = async (work: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setRefused("");
    try {
      await work();
      toast({ tone: "ok", title: done });
      return close();
    } catch (problem) {
      const code = problem instanceof HttpProblem ? problem.code : "";
      if (code === "bad_reply") setRefused((problem as HttpProblem).detail);
      else if (code === "published_meanwhile") {
        setRefused(t("saved_meanwhile"));
        await load();
      } else sayProblem(problem);
    }
    setBusy(false);
  };
  return { busy, refused, send };
}
