import { Input } from "../../ui/index.ts";
import { t } from "./texts.ts";

export interface Named {
  id: string;
  en: string;
  zh: string;
}

export const isGoodId = (id: string): boolean => /^[a-z][a-z0-9_]{0,39}$/.test(id);

interface Props {
  value: Named;
  onValue: (value: Named) => void;
  /** Whether what is wrong is told by now. */
  tried: boolean;
  /** A name that was published is in use for ever. */
  fixedId?: boolean;
}

/** What a flow is called: by people in two languages, by files and flows by its identifier. */
export function NameFields({ value, onValue, tried, fixedId = false }: Props) {
  const missing = (text: string): string | null =>
    tried && !text.trim() ? t("need_name") : null;
  return (
    <>
      <Input
        label={t("name_en")}
        required
        autoFocus
        error={missing(value.en)}
        value={value.en}
        onInput={(en) => onValue({ ...value, en })}
      />
      <Input
        label={t("name_zh")}
        required
        error={missing(value.zh)}
        value={value.zh}
        onInput={(zh) => onValue({ ...value, zh })}
      />
      {fixedId ? (
        <p class="t2 t12">{t("id_fixed", { id: value.id })}</p>
      ) : (
        <Input
          label={t("id")}
          required
          autoCapitalize="none"
          spellcheck={false}
          hint={t("id_hint")}
          error={tried && !isGoodId(value.id) ? t("id_hint") : null}
          value={value.id}
          onInput={(id) => onValue({ ...value, id })}
        />
      )}
    </>
  );
}

export const isNamed = (value: Named): boolean =>
  isGoodId(value.id) && value.en.trim() !== "" && value.zh.trim() !== "";
