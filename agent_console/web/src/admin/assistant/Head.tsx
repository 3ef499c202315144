import { percent } from "../../i18n/index.ts";
import { Badge, Banner, Button, Icon, Menu, type MenuItem, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { saveFile } from "../publishing/file.ts";
import { NextStep } from "../publishing/NextStep.tsx";
import { Standing } from "../publishing/Standing.tsx";
import {
  dialog,
  draft,
  fileOf,
  isSettled,
  isTraining,
  mayWrite,
  nextStep,
  train,
  view,
} from "./model.ts";
import { t } from "./texts.ts";

/** Which model answers, what is being taught, and the next act towards customers. */
export function Head() {
  const here = view.value!;
  return (
    <>
      <div class="admin-bar" role="toolbar" aria-label={t("assistant")}>
        <Badge tone="ok" icon="bot">
          {t("live", { version: here.number })}
        </Badge>
        <span class="t12 t3" role="status">
          {modelWords()}
        </span>
        {draft.value && (
          <Badge tone={draft.value.asked ? "risk" : "blue"}>
            {t(draft.value.asked ? "waits" : "draft")}
          </Badge>
        )}
        <div class="push" />
        <More />
        <Train />
        <TowardsCustomers />
      </div>
      <Working />
      <Standing draft={draft.value} onlyRead={mayWrite.value ? null : t("only_read")} />
    </>
  );
}

function modelWords(): string {
  const { model, engine } = view.value!;
  if (!model.version) return t("no_model");
  if (!isSettled(view.value!)) return t("being_taken");
  const version = model.version.slice(0, 8);
  const words = t(model.by === "ngrams" ? "model_ngrams" : "model_embedded", { version });
  return engine === "rasa" ? t("beside_rasa", { words }) : words;
}

function Train() {
  if (!mayWrite.value) return null;
  const start = (): void => {
    if (isTraining.value) return;
    train().catch(sayProblem);
  };
  return (
    <Button
      icon="sparkles"
      kind={nextStep.value === "train" ? "primary" : "default"}
      aria-disabled={isTraining.value}
      onClick={start}
    >
      {t("train")}
    </Button>
  );
}

function TowardsCustomers() {
  const step = nextStep.value;
  if (step === "train") return null;
  return (
    <NextStep
      step={step}
      isAsked={Boolean(draft.value?.asked)}
      onAct={(act) => (dialog.value = act)}
    />
  );
}

function More() {
  const items: MenuItem[] = [
    { id: "versions", label: t("versions"), onPick: () => (dialog.value = "versions") },
    { id: "en", label: t("export_en"), onPick: () => saveFile(fileOf("en")) },
    { id: "zh", label: t("export_zh"), onPick: () => saveFile(fileOf("zh")) },
  ];
  if (mayWrite.value && draft.value) {
    items.push({ id: "discard", label: t("discard"), onPick: () => (dialog.value = "discard") });
  }
  return (
    <Menu class="ib" label={t("more")} title={t("more")} items={items}>
      <Icon name="more" />
    </Menu>
  );
}

/** How far the training is; afterwards what came of it. */
function Working() {
  const { state, done, of } = view.value!.progress;
  if (state === "failed") {
    return (
      <Banner tone="bad" icon="alert" role="alert">
        {t("training_failed")}
      </Banner>
    );
  }
  if (state !== "working") return null;
  return (
    <div class="teach-work" role="status">
      <span>{t("training", { share: percent(done / of) })}</span>
      <progress max={of} value={done} aria-label={t("train")} />
    </div>
  );
}

export const done = (title: string): void => toast({ tone: "ok", title });
