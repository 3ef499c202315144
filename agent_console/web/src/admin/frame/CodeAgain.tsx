import { useState } from "preact/hooks";
import { Button, Dialog, Input } from "../../ui/index.ts";
import { giveCode, question } from "./code.ts";
import { sayProblem } from "./problem.ts";
import { t } from "./texts.ts";

/** The question for a code; put once in the frame. */
export function CodeAgain() {
  return question.value ? <Ask key="ask" /> : null;
}

function Ask() {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState(false);
  const answer = (given: boolean): void => question.value?.answer(given);
  const submit = async (): Promise<void> => {
    if (!code.trim()) return setWrong(true);
    try {
      if (await giveCode(code)) answer(true);
      else setWrong(true);
    } catch (problem) {
      sayProblem(problem);
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
        error={wrong ? t("wrong_code") : null}
        onInput={(typed) => {
          setCode(typed);
          setWrong(false);
        }}
      />
    </Dialog>
  );
}
