import { useEffect } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Badge, Button, Empty, Icon, IconButton, Skeleton } from "../../ui/index.ts";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { HistoryDialog } from "./HistoryDialog.tsx";
import { failed, listed, load, open, shown, words, type Reply } from "./model.ts";
import { RemoveDialog } from "./RemoveDialog.tsx";
import { ReplyDialog } from "./ReplyDialog.tsx";
import { t } from "./texts.ts";

/** Words that agents use again: kept in both languages, checked, seen before they are in force. */
export function RepliesPage() {
  return (
    <AdminFrame href="/console/replies" title={t("replies")} right="edit_articles">
      <Replies />
    </AdminFrame>
  );
}

function Replies() {
  useEffect(() => void load(), []);
  return (
    <>
      <Toolbar />
      <section class="card admin-list" aria-label={t("replies")}>
        <List />
      </section>
      <Dialogs />
    </>
  );
}

const begin = (): void => void (open.value = { kind: "edit", reply: null });

function Toolbar() {
  return (
    <div class="admin-bar">
      <div class="inx admin-find">
        <Icon name="search" />
        <input
          type="search"
          aria-label={t("find")}
          placeholder={t("find")}
          value={words.value}
          onInput={(event) => (words.value = event.currentTarget.value)}
        />
      </div>
      <div class="push" />
      {listed.value && (
        <>
          <Button icon="history" onClick={() => (open.value = { kind: "history" })}>
            {t("versions")}
          </Button>
          <Button kind="primary" icon="plus" onClick={begin}>
            {t("new_reply")}
          </Button>
        </>
      )}
    </div>
  );
}

function List() {
  if (!listed.value) {
    if (!failed.value) return <Skeleton lines={[95, 90, 92, 88, 60]} />;
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (listed.value.replies.length === 0) {
    return (
      <Empty icon="reply" title={t("no_reply")} text={t("no_reply_why")}>
        <Button kind="primary" icon="plus" onClick={begin}>
          {t("new_reply")}
        </Button>
      </Empty>
    );
  }
  if (shown.value.length === 0) {
    return <Empty icon="search" title={t("nothing")} text={t("nothing_why")} />;
  }
  return (
    <div class="admin-scroll" tabIndex={0} role="region" aria-label={t("replies")}>
      <table class="tbl replies-table">
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">English</th>
            <th scope="col">中文</th>
            <th scope="col">{t("queues")}</th>
            <th scope="col">
              <span class="sr">{t("remove")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.value.map((one) => (
            <Row key={one.code} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one }: { one: Reply }) {
  const queues = listed.value?.queues ?? [];
  return (
    <tr>
      <td>
        <Button kind="ghost" size="s" onClick={() => (open.value = { kind: "edit", reply: one })}>
          {both(one.title)}
        </Button>
        <div class="mono t12 t3 reply-code">/{one.code}</div>
      </td>
      <td lang="en">
        <div class="reply-words">{one.text.en}</div>
      </td>
      <td lang="zh-Hans">
        <div class="reply-words">{one.text.zh}</div>
      </td>
      <td>
        <div class="reply-queues">
          {one.queues.length === 0 && <span class="t3">{t("all_queues")}</span>}
          {queues
            .filter(({ id }) => one.queues.includes(id))
            .map(({ id, name }) => (
              <Badge key={id}>{both(name)}</Badge>
            ))}
        </div>
      </td>
      <td>
        <IconButton
          icon="trash"
          label={t("remove_of", { name: both(one.title) })}
          onClick={() => (open.value = { kind: "remove", reply: one })}
        />
      </td>
    </tr>
  );
}

function Dialogs() {
  const now = open.value;
  switch (now?.kind) {
    case undefined:
      return null;
    case "history":
      return <HistoryDialog />;
    case "remove":
      return <RemoveDialog reply={now.reply} />;
    case "edit":
      return <ReplyDialog reply={now.reply} />;
  }
}
