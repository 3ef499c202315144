/** Abuse and spam: the bank's warning, and the end that asks no survey. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { Button, Dialog, Field, Icon, Input, Menu, toast, type MenuItem } from "../../ui/index.ts";
import { feed, setup, titleOf } from "../model/store.ts";
import { t } from "./texts.ts";

type Code = "abuse" | "spam";
/** What is about to be ended, and why. */
const ending = signal<{ contact: ContactView; code: Code } | null>(null);

async function warn(contact: ContactView): Promise<void> {
  const args = { contact_id: contact.id, key: crypto.randomUUID() };
  if (done(await feed.send("warn_abuse", args))) toast({ tone: "ok", title: t("abuse_warned") });
}

interface AbuseProps {
  contact: ContactView;
  /** What else the menu offers, above all that is about abuse. */
  before?: readonly MenuItem[];
}

export function AbuseMenu({ contact, before = [] }: AbuseProps) {
  const items = [
    ...before,
    {
      id: "warn",
      label: t("abuse_warn"),
      mark: <Icon name="alert" />,
      onPick: () => void warn(contact),
    },
    ...(["abuse", "spam"] as const).map((code) => ({
      id: code,
      label: t(`end_for_${code}`),
      mark: <Icon name="message-off" />,
      onPick: () => (ending.value = { contact, code }),
    })),
  ];
  return (
    <>
      <Menu class="ib" label={t("more_acts")} title={t("more_acts")} items={items}>
        <Icon name="more" />
      </Menu>
      {ending.value && <EndForDialog {...ending.value} />}
    </>
  );
}

/** In days where it is whole days: "7 days". */
function blockTime(hours: number): string {
  if (hours === 0) return t("block_0");
  return hours % 24 === 0
    ? t("block_days", { count: hours / 24 })
    : t("block_hours", { count: hours });
}

const close = (): void => {
  ending.value = null;
};

function EndForDialog({ contact, code }: { contact: ContactView; code: Code }) {
  const times = setup.value?.block_hours ?? [];
  const [hours, setHours] = useState(times.find((one) => one > 0) ?? 0);
  const [reason, setReason] = useState("");
  const submit = async (): Promise<void> => {
    const args = { contact_id: contact.id, code, block_hours: hours, reason: reason.trim() };
    if (done(await feed.send("end_for", args))) close();
  };
  return (
    <Dialog
      title={t("end_for_title", { name: titleOf(contact), what: t(`code_${code}`) })}
      size="s"
      role="alertdialog"
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={close}>
            {t("cancel")}
          </Button>
          <Button kind="danger" type="submit">
            {t(`end_for_${code}`)}
          </Button>
        </>
      }
    >
      <p class="t2">{t("end_for_more")}</p>
      <Field label={t("block_for")} hint={t("block_hint")}>
        {(attributes) => (
          <select
            {...attributes}
            class="in"
            value={String(hours)}
            onChange={(event) => setHours(Number(event.currentTarget.value))}
          >
            {times.map((one) => (
              <option key={one} value={String(one)}>
                {blockTime(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Input label={t("block_reason")} value={reason} onInput={setReason} />
    </Dialog>
  );
}
