import { useEffect, useState } from "preact/hooks";
import { Select } from "../../ui/index.ts";
import { t } from "../texts.ts";
import { hasChoice, loadPhones, phones } from "../where.ts";

/** "Take calls with": the browser, or an approved telephone; nothing where there is no choice. */
export function WhereSelect({ onChoose }: { onChoose: (phoneId: string | null) => void }) {
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => void loadPhones(), []);
  if (!hasChoice()) return null;
  const now = picked ?? phones.value.chosen ?? "";
  return (
    <Select
      label={t("take_calls_with")}
      value={now}
      onChange={(id) => {
        setPicked(id);
        onChoose(id || null);
      }}
    >
      <option value="">{t("this_browser")}</option>
      {phones.value.phones.map((one) => (
        <option key={one.id} value={one.id}>
          {t("telephone", { number: one.number })}
        </option>
      ))}
    </Select>
  );
}
