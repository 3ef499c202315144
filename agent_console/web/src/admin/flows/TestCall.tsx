import { useState } from "preact/hooks";
import { Button, Dialog, Input, Select, Tick } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { close } from "./dialogs.ts";
import { call, chosen, type Script } from "./model.ts";
import { t } from "./texts.ts";
import type { CallLine } from "./types.ts";

const PAD = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

const FIRST: Script = { caller: "+852 9123 4567", keys: [], language: "zh", closed: false };

/** Walk through the draft as a caller would hear it, in text. The hub's answers are invented. */
export function TestCall() {
  const [script, setScript] = useState(FIRST);
  const [typed, setTyped] = useState("");
  const [lines, setLines] = useState<CallLine[] | null>(null);
  const walk = async (keys: string[]): Promise<void> => {
    try {
      const told = await call({ ...script, keys });
      setScript({ ...script, keys });
      setLines(told);
      setTyped("");
      chosen.value = told.at(-1)?.node || chosen.value;
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const press = (key: string): void => void walk([...script.keys, key]);
  const isOver = lines?.at(-1)?.who === "end";
  return (
    <Dialog
      title={t("test_call")}
      size="l"
      onClose={close}
      onSubmit={() => void (lines ? press(typed) : walk([]))}
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
      {lines ? <Heard lines={lines} /> : <Who script={script} onScript={setScript} />}
      {lines && !isOver && (
        <Pad key={lines.length} typed={typed} onTyped={setTyped} onPress={press} />
      )}
    </Dialog>
  );
}

interface WhoProps {
  script: Script;
  onScript: (script: Script) => void;
}

function Who({ script, onScript }: WhoProps) {
  const set = (more: Partial<Script>): void => onScript({ ...script, ...more });
  return (
    <>
      <p class="t2">{t("test_call_why")}</p>
      <Input
        label={t("caller")}
        hint={t("caller_hint")}
        value={script.caller}
        onInput={(caller) => set({ caller })}
      />
      <Select
        label={t("page_language")}
        value={script.language}
        onChange={(one) => set({ language: one === "en" ? "en" : "zh" })}
      >
        <option value="en">English</option>
        <option value="zh">中文</option>
      </Select>
      <Tick
        label={t("after_hours")}
        checked={script.closed}
        onChange={(closed) => set({ closed })}
      />
    </>
  );
}

interface PadProps {
  typed: string;
  onTyped: (typed: string) => void;
  onPress: (key: string) => void;
}

function Pad({ typed, onTyped, onPress }: PadProps) {
  return (
    <div class="flow-pad">
      <Input label={t("keys_or_words")} autoFocus value={typed} onInput={onTyped} />
      <div role="group" aria-label={t("keypad")}>
        {PAD.map((key) => (
          <Button key={key} onClick={() => onPress(key)}>
            {key}
          </Button>
        ))}
      </div>
    </div>
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
