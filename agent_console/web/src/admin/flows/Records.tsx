import { both } from "../../i18n/index.ts";
import { Button, IconButton } from "../../ui/index.ts";
import { at } from "./document.ts";
import { FieldOf, type FieldProps } from "./fields.tsx";
import { document_, problems, set } from "./model.ts";
import { t } from "./texts.ts";
import type { Path, Plain } from "./types.ts";

/** A list of little records, such as the choices of a menu: add, take out, put higher. */
export function Records({ spec, path }: FieldProps) {
  const found = at(document_.value, path);
  const rows = Array.isArray(found) ? found : [];
  const move = (index: number, by: number): void => {
    const copy = [...rows];
    const [row] = copy.splice(index, 1);
    copy.splice(index + by, 0, row as Plain);
    set(path, copy);
  };
  const add = (): void => {
    const hasKey = spec.fields.some((one) => one.field === "key");
    set([...path, String(rows.length)], hasKey ? { key: freeKey(rows) } : {});
  };
  return (
    <fieldset class="flow-records">
      <legend class="lbl">{both(spec.name)}</legend>
      {rows.map((_, index) => (
        <details
          key={`${rows.length}.${index}`}
          class="flow-record"
          open={rows.length === 1 || isWrong([...path, String(index)])}
        >
          <summary>{nameOf(rows, index)}</summary>
          <div class="row">
            {index > 0 && (
              <IconButton size={24} icon="up" label={t("higher")} onClick={() => move(index, -1)} />
            )}
            {index < rows.length - 1 && (
              <IconButton size={24} icon="down" label={t("lower")} onClick={() => move(index, 1)} />
            )}
            <div class="push" />
            <Button
              size="s"
              kind="danger-text"
              onClick={() => set([...path, String(index)], undefined)}
            >
              {t("take_out")}
            </Button>
          </div>
          {spec.fields.map((field) => (
            <FieldOf
              key={field.field}
              spec={field}
              path={[...path, String(index), field.field]}
            />
          ))}
        </details>
      ))}
      <Button size="s" icon="plus" onClick={add}>
        {t("add_one")}
      </Button>
    </fieldset>
  );
}

const isWrong = (path: Path): boolean =>
  problems.value.some((one) => path.every((key, index) => one.at[index] === key));

function nameOf(rows: readonly Plain[], index: number): string {
  const key = String(at(rows as Plain[], [String(index), "key"]) ?? index + 1);
  const label = at(rows as Plain[], [String(index), "label"]);
  const words = label && typeof label === "object" ? both(label as { en: string; zh: string }) : "";
  return words ? `${key} ${words}` : key;
}

function freeKey(rows: readonly Plain[]): string {
  const taken = rows.map((_, index) => String(at(rows as Plain[], [String(index), "key"]) ?? ""));
  return ["1", "2", "3", "4", "5", "6", "7", "8", "9"].find((key) => !taken.includes(key)) ?? "";
}
