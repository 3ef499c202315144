import { useEffect, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, clockTime } from "../../i18n/index.ts";
import { matches } from "../../keys/combo.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import {
  Button,
  ChannelTile,
  Field,
  IconButton,
  Picker,
  PromiseText,
  SlaRing,
  Tabs,
  TextArea,
  toast,
} from "../../ui/index.ts";
import { InsertSummary, SuggestedOutcome } from "../assist/WrapHelp.tsx";
import { Dropped } from "../calls/Notices.tsx";
import { MoreOutcomes } from "../hands/MoreOutcomes.tsx";
import { ExtendMenu } from "../hands/ExtendMenu.tsx";
import { draft, draftOf, forgetDraft } from "../model/drafts.ts";
import { queueName } from "../model/names.ts";
import { feed, setup, titleOf } from "../model/store.ts";
import { drawerOpen } from "../record/drawer.ts";
import { focusIfLost, focusNextRow, focusWhenShown } from "../focus.ts";
import { Log } from "../talk/Log.tsx";
import { BackButton } from "../talk/ContactHead.tsx";
import { t } from "../texts.ts";

const PANEL = "wrap-panel";
const SEARCH = ".wrap-form [role=combobox]";

/** After the talk: an outcome, notes, done. The conversation stays at hand in the second tab. */
export function WrapUp({ contact }: { contact: ContactView }) {
  const [tab, setTab] = useState<"form" | "talk">("form");
  const { finish, busy, missing } = useFinish(contact, () => setTab("form"));
  useEffect(() => focusIfLost(SEARCH), []);
  const search = (): void => {
    setTab("form");
    focusWhenShown(SEARCH);
  };
  useShortcuts([
    { keys: "Alt+KeyO", label: t("outcome_search"), run: search },
    { keys: "Mod+Enter", label: t("finish"), run: () => void finish() },
  ]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented || !matches("Mod+Enter", event)) return;
    event.preventDefault();
    void finish();
  };
  return (
    <div class="talk" onKeyDown={onKeyDown}>
      <WrapHead contact={contact} />
      {contact.call && <Dropped contact={contact} call={contact.call} />}
      <Tabs
        label={t("wrap_up")}
        panel={PANEL}
        chosen={tab}
        onChoose={setTab}
        items={[
          { id: "form", label: t("wrap_up") },
          { id: "talk", label: t("talk") },
        ]}
      />
      <div class="wrap-panel" id={PANEL} role="tabpanel" aria-labelledby={`${PANEL}-tab-${tab}`}>
        {tab === "talk" ? (
          <Log contact={contact} />
        ) : (
          <Form contact={contact} missing={missing} />
        )}
      </div>
      <footer class="wrap-foot">
        <span class="t12 t3">{t("wrap_frees")}</span>
        <Button
          kind="primary"
          class="push"
          keys="Mod+Enter"
          aria-disabled={busy}
          onClick={() => void finish()}
        >
          {t("finish")}
        </Button>
      </footer>
    </div>
  );
}

/** Finishing, once: with an outcome, or back to where it is chosen. */
function useFinish(contact: ContactView, showForm: () => void) {
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { disposition, notes, more, complaint } = draftOf(contact.id);
  const finish = async (): Promise<void> => {
    setTried(true);
    if (!disposition) {
      showForm();
      focusWhenShown(SEARCH);
      return;
    }
    if (busy) return;
    setBusy(true);
    const others = more.filter((code) => code !== disposition);
    const args = {
      contact_id: contact.id,
      disposition,
      notes: notes.trim(),
      more: others,
      complaint,
    };
    const ok = done(await feed.send("finish_wrap_up", args));
    setBusy(false);
    if (!ok) return;
    forgetDraft(contact.id);
    toast({ tone: "ok", title: t("wrap_done", { name: titleOf(contact) }) });
    focusNextRow(contact.id);
  };
  return { finish, busy, missing: tried && !disposition };
}

function WrapHead({ contact }: { contact: ContactView }) {
  const wrap = contact.wrap_up;
  return (
    <header class="chead">
      <BackButton />
      <ChannelTile channel={contact.channel} size={32} />
      <div class="grow">
        <h2 class="trunc">{t("wrap_title", { name: titleOf(contact) })}</h2>
        <div class="sub">
          {wrap && <span>{t("talk_ended", { time: clockTime(wrap.started_at) })}</span>}
          <span>{queueName(contact.queue_id)}</span>
          {wrap && wrap.extended > 0 && <span>{t("extended", { count: wrap.extended })}</span>}
        </div>
      </div>
      {wrap && (
        <span class="row row-1 t12 nowrap">
          <SlaRing dueAt={wrap.until} wholeSeconds={wrap.until - wrap.started_at} />
          <PromiseText dueAt={wrap.until} wholeSeconds={wrap.until - wrap.started_at} />
        </span>
      )}
      {wrap && wrap.extended < (setup.value?.extensions_most ?? 0) && (
        <ExtendMenu contactId={contact.id} word={t("extend")} />
      )}
      <IconButton
        class="record-toggle"
        icon="panel"
        label={t("customer_record")}
        onClick={() => (drawerOpen.value = true)}
      />
    </header>
  );
}

function Form({ contact, missing }: { contact: ContactView; missing: boolean }) {
  const { disposition, notes } = draftOf(contact.id);
  const outcomes =
    contact.wrap_up?.dispositions ??
    setup.value?.queues.find((one) => one.id === contact.queue_id)?.dispositions ??
    [];
  const choices = outcomes.map((one) => ({
    id: one.code,
    label: both(one.label),
    words: `${one.label.en} ${one.label.zh} ${one.code}`,
  }));
  return (
    <div class="scroll">
      <div class="wrap-form">
        <SuggestedOutcome contact={contact} choices={choices} />
        <Field label={t("outcome")} required error={missing ? t("outcome_missing") : null}>
          {(attributes) => (
            <Picker
              label={t("outcome")}
              inputId={attributes.id}
              placeholder={t("search_outcomes", { count: choices.length })}
              choices={choices}
              chosen={disposition}
              onChoose={(code) => draft(contact.id, { disposition: code })}
              invalid={missing}
            />
          )}
        </Field>
        <MoreOutcomes contact={contact} outcomes={outcomes} />
        <TextArea
          label={t("notes_for_next")}
          rows={4}
          value={notes}
          onInput={(text) => draft(contact.id, { notes: text })}
        />
        <div>
          <InsertSummary contact={contact} />
        </div>
      </div>
    </div>
  );
}
