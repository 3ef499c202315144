import { useState } from "preact/hooks";
import { Button, Dialog, Input } from "../ui/index.ts";
import { HttpProblem } from "../lib/http.ts";
import { answer, giveCode, waiting } from "./ask.ts";
import { t } from "./texts.ts";

/** The question for a code; `show` puts it into every page. */
export function CodeAgain() {
  return waiting.value.length > 0 ? <Ask /> : null;
}

function Ask() {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<"wrong_code" | "too_many_codes" | "failed_other" | null>(null);
  const submit = async (): Promise<void> => {
    if (!code.trim()) return setWrong("wrong_code");
    try {
      if (await giveCode(code)) answer(true);
      else setWrong("wrong_code");
    } catch (problem) {
      const isLate = problem instanceof HttpProblem && problem.status === 429;
      setWrong(isLate ? "too_many_codes" : "failed_other");
    }
  };
  return (
    <Dialog
      title={t("code_again")}
      size="s"
      onClose={() => answer(false)}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={() => answer(false)}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("go_on")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("code_again_why")}</p>
      <Input
        label={t("code")}
        autoComplete="one-time-code"
        autoFocus
        value={code}
        error={wrong && t(wrong)}
        onInput={(typed) => {
          setCode(typed);
          setWrong(null);
        }}
      />
    </Dialog>
  );
}
