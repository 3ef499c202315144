import { useEffect, useState } from "preact/hooks";
import type { CaseEntry, CaseView } from "../../../contract.ts";
import { both, exactTime } from "../../../i18n/index.ts";
import { http } from "../../../lib/http.ts";
import { Badge, Button, Dialog, Empty, Skeleton } from "../../../ui/index.ts";
import { mayPreview, previewed } from "../../hands/Preview.tsx";
import { agentName } from "../../model/names.ts";
import { t as viewer } from "../../viewer/texts.ts";
import { t } from "../../views/tasks/texts.ts";
import { CaseEdit } from "./CaseEdit.tsx";
import "./cases.css";

type Loaded = CaseView | "loading" | "failed";

/** A case with its story; who may see it may add to it. */
export function CaseDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [loaded, setLoaded] = useState<Loaded>("loading");
  const load = (): void => {
    http<{ case: CaseView }>("GET", `/api/cases/${encodeURIComponent(id)}`).then(
      (answer) => setLoaded(answer.case),
      () => setLoaded("failed"),
    );
  };
  useEffect(load, [id]);
  if (typeof loaded === "string") {
    return (
      <Dialog title={t("story")} size="l" onClose={onClose}>
        {loaded === "loading" ? (
          <Skeleton lines={[60, 90, 80]} />
        ) : (
          <Empty icon="alert" title={t("case_failed")}>
            <Button onClick={load}>{t("try_again")}</Button>
          </Empty>
        )}
      </Dialog>
    );
  }
  return (
    <Dialog title={`${loaded.number} ${both(loaded.title)}`} size="l" onClose={onClose}>
      <Facts one={loaded} />
      <h3>{t("story")}</h3>
      <ol class="story">
        {loaded.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} of={loaded} />
        ))}
      </ol>
      <CaseEdit one={loaded} onChanged={load} />
    </Dialog>
  );
}

function Facts({ one }: { one: CaseView }) {
  const stage = one.stages.find((each) => each.code === one.stage);
  const late = one.closed_at === null && one.due_at !== null && one.due_at < Date.now() / 1000;
  return (
    <div class="row wrap badges">
      <Badge tone={one.closed_at === null ? "blue" : "ok"}>
        {stage ? both(stage.label) : one.stage}
      </Badge>
      {one.closed_at === null && one.due_at !== null && (
        <Badge tone={late ? "bad" : "neutral"}>
          {t(late ? "overdue_since" : "due_at", { time: exactTime(one.due_at) })}
        </Badge>
      )}
      <Badge>{t("owner_is", { name: one.owner ? both(one.owner) : t("nobody") })}</Badge>
    </div>
  );
}

function Entry({ entry, of }: { entry: CaseEntry; of: CaseView }) {
  const who = entry.name ? both(entry.name) : t("hub");
  return (
    <li>
      <p class="t12 t2">
        <b class="fw6">{who}</b> {said(entry, of)} · {exactTime(entry.at)}
      </p>
      {entry.href ? (
        <Filed entry={entry} href={entry.href} />
      ) : (
        entry.words && (
          <p class="story-words" dir="auto">
            {entry.words}
          </p>
        )
      )}
    </li>
  );
}

/** A file that was saved to the case. */
function Filed({ entry, href }: { entry: CaseEntry; href: string }) {
  const { file_id, media_type, size_bytes } = entry.data;
  const file = {
    id: String(file_id),
    name: entry.words,
    media_type: String(media_type),
    size_bytes: Number(size_bytes),
    href,
  };
  return (
    <p class="story-words" dir="auto">
      {mayPreview(file) ? (
        <button type="button" class="linkish" onClick={() => (previewed.value = file)}>
          {file.name}
        </button>
      ) : (
        <a class="linkish" href={href} download={file.name}>
          {file.name}
        </a>
      )}
    </p>
  );
}

/** What a line of the story says beside its words. */
function said({ what, data }: CaseEntry, of: CaseView): string {
  const changed = (data["changed"] ?? {}) as Record<string, [unknown, unknown]>;
  const label = (list: CaseView["resolutions"], code: unknown): string => {
    const found = list.find((one) => one.code === code);
    return found ? both(found.label) : String(code);
  };
  switch (what) {
    case "staged":
      return t("entry_staged", { stage: label(of.stages, changed["staged"]?.[1]) });
    case "due_set":
      return t("entry_due_set", { time: exactTime(Number(changed["due_set"]?.[1])) });
    case "owned":
      return t("entry_owned", { name: agentName(String(changed["owned"]?.[1])) });
    case "resolved":
      return t("entry_resolved", { resolution: label(of.resolutions, data["resolution"]) });
    case "reopened":
      return t("entry_reopened");
    case "filed":
      return viewer("filed");
    case "opened":
      return t("entry_opened");
    default:
      return t("entry_noted");
  }
}
