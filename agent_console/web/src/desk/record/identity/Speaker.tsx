import type { PersonLine, ScreenPop } from "../../../contract.ts";
import { lang } from "../../../i18n/index.ts";
import { Icon, Menu, type MenuItem } from "../../../ui/index.ts";
import { setSpeaker, speakerOf } from "../../model/proof.ts";
import { told } from "./refusal.ts";
import { t } from "./texts.ts";

const SPEAKER_KEYS = "Alt+KeyW";

const nameOf = (one: { name: string; name_zh: string }): string =>
  (lang.value === "zh" && one.name_zh) || one.name;

/** Who of the record's persons speaks; the agent marks it, all others read it. */
export function Speaker({ record, mine }: { record: ScreenPop; mine: boolean }) {
  const now = speakerOf(record);
  const isFirm = record.persons.some((one) => one.role === "director");
  const holder = record.customer ? nameOf(record.customer) : "";
  const name = now ? nameOf(now) : isFirm ? "" : t("in_person", { name: holder });
  const label = name ? t("speaking", { name }) : t("speaking_nobody");
  if (!mine) return <p class="t12 speaker">{label}</p>;
  const mark = (id: string | null) => async (): Promise<void> => {
    told(await setSpeaker(record.contact_id, id));
  };
  const items: MenuItem[] = record.persons.map((one) => ({
    id: one.id,
    label: nameOf(one),
    hint: <span class="t12 t3">{partOf(one)}</span>,
    checked: one.id === record.speaker,
    onPick: () => one.in_force && void mark(one.id)(),
  }));
  const inPerson: MenuItem = {
    id: "holder",
    label: t("in_person", { name: holder }),
    hint: <span class="t12 t3">{t("role_holder")}</span>,
    heading: t("speaker_changes"),
    checked: record.speaker === null,
    onPick: () => void mark(null)(),
  };
  const first = items[0];
  if (isFirm && first) items[0] = { ...first, heading: t("speaker_changes") };
  return (
    <Menu
      class={`btn btn-s speaker ${name ? "" : "btn-p"}`}
      label={t("who_speaks")}
      title={t("who_speaks")}
      named
      keys={SPEAKER_KEYS}
      digits
      items={isFirm ? items : [inPerson, ...items]}
    >
      <Icon name="users" size={14} />
      <span class="trunc">{label}</span>
      <Icon name="down" size={12} />
    </Menu>
  );
}

function partOf(one: PersonLine): string {
  if (!one.in_force) return t("role_ended");
  return `${t(`role_${one.role}`)}, ${t("role_accounts", { count: one.accounts.length })}`;
}
