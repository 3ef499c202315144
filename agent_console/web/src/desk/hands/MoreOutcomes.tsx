/** Outcomes beside the primary one, and the flag that opens a complaint. */
import type { Both, ContactView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { t } from "./texts.ts";

const MOST = 5;

interface OutcomesProps {
  contact: ContactView;
  outcomes: ReadonlyArray<{ code: string; label: Both }>;
}

export function MoreOutcomes({ contact, outcomes }: OutcomesProps) {
  const { disposition, more, complaint } = draftOf(contact.id);
  const others = outcomes.filter((one) => one.code !== disposition);
  const toggle = (code: string, on: boolean): void => {
    const left = more.filter((one) => one !== code && one !== disposition);
    draft(contact.id, { more: on ? [...left, code] : left });
  };
  return (
    <>
      {disposition && others.length > 0 && (
        <fieldset class="col">
          <legend class="lbl">{t("more_outcomes")}</legend>
          {others.map((one) => (
            <label key={one.code} class="choice">
              <input
                type="checkbox"
                checked={more.includes(one.code)}
                disabled={!more.includes(one.code) && more.length >= MOST}
                onChange={(event) => toggle(one.code, event.currentTarget.checked)}
              />
              {both(one.label)}
            </label>
          ))}
        </fieldset>
      )}
      {contact.channel !== "task" && (
        <label class="choice">
          <input
            type="checkbox"
            checked={complaint}
            disabled={!contact.known}
            onChange={(event) => draft(contact.id, { complaint: event.currentTarget.checked })}
          />
          <span>
            {t("complaint")}
            <span class="hint t12 t3">
              {" "}
              {t(contact.known ? "complaint_more" : "complaint_guest")}
            </span>
          </span>
        </label>
      )}
    </>
  );
}
