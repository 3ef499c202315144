import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Button, Dialog, Field, Segmented } from "../../ui/index.ts";
import { titleOf } from "../model/names.ts";
import { agents, contacts, setup } from "../model/store.ts";
import { dialog, reassign } from "../model/watch.ts";
import { t } from "../texts.ts";

const close = (): void => {
  dialog.value = null;
};

/** Move a chat to a queue or an agent; it keeps the time it has waited. */
export function Reassign({ contactId }: { contactId: string }) {
  const [to, setTo] = useState<"queue" | "agent">("queue");
  const [chosen, setChosen] = useState("");
  const [tried, setTried] = useState(false);
  const row = contacts.value[contactId];
  const act = (): void => {
    setTried(true);
    if (!chosen) return;
    close();
    void reassign(contactId, to === "queue" ? { queue_id: chosen } : { agent_id: chosen });
  };
  return (
    <Dialog
      title={t("reassign_title", { customer: row ? titleOf(row) : "" })}
      size="s"
      onClose={close}
      onSubmit={act}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("reassign")}
          </Button>
        </>
      }
    >
      <Segmented
        label={t("reassign_to")}
        items={[
          { id: "queue", label: t("to_queue") },
          { id: "agent", label: t("to_agent") },
        ]}
        chosen={to}
        onChoose={(id) => {
          setTo(id);
          setChosen("");
        }}
      />
      <Field
        label={t(to === "queue" ? "to_queue" : "to_agent")}
        hint={t("keeps_place")}
        error={tried && !chosen ? t("need_choice") : null}
      >
        {(attributes) => (
          <select
            {...attributes}
            class="in"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            <option value="">{t("choose")}</option>
            {goals(to, row?.agent_id ?? null).map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
    </Dialog>
  );
}

/** Queues, or agents who are signed in and do not have it already. */
function goals(to: "queue" | "agent", owner: string | null): Array<{ id: string; label: string }> {
  if (to === "queue") {
    return (setup.value?.queues ?? []).map((one) => ({ id: one.id, label: both(one.name) }));
  }
  return (setup.value?.agents ?? [])
    .filter((one) => one.id !== owner && agents.value[one.id]?.presence !== "offline")
    .map((one) => {
      const presence = agents.value[one.id]?.presence;
      const state = presence ? ` · ${t(`presence_${presence}`)}` : "";
      return { id: one.id, label: `${both(one.name)}${state}` };
    });
}
