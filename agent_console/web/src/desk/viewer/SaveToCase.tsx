import { done } from "../../feed/index.ts";
import { both } from "../../i18n/index.ts";
import { Icon, Menu, toast } from "../../ui/index.ts";
import { chosen, feed, records } from "../model/store.ts";
import type { StoredFile } from "./kinds.ts";
import { t } from "./texts.ts";

/** The open cases of the customer; the file is then in the story of the one that is chosen. */
export function SaveToCase({ file }: { file: StoredFile }) {
  const contactId = chosen.value?.id;
  const record = contactId ? records.value[contactId] : undefined;
  if (!contactId || !record?.customer) return null;
  const cases = record.cases;
  const save = async (caseId: string): Promise<void> => {
    const args = { contact_id: contactId, case_id: caseId, file_id: file.id };
    const answer = await feed.send("file_into_case", args);
    if (!done(answer)) return;
    const isNew = (answer as { result?: { is_new?: boolean } }).result?.is_new !== false;
    toast({ tone: "ok", title: t(isNew ? "in_case" : "in_case_before") });
  };
  if (cases.length === 0) return <span class="t12 t3">{t("no_case")}</span>;
  const items = cases.map((one) => ({
    id: one.id,
    label: `${one.number} ${both(one.title)}`,
    mark: <Icon name="clipboard" />,
    onPick: () => void save(one.id),
  }));
  return (
    <Menu class="btn btn-s" named label={t("which_case")} items={items}>
      <Icon name="clipboard" size={14} />
      {t("to_case")}
    </Menu>
  );
}
