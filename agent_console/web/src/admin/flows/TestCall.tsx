import { useState } from "preact/hooks";
import { Button, Dialog, Input, Select, Tick } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { close } from "./dialogs.ts";
import { call, chosen } from "./model.ts";
import { t } from "./texts.ts";
import type { CallLine } from "./types.ts";

const PAD = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

/** Walk through the draft as a caller would hear it, in text. The hub's answers are invented. */
export function TestCall() {
  const [caller, setCaller] = useState("+852 9123 4567");
  const [language, setLanguage] = useState<"en" | "zh">("zh");
  const [closed, setClosed] = useState(false);
  const [keys, setKeys] = useState<string[]>([]);
  const [typed, setTyped] = useState("");
  const [lines, setLines] = useState<CallLine[] | null>(null);
  const walk = async (pressed: string[]): Promise<void> => {
    try {
      const told = await call({ caller, keys: pressed, language, closed });
      setKeys(pressed);
      setLines(told);
      setTyped("");
      chosen.value = told.at(-1)?.node || chosen.value;
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const isOver = lines?.at(-1)?.who === "end";
  return (
    <Dialog
      title={t("test_call")}
      size="l"
      onClose={close}
      onSubmit={() => void walk(lines ? [...keys, typed] : [])}
      footer={
        <>
          <Button onClick={close}>{t("close")}</Button>
          {lines && <Button onClick={() => void walk([])}>{t("call_again")}</Button>}
          {!isOver && (
            <Button kind="primary" type="submit">
              {lines ? t(typed ? "press" : "press_nothing") : t("call_now")}
            </Button>
          )}
        </>
      }
    >
      {lines ? (
        <>
          <Heard lines={lines} />
          {!isOver && (
            <div class="flow-pad">
              <Input
                key={lines.length}
                label={t("keys_or_words")}
                autoFocus
                value={typed}
                onInput={setTyped}
              />
              <div role="group" aria-label={t("keypad")}>
                {PAD.map((key) => (
                  <Button key={key} onClick={() => void walk([...keys, key])}>
                    {key}
                  </Button>
                ))}
              </div>
            </div>
          )}
        </>
      ) : (
        <>
          <p class="t2">{t("test_call_why")}</p>
          <Input label={t("caller")} hint={t("caller_hint")} value={caller} onInput={setCaller} />
          <Select
            label={t("page_language")}
            value={language}
            onChange={(one) => setLanguage(one === "en" ? "en" : "zh")}
          >
            <option value="en">English</option>
            <option value="zh">中文</option>
          </Select>
          <Tick label={t("after_hours")} checked={closed} onChange={setClosed} />
        </>
      )}
    </Dialog>
  );
}

function Heard({ lines }: { lines: readonly CallLine[] }) {
  return (
    <div role="log" aria-live="polite" aria-label={t("heard")}>
      <ol class="flow-heard">
        {lines.map((line, index) => (
          <li key={index} class={`is-${line.who}`}>
            <span class="t12 t3">{t(`who_${line.who}`)}</span>
            <span>{line.text || t("nothing_pressed")}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
