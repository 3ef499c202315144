import { useEffect } from "preact/hooks";
import { LinkBanner } from "../feed/index.ts";
import { ShortcutList } from "../keys/ShortcutList.tsx";
import type { Me } from "../lib/http.ts";
import { SessionNotice } from "../session/SessionNotice.tsx";
import { Skeleton } from "../ui/index.ts";
import { Announcements } from "./announcements/Announcements.tsx";
import { CallTalk } from "./calls/CallTalk.tsx";
import { DialDialog } from "./calls/DialDialog.tsx";
import { NotReady } from "./calls/NotReady.tsx";
import { watchCalls } from "./calls/watch.ts";
import { DeskRail } from "./frame/DeskRail.tsx";
import { Palette } from "./frame/Palette.tsx";
import { Splitter } from "./frame/Splitter.tsx";
import { TopBar } from "./frame/TopBar.tsx";
import { paneWidths } from "./frame/panes.ts";
import { HandOver } from "./hands/HandOver.tsx";
import { Preview } from "./hands/Preview.tsx";
import { watchAttention } from "./model/attention.ts";
import { armSounds } from "./model/sound.ts";
import { chosen, feed, narrowPane, rows } from "./model/store.ts";
import { watchReminders } from "./model/tasks.ts";
import { watchLetters } from "./views/letters/model.ts";
import { RecordPane } from "./record/RecordPane.tsx";
import { Talk } from "./talk/Talk.tsx";
import { t } from "./texts.ts";
import { ViewPane } from "./views/ViewPane.tsx";
import { openView } from "./views/views.ts";
import { useDeskKeys } from "./useDeskKeys.ts";
import { NewLetter } from "./written/NewLetter.tsx";
import { ForwardDialog } from "./outgoing/Forward.tsx";
import { Original } from "./written/Original.tsx";
import { FloatingOffers, WorkList } from "./work/WorkList.tsx";
import { WrapUp } from "./wrap/WrapUp.tsx";

export function Desk({ me }: { me: Me }) {
  useEffect(() => {
    armSounds();
    watchAttention();
    watchReminders();
    watchLetters();
    watchCalls();
  }, []);
  useDeskKeys();
  return (
    <>
      <a class="skip" href="#conversation">
        {t("skip")}
      </a>
      <div class="app desk-app">
        <DeskRail me={me} />
        <TopBar />
        <div class="desk-body">
          <LinkBanner link={feed.link} />
          <NotReady />
          <Announcements />
          {feed.state.value ? <Panes /> : <Loading />}
        </div>
      </div>
      <ShortcutList />
      <Palette />
      <HandOver />
      <DialDialog />
      <NewLetter />
      <Preview />
      <Original />
      <ForwardDialog />
      <SessionNotice me={me} isBusy={() => rows.peek().length > 0} />
    </>
  );
}

function Panes() {
  const view = openView.value;
  const { left, right } = paneWidths.value;
  return (
    <main
      class={view ? "desk desk-view" : "desk"}
      data-narrow={view ? "talk" : narrowPane.value}
      style={{ "--pane-l": `${left}px`, "--pane-r": `${right}px` }}
    >
      <WorkList />
      <Splitter side="left" />
      {view ? <ViewPane key={view.id} view={view} /> : <ChosenContact />}
      <FloatingOffers />
    </main>
  );
}

function ChosenContact() {
  const one = chosen.value;
  return (
    <>
      <section
        class="pane centre"
        id="conversation"
        tabIndex={-1}
        aria-label={one ? t("talk_with", { name: one.title }) : t("talk")}
      >
        {one?.my_role === "wrap_up" ? (
          <WrapUp key={one.id} contact={one} />
        ) : one?.channel === "phone" ? (
          <CallTalk key={one.id} contact={one} />
        ) : (
          <Talk key={one?.id ?? ""} contact={one} />
        )}
      </section>
      <Splitter side="right" />
      <RecordPane />
    </>
  );
}

function Loading() {
  return (
    <main class="desk desk-loading" aria-busy="true" aria-label={t("loading")}>
      <section class="pane work">
        <Skeleton lines={[40, 90, 70, 90, 60, 90, 75]} />
      </section>
      <section class="pane">
        <Skeleton lines={[30, 100, 60, 80]} />
      </section>
      <section class="pane pop">
        <Skeleton lines={[50, 80, 80, 60, 90]} />
      </section>
    </main>
  );
}
