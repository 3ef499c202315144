import type { ComponentChildren } from "preact";
import { focusChild, moved } from "./roving.ts";

export interface TabItem<Id extends string> {
  id: Id;
  label: ComponentChildren;
}

interface TabsProps<Id extends string> {
  label: string;
  items: ReadonlyArray<TabItem<Id>>;
  chosen: Id;
  onChoose: (id: Id) => void;
  /** The id of the panel; tabs get `${panel}-tab-${id}`. */
  panel: string;
  children?: ComponentChildren;
}

/** Tabs change content. Arrow keys choose; the panel is `role="tabpanel"` with id `panel`. */
export function Tabs<Id extends string>(props: TabsProps<Id>) {
  const { label, items, chosen, onChoose, panel, children } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = moved(
      event,
      items.findIndex((item) => item.id === chosen),
      items.length,
    );
    if (to === null) return;
    event.preventDefault();
    onChoose(items[to]!.id);
    focusChild(event.currentTarget as Element, to, '[role="tab"]');
  };
  return (
    <div class="tabs">
      <div class="tabs-list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="tab"
            id={`${panel}-tab-${item.id}`}
            aria-selected={item.id === chosen}
            aria-controls={panel}
            tabIndex={item.id === chosen ? 0 : -1}
            onClick={() => onChoose(item.id)}
          >
            {item.label}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}

interface SegmentedProps<Id extends string> {
  label: string;
  items: ReadonlyArray<TabItem<Id>>;
  chosen: Id;
  onChoose: (id: Id) => void;
}

/** Segments filter content: a radio group in a row. */
export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  const { label, items, chosen, onChoose } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = moved(
      event,
      items.findIndex((item) => item.id === chosen),
      items.length,
    );
    if (to === null) return;
    event.preventDefault();
    onChoose(items[to]!.id);
    focusChild(event.currentTarget as Element, to, '[role="radio"]');
  };
  return (
    <div class="seg" role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="radio"
          aria-checked={item.id === chosen}
          tabIndex={item.id === chosen ? 0 : -1}
          onClick={() => onChoose(item.id)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}
