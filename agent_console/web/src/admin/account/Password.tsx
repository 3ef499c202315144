import { useState } from "preact/hooks";
import { http, HttpProblem } from "../../lib/http.ts";
import { Button, Input, toast } from "../../ui/index.ts";
import { sayProblem, wordsOf } from "../frame/problem.ts";
import { t } from "./texts.ts";

const FIELD: Record<string, "current" | "next"> = {
  wrong_password: "current",
  bad_password: "next",
  same_password: "next",
};

export function Password() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [refused, setRefused] = useState("");
  const wrong = (field: "current" | "next"): string | null =>
    FIELD[refused] === field ? wordsOf(refused) : null;

  const submit = async (): Promise<void> => {
    setRefused("");
    try {
      await http("POST", "/api/account/password", { current, new: next });
      setCurrent("");
      setNext("");
      toast({ tone: "ok", title: t("password_changed"), text: t("others_ended") });
    } catch (problem) {
      if (problem instanceof HttpProblem && FIELD[problem.code]) setRefused(problem.code);
      else sayProblem(problem);
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (current && next) void submit();
      }}
    >
      <Input
        label={t("current_password")}
        type="password"
        autoComplete="current-password"
        required
        value={current}
        error={wrong("current")}
        onInput={setCurrent}
      />
      <Input
        label={t("new_password")}
        type="password"
        autoComplete="new-password"
        required
        value={next}
        hint={t("password_hint")}
        error={wrong("next")}
        onInput={setNext}
      />
      <Button type="submit">{t("change_password")}</Button>
    </form>
  );
}
