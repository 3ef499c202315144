import { both, exactTime } from "../../i18n/index.ts";
import {
  Badge,
  Banner,
  Button,
  Icon,
  IconButton,
  Menu,
  Segmented,
  type MenuItem,
} from "../../ui/index.ts";
import { saveFile } from "../publishing/file.ts";
import { NextStep } from "../publishing/NextStep.tsx";
import { Standing } from "../publishing/Standing.tsx";
import { open, type Open } from "./dialogs.ts";
import {
  canUndo,
  draft,
  fileOf,
  flow,
  hasDraft,
  isNew,
  isReady,
  listed,
  load,
  mayWrite,
  nextStep,
  problems,
  save,
  saving,
  undo,
} from "./model.ts";
import { t } from "./texts.ts";
import type { FlowRow } from "./types.ts";

interface Props {
  asList: boolean;
  onList: (asList: boolean) => void;
}

/** Which flow, which version, and what can be done with it. */
export function Head({ asList, onList }: Props) {
  const count = problems.value.length;
  return (
    <>
      <div class="admin-bar" role="toolbar" aria-label={t("phone_flows")}>
        <Which />
        <Live />
        <State />
        <div class="push" />
        {mayWrite.value && (
          <IconButton
            icon="history"
            label={t("undo")}
            aria-disabled={!canUndo.value}
            onClick={undo}
          />
        )}
        <Segmented
          label={t("view")}
          items={[
            { id: "map", label: t("map") },
            { id: "list", label: t("list") },
          ]}
          chosen={asList ? "list" : "map"}
          onChoose={(id) => onList(id === "list")}
        />
        <Button icon={count ? "alert" : "check"} onClick={() => (open.value = "problems")}>
          {t("problems", { count })}
        </Button>
        <Button icon="play" onClick={() => (open.value = "call")}>
          {t("test_call")}
        </Button>
        {!isNew.value && (
          <Button onClick={() => (open.value = "compare")}>{t("compare")}</Button>
        )}
        <More />
        <TowardsCallers />
      </div>
      <Trouble />
      <Standing draft={draft.value} onlyRead={mayWrite.value ? null : t("only_read")} />
    </>
  );
}

/** What stands between this draft and callers. */
function TowardsCallers() {
  const step = nextStep.value;
  const when = t(step === "publish" ? "publish_when" : "hand_in_when");
  return (
    <NextStep
      step={step}
      isAsked={Boolean(draft.value?.asked)}
      hindered={isReady.value ? null : when}
      onAct={ask}
    />
  );
}

function Live() {
  const here = flow.value!;
  if (draft.value?.asked) return <Badge tone="risk">{t("waits")}</Badge>;
  if (hasDraft.value) return <Badge tone="blue">{t("draft")}</Badge>;
  return <Badge tone="ok">{t("live", { version: here.version })}</Badge>;
}

function Which() {
  return (
    <select
      class="in flow-which"
      aria-label={t("flow")}
      value={flow.value!.name}
      onChange={(event) => void load(event.currentTarget.value)}
    >
      {(listed.value?.flows ?? []).map((one) => (
        <option key={one.name} value={one.name}>
          {nameOf(one)}
        </option>
      ))}
    </select>
  );
}

function nameOf(one: FlowRow): string {
  const name = both({ en: one.name, zh: one.name, ...one.label });
  return one.is_handed_in ? t("waiting_flow", { name }) : name;
}

function More() {
  const items: MenuItem[] = [
    { id: "file", label: t("save_file"), onPick: () => saveFile(fileOf()) },
  ];
  if (!isNew.value) {
    items.unshift({ id: "versions", label: t("versions"), onPick: () => ask("versions") });
  }
  if (mayWrite.value) {
    items.unshift({ id: "begin", label: t("begin"), onPick: () => ask("begin") });
    items.push({ id: "bring", label: t("bring"), onPick: () => ask("bring") });
    items.push({ id: "rename", label: t("rename"), onPick: () => ask("rename") });
    if (hasDraft.value) {
      const label = t(isNew.value ? "delete_flow" : "discard");
      items.push({ id: "discard", label, onPick: () => ask("discard") });
    }
  }
  return (
    <Menu class="ib" label={t("more")} title={t("more")} items={items}>
      <Icon name="more" />
    </Menu>
  );
}

const ask = (dialog: Open): void => void (open.value = dialog);

function State() {
  const here = flow.value!;
  const words =
    saving.value === "saved" && !hasDraft.value
      ? here.versions[0] && t("published_at", { time: exactTime(here.versions[0].at) })
      : t(`saving_${saving.value}`);
  return (
    <span class="t12 t3" role="status">
      {words}
    </span>
  );
}

function Trouble() {
  if (saving.value === "conflict") {
    return (
      <Banner tone="risk" icon="alert" role="alert">
        {t("conflict_why")}{" "}
        <Button size="s" onClick={() => void load()}>
          {t("take_theirs")}
        </Button>
      </Banner>
    );
  }
  if (saving.value === "failed") {
    return (
      <Banner tone="bad" icon="alert" role="alert">
        {t("not_saved")}{" "}
        <Button size="s" onClick={() => void save()}>
          {t("try_again")}
        </Button>
      </Banner>
    );
  }
  return null;
}
