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
import { open } from "./dialogs.ts";
import {
  canUndo,
  flow,
  hasDraft,
  isReady,
  listed,
  load,
  problems,
  save,
  saving,
  undo,
} from "./model.ts";
import { t } from "./texts.ts";

interface Props {
  asList: boolean;
  onList: (asList: boolean) => void;
}

/** Which flow, which version, and what can be done with it. */
export function Head({ asList, onList }: Props) {
  const here = flow.value!;
  const count = problems.value.length;
  return (
    <>
      <div class="admin-bar" role="toolbar" aria-label={t("phone_flows")}>
        <Which />
        <Badge tone={hasDraft.value ? "blue" : "ok"}>
          {hasDraft.value ? t("draft") : t("live", { version: here.version })}
        </Badge>
        <State />
        <div class="push" />
        <IconButton
          icon="history"
          label={t("undo")}
          aria-disabled={!canUndo.value}
          onClick={undo}
        />
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
        <Button onClick={() => (open.value = "compare")}>{t("compare")}</Button>
        <More />
        <Button
          kind="primary"
          aria-disabled={!isReady.value}
          title={isReady.value ? undefined : t("publish_when")}
          onClick={() => isReady.value && (open.value = "publish")}
        >
          {t("publish")}
        </Button>
      </div>
      <Trouble />
    </>
  );
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
          {both(one.label) || one.name}
        </option>
      ))}
    </select>
  );
}

function More() {
  const items: MenuItem[] = [
    { id: "versions", label: t("versions"), onPick: () => (open.value = "versions") },
  ];
  if (hasDraft.value) {
    items.push({ id: "discard", label: t("discard"), onPick: () => (open.value = "discard") });
  }
  return (
    <Menu class="ib" label={t("more")} title={t("more")} items={items}>
      <Icon name="more" />
    </Menu>
  );
}

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
