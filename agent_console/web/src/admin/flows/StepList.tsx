import { both } from "../../i18n/index.ts";
import { Button, Empty, Icon } from "../../ui/index.ts";
import { open } from "./dialogs.ts";
import { iconOf } from "./icons.ts";
import { chosen, look, mayWrite, problems } from "./model.ts";
import { t } from "./texts.ts";
import type { Step, Way } from "./types.ts";

/** The same flow as a list, in the order of the map: for small screens and screen readers. */
export function StepList() {
  const picture = look.value?.picture;
  const steps = picture?.steps ?? [];
  return (
    <div class="flow-list">
      {steps.length === 0 && (
        <Empty icon="phone" title={t("no_steps")} text={t("no_steps_why")} />
      )}
      <ol>
        {steps.map((step) => (
          <Row key={step.id} step={step} />
        ))}
      </ol>
      {mayWrite.value && (
        <Button icon="plus" onClick={() => (open.value = "add")}>
          {t("add_step")}
        </Button>
      )}
    </div>
  );
}

function Row({ step }: { step: Step }) {
  const picture = look.value!.picture;
  const count = problems.value.filter((one) => one.node === step.id).length;
  const lines = picture.lines.filter((one) => one.source === step.id && !one.is_told);
  const ways = [...lines, ...step.rows];
  return (
    <li>
      <button
        type="button"
        class="flow-row"
        aria-pressed={chosen.value === step.id}
        onClick={() => {
          chosen.value = step.id;
          document.querySelector<HTMLElement>(".flow-form")?.scrollIntoView();
        }}
      >
        <Icon name={iconOf(step.kind)} />
        <span class="grow">
          <b>{both(step.name) || step.id}</b> <span class="t3">{both(step.about)}</span>
          <span class="t12 t2">{ways.map(wordsOf).join(" · ")}</span>
        </span>
        {count > 0 && <span class="risk t12">{t("problems", { count })}</span>}
      </button>
    </li>
  );
}

function wordsOf(way: Way): string {
  const to = look.value!.picture.steps.find((one) => one.id === way.target);
  const name = to ? both(to.name) || to.id : t("not_linked");
  return `${way.key || both(way.word)} → ${name}`.trim();
}
