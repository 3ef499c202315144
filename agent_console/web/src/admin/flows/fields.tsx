/** A field of a form by what it holds. Its problem is told below it. */
import { both } from "../../i18n/index.ts";
import { Field, Input, Select, TextArea, Tick } from "../../ui/index.ts";
import { at, nodesOf } from "./document.ts";
import { document_, problems, set, tongue, vocabulary } from "./model.ts";
import { Records } from "./Records.tsx";
import { t } from "./texts.ts";
import type { FieldSpec, Fields, Path } from "./types.ts";

export interface FieldProps {
  spec: FieldSpec;
  path: Path;
}

const isAt = (found: readonly string[], path: Path): boolean =>
  found.length === path.length && path.every((key, index) => found[index] === key);

const wrongAt = (path: Path): string | null => {
  const found = problems.value.find((one) => isAt(one.at, path));
  return found ? both(found.what) : null;
};

const textAt = (path: Path): string => String(at(document_.value, path) ?? "");

export function FieldOf({ spec, path }: FieldProps) {
  switch (spec.holds) {
    case "texts":
    case "label":
      return <Words spec={spec} path={path} />;
    case "next":
    case "queue":
    case "flow":
    case "errand":
    case "recording":
    case "one_of":
      return <OneOf spec={spec} path={path} />;
    case "number":
      return <Count spec={spec} path={path} />;
    case "flag":
      return (
        <Tick
          label={both(spec.name)}
          checked={Boolean(at(document_.value, path) ?? spec.default)}
          onChange={(on) => set(path, on)}
        />
      );
    case "words":
    case "names":
      return <Listed spec={spec} path={path} />;
    case "values":
      return <Values spec={spec} path={path} />;
    case "records":
      return <Records spec={spec} path={path} />;
    default:
      return (
        <Input
          label={both(spec.name)}
          required={spec.must}
          error={wrongAt(path)}
          value={textAt(path)}
          onInput={(value) => set(path, value || undefined)}
        />
      );
  }
}

/** A text in the language that is chosen above; the other one is a tab away. */
function Words({ spec, path }: FieldProps) {
  const place = [...path, tongue.value];
  const shared = {
    label: `${both(spec.name)} (${tongue.value === "en" ? "English" : "中文"})`,
    required: spec.must,
    error: wrongAt(place) ?? wrongAt(path),
    value: textAt(place),
    onInput: (value: string) => write(value),
  };
  const write = (value: string): void => {
    const now = (at(document_.value, path) ?? {}) as Fields;
    const next = { ...now, [tongue.value]: value };
    const isEmpty = !spec.must && Object.values(next).every((one) => one === "");
    set(path, isEmpty ? undefined : next);
  };
  return spec.holds === "texts" ? <TextArea {...shared} rows={4} /> : <Input {...shared} />;
}

function OneOf({ spec, path }: FieldProps) {
  const value = textAt(path) || (spec.holds === "one_of" ? String(spec.default ?? "") : "");
  const options = optionsOf(spec);
  const isKnown = options.some(([id]) => id === value);
  return (
    <Select
      label={both(spec.name)}
      required={spec.must}
      error={wrongAt(path)}
      value={value}
      onChange={(chosen) => set(path, chosen || undefined)}
    >
      {(!spec.must || !value) && (
        <option value="">{t(spec.holds === "next" ? "choose_step" : "nothing_chosen")}</option>
      )}
      {value && !isKnown && <option value={value}>{value}</option>}
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

function optionsOf(spec: FieldSpec): Array<[string, string]> {
  const known = vocabulary.value!;
  switch (spec.holds) {
    case "next":
      return Object.entries(nodesOf(document_.value)).map(([id, node]) => [
        id,
        both(((node as Fields)["name"] ?? { en: id, zh: id }) as { en: string; zh: string }) || id,
      ]);
    case "queue":
      return known.queues.map((one) => [one.id, both(one.name) || one.id]);
    case "errand":
      return known.errands
        .filter((one) => !one.is_secret)
        .map((one) => [one.id, both(one.name)]);
    case "flow":
      return known.flows.map((one) => [one, one]);
    case "recording":
      return known.recordings.map((one) => [one, one]);
    default:
      return spec.options.map((one) => [one.id, both(one.name)]);
  }
}

function Count({ spec, path }: FieldProps) {
  const value = at(document_.value, path) ?? spec.default;
  return (
    <Field label={both(spec.name)} required={spec.must} error={wrongAt(path)}>
      {(attributes) => (
        <input
          {...attributes}
          class="in tnum"
          type="number"
          min={spec.least}
          max={spec.most}
          value={String(value ?? "")}
          onInput={(event) => {
            const typed = event.currentTarget.valueAsNumber;
            set(path, Number.isNaN(typed) ? undefined : typed);
          }}
        />
      )}
    </Field>
  );
}

/** Words with commas between them, kept when the field is left. */
function Listed({ spec, path }: FieldProps) {
  const words = (at(document_.value, path) ?? []) as string[];
  return (
    <Field label={both(spec.name)} required={spec.must} error={wrongAt(path)} hint={t("by_commas")}>
      {(attributes) => (
        <input
          {...attributes}
          key={words.join()}
          class="in"
          defaultValue={words.join(", ")}
          onChange={(event) => {
            const typed = event.currentTarget.value.split(/[,，、]/).map((one) => one.trim());
            const kept = typed.filter((one) => one);
            set(path, kept.length ? kept : undefined);
          }}
        />
      )}
    </Field>
  );
}

/** A value per line, `name = text`, kept when the field is left. */
function Values({ spec, path }: FieldProps) {
  const values = (at(document_.value, path) ?? {}) as Record<string, string>;
  return (
    <Field label={both(spec.name)} required={spec.must} error={wrongAt(path)} hint={t("by_lines")}>
      {(attributes) => (
        <textarea
          {...attributes}
          key={JSON.stringify(values)}
          class="in"
          rows={2}
          defaultValue={Object.entries(values)
            .map(([name, value]) => `${name} = ${value}`)
            .join("\n")}
          onChange={(event) => set(path, valuesOf(event.currentTarget.value))}
        />
      )}
    </Field>
  );
}

function valuesOf(typed: string): Fields | undefined {
  const pairs = typed
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const [name = "", ...rest] = line.split("=");
      return [name.trim(), rest.join("=").trim()] as const;
    });
  return pairs.length ? Object.fromEntries(pairs) : undefined;
}
