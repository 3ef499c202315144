import { useEffect } from "preact/hooks";
import { Button, Empty, Icon, Segmented, Skeleton } from "../../ui/index.ts";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { close, open } from "./dialogs.ts";
import { ImportDialog } from "./ImportDialog.tsx";
import { failed, listed, load, show, shown, words, type Show } from "./model.ts";
import { OnceDialog } from "./OnceDialog.tsx";
import { ReasonDialog, SureDialog } from "./SureDialogs.tsx";
import { t } from "./texts.ts";
import { UserDialog } from "./UserDialog.tsx";
import { UserTable } from "./UserTable.tsx";

/** Who works here, what they may and can do, and how they come in. */
export function UsersPage() {
  return (
    <AdminFrame href="/console/users" title={t("users")} right="manage_users">
      <Users />
    </AdminFrame>
  );
}

function Users() {
  useEffect(() => void load(), []);
  return (
    <>
      <Toolbar />
      <section class="card admin-list" aria-label={t("users")}>
        <List />
      </section>
      <Dialogs />
    </>
  );
}

const SHOWS: readonly Show[] = ["enabled", "disabled", "locked", "all"];

function Toolbar() {
  return (
    <div class="admin-bar">
      <div class="inx admin-find">
        <Icon name="search" />
        <input
          type="search"
          aria-label={t("find_user")}
          placeholder={t("find_user")}
          value={words.value}
          onInput={(event) => (words.value = event.currentTarget.value)}
        />
      </div>
      <Segmented
        label={t("show")}
        items={SHOWS.map((id) => ({ id, label: t(`show_${id}`) }))}
        chosen={show.value}
        onChoose={(id) => (show.value = id)}
      />
      <div class="push" />
      <Button icon="download" onClick={() => (open.value = { kind: "import" })}>
        {t("import")}
      </Button>
      <Button kind="primary" icon="user-plus" onClick={() => (open.value = { kind: "add" })}>
        {t("add_user")}
      </Button>
    </div>
  );
}

function List() {
  const all = listed.value;
  if (failed.value && !all) {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (!all) return <Skeleton lines={[95, 90, 92, 88, 91, 60]} />;
  if (shown.value.length === 0) {
    return (
      <Empty icon="users" title={t("nobody_here")} text={t("nobody_here_why")}>
        <Button
          onClick={() => {
            words.value = "";
            show.value = "all";
          }}
        >
          {t("show_everybody")}
        </Button>
      </Empty>
    );
  }
  return <UserTable users={shown.value} />;
}

function Dialogs() {
  const now = open.value;
  if (!now) return null;
  switch (now.kind) {
    case "add":
      return <UserDialog user={null} />;
    case "edit":
      return <UserDialog user={now.user} />;
    case "reason":
      return <ReasonDialog user={now.user} act={now.act} />;
    case "reset":
    case "forget":
      return <SureDialog user={now.user} act={now.kind} />;
    case "once":
      return <OnceDialog login={now.login} password={now.password} onClose={close} />;
    case "import":
      return <ImportDialog onClose={close} />;
  }
}
