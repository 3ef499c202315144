import { Input, Select } from "../../ui/index.ts";
import { t } from "./texts.ts";

/** What a mailbox and a number both have. */
export interface Common {
  name_en: string;
  name_zh: string;
  language: string;
}

export const commonOf = (known: { name?: Names; language?: string } | null): Common => ({
  name_en: known?.name?.en ?? "",
  name_zh: known?.name?.zh ?? "",
  language: known?.language ?? "en",
});

type Names = Partial<Record<"en" | "zh", string>>;

export const nameOf = ({ name_en, name_zh }: Common) => ({
  en: name_en.trim(),
  zh: name_zh.trim(),
});

interface Props {
  draft: Common;
  set: (more: Partial<Common>) => void;
}

/** How the bank is called there, in both languages. */
export function NameFields({ draft, set, of }: Props & { of: "sender" | "number_name" }) {
  return (
    <>
      <Input
        label={t(`${of}_en`)}
        value={draft.name_en}
        onInput={(name_en) => set({ name_en })}
      />
      <Input
        label={t(`${of}_zh`)}
        value={draft.name_zh}
        onInput={(name_zh) => set({ name_zh })}
      />
    </>
  );
}

/** Of customers whose words do not tell theirs. */
export function LanguageField({ draft, set }: Props) {
  return (
    <Select
      label={t("language_else")}
      value={draft.language}
      onChange={(language) => set({ language })}
    >
      <option value="en">English</option>
      <option value="zh">中文</option>
    </Select>
  );
}
