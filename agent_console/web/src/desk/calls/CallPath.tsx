import type { CallView, ContactView, PathStep } from "../../contract.ts";
import { both, exactTime, htmlLang } from "../../i18n/index.ts";
import { Icon } from "../../ui/index.ts";
import { t } from "./texts.ts";

/** The way through the phone menu: what was pressed and said, and who it led to. */
export function CallPath({ call, contact }: { call: CallView; contact: ContactView }) {
  if (call.path.length === 0 && !call.called) return null;
  return (
    <ol class="ivr" aria-label={t("path")}>
      {call.called && <Stop>{t("called", { number: call.called })}</Stop>}
      {call.path.map((one, index) => (
        <Step key={index} step={one} language={htmlLang(contact.language)} />
      ))}
      <Stop last>{t("you")}</Stop>
    </ol>
  );
}

function Step({ step, language }: { step: PathStep; language: string }) {
  const label = typeof step.label === "string" ? step.label : both(step.label);
  return (
    <>
      {(step.keys || label) && (
        <Stop title={exactTime(step.at)}>
          {step.keys && <b>{step.keys}</b>}
          {label}
        </Stop>
      )}
      {step.words && (
        <Stop title={exactTime(step.at)}>
          <q lang={language}>{step.words}</q>
        </Stop>
      )}
    </>
  );
}

interface StopProps {
  title?: string;
  last?: boolean;
  children: preact.ComponentChildren;
}

const Stop = ({ title, last = false, children }: StopProps) => (
  <li>
    <span class={last ? "stop end" : "stop"} title={title}>
      {children}
    </span>
    {!last && <Icon name="right" size={12} />}
  </li>
);
