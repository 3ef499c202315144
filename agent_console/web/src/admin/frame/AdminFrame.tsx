import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { ShortcutList, showShortcuts } from "../../keys/ShortcutList.tsx";
import { signOut } from "../../lib/http.ts";
import { SessionNotice } from "../../session/SessionNotice.tsx";
import { Avatar, Button, Empty, Icon, Menu, Rail, Skeleton } from "../../ui/index.ts";
import { railLinks } from "./links.ts";
import { learnMe, may, me } from "./session.ts";
import { t } from "./texts.ts";

interface Props {
  href: string;
  title: string;
  /** What somebody needs to see the page; null: everybody who is signed in. */
  right: string | null;
  children: ComponentChildren;
}

/** Rail, top bar and the states before a page: loading, no answer, no right. */
export function AdminFrame({ href, title, right, children }: Props) {
  useEffect(() => void learnMe(), []);
  useEffect(() => {
    document.title = `${title} · ${t("product")}`;
  });
  return (
    <div class="app">
      <a class="skip" href="#content">
        {t("skip_to_content")}
      </a>
      <Rail links={me.value ? railLinks(href) : []} />
      <header class="topbar">
        <h1>{title}</h1>
        <div class="push" />
        <Account />
      </header>
      <main class="admin" id="content" tabIndex={-1}>
        <Content right={right}>{children}</Content>
      </main>
      <ShortcutList />
      {me.value && <SessionNotice me={me.value} />}
    </div>
  );
}

function Content({ right, children }: Pick<Props, "right" | "children">) {
  if (me.value === undefined) return <Skeleton lines={[30, 90, 85, 80, 60]} />;
  if (me.value === null) {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void learnMe()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (right !== null && !may(right)) {
    return <Empty icon="lock" title={t("no_right")} text={t("no_right_why")} />;
  }
  return <>{children}</>;
}

function Account() {
  const person = me.value;
  if (!person) return null;
  const name = both(person.user.name);
  const items = [
    {
      id: "keys",
      label: t("shortcuts"),
      mark: <Icon name="keyboard" />,
      heading: name,
      onPick: showShortcuts,
    },
    {
      id: "out",
      label: t("sign_out"),
      mark: <Icon name="sign-out" />,
      onPick: () => void signOut().then((left) => left || location.assign("/console")),
    },
  ];
  return (
    <Menu class="account" label={name} title={name} items={items}>
      <Avatar name={name} seed={person.user.id} />
    </Menu>
  );
}
