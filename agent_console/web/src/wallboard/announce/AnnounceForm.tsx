import { useState } from "preact/hooks";
import { done } from "../../feed/index.ts";
import { both } from "../../i18n/index.ts";
import { tick } from "../../lib/clock.ts";
import { Button, Dialog, Select, TextArea, Tick, toast } from "../../ui/index.ts";
import { feed, setup } from "../model/store.ts";
import { t } from "./texts.ts";

const AUDIENCES = ["everyone", "customers", "agents"] as const;
const MINUTES = [15, 30, 60, 120, 240, 480] as const;
const MOST = 500;

interface Draft {
  audience: (typeof AUDIENCES)[number];
  goal: string;
  en: string;
  zh: string;
  minutes: number;
  mustConfirm: boolean;
}

const EMPTY: Draft = {
  audience: "everyone",
  goal: "",
  en: "",
  zh: "",
  minutes: 30,
  mustConfirm: false,
};

/** A new announcement: to whom, in both languages, until when. */
export function AnnounceForm({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const submit = (): void => {
    setTried(true);
    if (draft.en.trim() && draft.zh.trim()) void say(draft, onClose);
  };
  return (
    <Dialog
      title={t("announce")}
      size="m"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          <Button kind="primary" type="submit">
            {t("say_it")}
          </Button>
        </>
      }
    >
      <Whom draft={draft} set={set} />
      <Words draft={draft} set={set} tried={tried} />
      <Lasting draft={draft} set={set} />
    </Dialog>
  );
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

const isForAgents = (draft: Draft): boolean => draft.audience !== "customers";

function Whom({ draft, set }: PartProps) {
  return (
    <>
      <Choose
        label={t("audience")}
        hint={draft.audience === "agents" ? undefined : t("customers_hint")}
        value={draft.audience}
        items={AUDIENCES.map((id) => [id, t(`aud_${id}`)])}
        onChoose={(id) => set({ audience: id as Draft["audience"] })}
      />
      {isForAgents(draft) && (
        <Choose
          label={t("agents_of")}
          value={draft.goal}
          items={goals()}
          onChoose={(goal) => set({ goal })}
        />
      )}
    </>
  );
}

function Words({ draft, set, tried }: PartProps & { tried: boolean }) {
  const missing = (text: string): string | null => (tried && !text.trim() ? t("need_both") : null);
  return (
    <>
      <TextArea
        label={t("in_english")}
        value={draft.en}
        error={missing(draft.en)}
        rows={2}
        onInput={(en) => set({ en: en.slice(0, MOST) })}
      />
      <TextArea
        label={t("in_chinese")}
        value={draft.zh}
        error={missing(draft.zh)}
        rows={2}
        onInput={(zh) => set({ zh: zh.slice(0, MOST) })}
      />
    </>
  );
}

function Lasting({ draft, set }: PartProps) {
  return (
    <>
      <Choose
        label={t("until")}
        value={String(draft.minutes)}
        items={MINUTES.map((minutes) => [String(minutes), lasting(minutes)])}
        onChoose={(minutes) => set({ minutes: Number(minutes) })}
      />
      {isForAgents(draft) && (
        <Tick
          label={t("must_confirm")}
          checked={draft.mustConfirm}
          onChange={(mustConfirm) => set({ mustConfirm })}
        />
      )}
    </>
  );
}

const lasting = (minutes: number): string =>
  minutes < 60 ? t("for_minutes", { count: minutes }) : t("for_hours", { count: minutes / 60 });

function goals(): Array<[string, string]> {
  const teams = [...new Set((setup.value?.agents ?? []).map((one) => one.team).filter(Boolean))];
  const queues = setup.value?.queues ?? [];
  return [
    ["", t("agents_all")],
    ...teams.map((team): [string, string] => [`t:${team}`, t("agents_team", { team })]),
    ...queues.map((one): [string, string] => [
      `q:${one.id}`,
      t("agents_queue", { queue: both(one.name) }),
    ]),
  ];
}

async function say(draft: Draft, onDone: () => void): Promise<void> {
  const { audience, en, zh, goal } = draft;
  const toAgents = isForAgents(draft);
  const answer = await feed.send("announce", {
    audience,
    en,
    zh,
    until_at: tick.peek() + draft.minutes * 60,
    team: toAgents && goal.startsWith("t:") ? goal.slice(2) : null,
    queue_id: toAgents && goal.startsWith("q:") ? goal.slice(2) : null,
    must_confirm: toAgents && draft.mustConfirm,
  });
  if (!done(answer)) return;
  onDone();
  toast({ tone: "ok", title: t("said") });
}

interface ChooseProps {
  label: string;
  hint?: string | undefined;
  value: string;
  items: ReadonlyArray<readonly [id: string, label: string]>;
  onChoose: (id: string) => void;
}

function Choose({ items, onChoose, ...rest }: ChooseProps) {
  return (
    <Select {...rest} onChange={onChoose}>
      {items.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </Select>
  );
}
