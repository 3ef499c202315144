/** In which language this reply is written; the talk keeps the customer's. */
import type { ContactView, Lang } from "../../contract.ts";
import { Icon, Menu } from "../../ui/index.ts";
import { draft } from "../model/drafts.ts";
import { replyLanguage } from "./heading.ts";
import { t } from "./texts.ts";

const LANGUAGES: readonly Lang[] = ["en", "zh"];

export function ReplyLanguage({ contact }: { contact: ContactView }) {
  const chosen = replyLanguage(contact);
  const items = LANGUAGES.map((language) => ({
    id: language,
    label: t(`lang_${language}`),
    checked: language === chosen,
    ...(language === contact.language ? { hint: t("customers_own") } : {}),
    onPick: () => draft(contact.id, { language: language === contact.language ? null : language }),
  }));
  const name = t("reply_language", { language: t(`lang_${chosen}`) });
  return (
    <Menu class="btn btn-g btn-s" named label={name} title={t("reply_language_why")} items={items}>
      <Icon name="lang" size={14} />
      {name}
    </Menu>
  );
}
