import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { t } from "../i18n/common.ts";
import { Icon } from "./Icon.tsx";
import { moved } from "./roving.ts";

export interface Choice {
  id: string;
  label: string;
  /** More words by which it is found: the other language, a code. */
  words?: string;
  mark?: ComponentChildren;
  hint?: ComponentChildren;
  disabled?: boolean;
}

interface PickerProps {
  label: string;
  placeholder: string;
  choices: readonly Choice[];
  chosen: string;
  onChoose: (id: string) => void;
  /** Id of the search field, to be focused by a shortcut. */
  inputId?: string;
  autoFocus?: boolean;
  invalid?: boolean;
}

const found = (choices: readonly Choice[], word: string): Choice[] => {
  const wanted = word.trim().toLowerCase();
  return choices.filter((one) => `${one.label} ${one.words ?? ""}`.toLowerCase().includes(wanted));
};

/** One of many: a search field over a list. Arrows move, Enter or a click chooses. */
export function Picker(props: PickerProps) {
  const { label, placeholder, choices, chosen, onChoose } = props;
  const [word, setWord] = useState("");
  const [at, setAt] = useState(-1);
  const list = useId();
  const shown = found(choices, word);
  const choose = (one: Choice | undefined): void => {
    if (one && !one.disabled) onChoose(one.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const start = at < 0 ? shown.findIndex((one) => one.id === chosen) : at;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const to = moved(event, start, shown.length);
      if (to !== null) setAt(to);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      choose(shown[at] ?? (word ? shown[0] : undefined));
    } else return;
    event.preventDefault();
  };
  return (
    <div class="picker">
      <div class="inx">
        <Icon name="search" />
        <input
          id={props.inputId}
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-label={label}
          aria-invalid={props.invalid ? "true" : undefined}
          aria-activedescendant={shown[at] ? `${list}-${shown[at].id}` : undefined}
          placeholder={placeholder}
          autoFocus={props.autoFocus ?? false}
          value={word}
          onInput={(event) => {
            setWord(event.currentTarget.value);
            setAt(event.currentTarget.value ? 0 : -1);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div class="picker-list" role="listbox" id={list} aria-label={label}>
        {shown.map((one, index) => (
          <div
            key={one.id}
            id={`${list}-${one.id}`}
            class={`menu-i ${index === at ? "at" : ""}`}
            role="option"
            aria-selected={one.id === chosen}
            aria-disabled={one.disabled ? "true" : undefined}
            onClick={() => choose(one)}
          >
            {one.mark}
            <span class="grow">{one.label}</span>
            {one.hint}
            {one.id === chosen && <Icon name="check" />}
          </div>
        ))}
        {shown.length === 0 && <p class="menu-h">{t("nothing_found")}</p>}
      </div>
    </div>
  );
}
