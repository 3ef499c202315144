import { useEffect, useId, useState } from "preact/hooks";
import type { ContactView, JoinView, MessageView } from "../../contract.ts";
import { both, exactTime, htmlLang } from "../../i18n/index.ts";
import { Button, channelName, Icon, Skeleton } from "../../ui/index.ts";
import { titleOf } from "../model/store.ts";
import { excerpts, readExcerpt, undoJoin } from "./model.ts";
import { t } from "./texts.ts";
import "./joined.css";

/** Where staff have joined two talks: what it was, the other's words on request, and undo. */
export function JoinCard({ contact, one }: { contact: ContactView; one: JoinView }) {
  const [open, setOpen] = useState(one.kind === "split" && one.shows);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const found = excerpts.value[one.id];
  useEffect(() => {
    if (open && found === undefined) void readExcerpt(contact, one);
  }, [open, one.id]);
  const undo = async (): Promise<void> => {
    setBusy(true);
    await undoJoin(contact, one);
    setBusy(false);
  };
  return (
    <section class="join-card" aria-label={t("joined_talk")} data-join={one.kind}>
      <div class="row wrap">
        <Icon name={one.kind === "linked" ? "link" : one.kind === "split" ? "arrow-dr" : "merge"} />
        <span class="grow">
          <b>{wordsOf(one)}</b>{" "}
          <span class="t12 t3" title={exactTime(one.at)}>
            {both(one.by)}
          </span>
        </span>
        {one.shows && (
          <Button
            size="s"
            kind="ghost"
            icon={open ? "up" : "down"}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            {t(open ? "hide_words" : "show_words")}
          </Button>
        )}
        {contact.my_role === "owner" && (
          <Button size="s" icon="reply" disabled={busy} onClick={() => void undo()}>
            {t("undo")}
          </Button>
        )}
      </div>
      {open && (
        <div id={id} class="join-words">
          <Excerpt found={found} contact={contact} />
        </div>
      )}
    </section>
  );
}

function wordsOf(one: JoinView): string {
  const other = `${channelName(one.channel)} ${one.reference}`;
  if (one.kind === "linked") return t("linked_with", { other });
  if (one.kind === "split") return t(one.shows ? "split_from" : "split_to", { other });
  return t(one.shows ? "merged_from" : "merged_into", { other });
}

interface ExcerptProps {
  found: MessageView[] | "failed" | undefined;
  contact: ContactView;
}

function Excerpt({ found, contact }: ExcerptProps) {
  if (found === undefined) return <Skeleton lines={[60, 90]} />;
  if (found === "failed") return <p class="t12 breach">{t("words_failed")}</p>;
  const said = found.filter((one) => one.kind === "text" || one.kind === "file");
  if (said.length === 0) return <p class="t12 t3">{t("no_words")}</p>;
  return (
    <ol>
      {said.map((one) => (
        <li key={one.seq}>
          <p class="t12 t3">
            {speakerOf(one, contact)} · {exactTime(one.at)}
            {one.audience === "staff" && ` · ${t("note")}`}
          </p>
          {one.letter?.subject && (
            <p class="fw6" dir="auto">
              {one.letter.subject}
            </p>
          )}
          {one.file ? (
            <a class="linkish" href={one.file.href} download={one.file.name}>
              {one.file.name}
            </a>
          ) : (
            <p class="join-text" lang={htmlLang(contact.language)} dir="auto">
              {one.text}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function speakerOf(one: MessageView, contact: ContactView): string {
  if (one.speaker === "customer") return one.letter?.sender || titleOf(contact);
  if (one.name) return both(one.name);
  return t("the_bank");
}
