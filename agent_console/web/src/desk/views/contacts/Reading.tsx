import { useEffect, useState } from "preact/hooks";
import { both, exactTime, htmlLang } from "../../../i18n/index.ts";
import { HttpProblem } from "../../../lib/http.ts";
import type { MessageView } from "../../../contract.ts";
import { Badge, Button, Empty, Input, Skeleton } from "../../../ui/index.ts";
import { Recordings, type Mark } from "../../calls/Player.tsx";
import { queueName } from "../../model/names.ts";
import { me } from "../../model/store.ts";
import { eventText } from "../../talk/events.ts";
import { Delivered } from "../../written/DeliveryMark.tsx";
import { Acts } from "./Acts.tsx";
import { ask, chosenContact, type Amendment, type ClosedContact, type Opened } from "./model.ts";
import { outcomeOf, whoOf } from "./names.ts";
import { t } from "./texts.ts";

/** The chosen contact: a reason first when it was somebody else's. */
export function Reading() {
  const one = chosenContact.value;
  return (
    <aside class="opened reading" aria-label={t("said")}>
      {one ? <One key={one.id} one={one} /> : <Empty icon="history" title={t("choose_one")} />}
    </aside>
  );
}

type Loaded = Opened | "ask" | "loading" | "restricted" | "gone" | "failed";

const failureOf = (problem: unknown): Loaded => {
  const code = problem instanceof HttpProblem ? problem.code : "";
  if (code === "reason_needed") return "ask";
  if (code === "restricted_record") return "restricted";
  return code === "no_contact" ? "gone" : "failed";
};

function One({ one }: { one: ClosedContact }) {
  const [loaded, setLoaded] = useState<Loaded>("loading");
  const [reason, setReason] = useState("");
  const [short, setShort] = useState(false);
  const load = (): void => {
    ask<Opened>("open", { contact_id: one.id, reason: reason.trim() }).then(
      setLoaded,
      (problem: unknown) => setLoaded(failureOf(problem)),
    );
  };
  useEffect(load, []);
  useEffect(() => {
    if (loaded === "ask") document.querySelector<HTMLElement>(".why-open input")?.focus();
  }, [loaded]);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (reason.trim().length < 3) return setShort(true);
    setLoaded("loading");
    load();
  };
  if (loaded === "loading") return <Skeleton lines={[50, 80, 80, 60, 90]} />;
  if (loaded === "restricted") return <Empty icon="lock" title={t("restricted")} />;
  if (loaded === "gone") return <Empty icon="history" title={t("gone")} />;
  if (loaded === "failed") {
    return (
      <Empty icon="alert" title={t("failed")}>
        <Button onClick={load}>{t("try_again")}</Button>
      </Empty>
    );
  }
  if (loaded !== "ask") return <Shown opened={loaded} reason={reason.trim()} onChanged={load} />;
  return (
    <form class="why-open" onSubmit={submit}>
      <h2>{t("why_open")}</h2>
      <p class="t2">{t("why_open_more")}</p>
      <Input
        label={t("reason")}
        hint={t("reason_hint")}
        error={short ? t("reason_short") : null}
        value={reason}
        onInput={setReason}
        required
      />
      <Button kind="primary" type="submit">
        {t("open")}
      </Button>
    </form>
  );
}

interface ShownProps {
  opened: Opened;
  reason: string;
  onChanged: () => void;
}

function Shown({ opened: { contact, messages }, reason, onChanged }: ShownProps) {
  return (
    <>
      <header class="opened-h">
        <div class="grow">
          <h2 class="trunc">
            {whoOf(contact)} <span class="mono t12 t2">{contact.reference}</span>
          </h2>
          <p class="t12 t2">
            {exactTime(contact.arrived_at)} · {queueName(contact.queue_id)} ·{" "}
            {contact.agent ? both(contact.agent) : t("nobody")}
          </p>
          <p class="row row-1">
            <Badge>{outcomeOf(contact)}</Badge>
            {contact.score !== null && <Badge>{t("score", { score: contact.score })}</Badge>}
          </p>
        </div>
        <Acts contact={contact} reason={reason} onChanged={onChanged} />
      </header>
      <div class="opened-b scroll" tabIndex={0} role="region" aria-label={t("said")}>
        <Added amendments={contact.amendments} />
        {contact.channel === "phone" && (
          <Recordings contactId={contact.id} marks={notesOf(messages)} />
        )}
        {messages.length === 0 && <p class="t2 said-none">{t("no_words")}</p>}
        <ol class="said">
          {messages.map((one) => (
            <Line
              key={one.seq}
              one={one}
              language={contact.language}
              again={contact.agent_id === me.value?.id ? contact.id : null}
              onAgain={onChanged}
            />
          ))}
        </ol>
      </div>
    </>
  );
}

/** Notes are places to jump to. */
const notesOf = (messages: readonly MessageView[]): Mark[] =>
  messages
    .filter((one) => one.audience === "staff" && one.kind === "text")
    .map((one) => ({ at: one.at, label: one.text }));

function Added({ amendments }: { amendments: Amendment[] }) {
  if (amendments.length === 0) return null;
  return (
    <section class="sec added">
      <h3>{t("added_since")}</h3>
      {amendments.map((one, index) => (
        <div key={index} class="note">
          <p class="t12 t2">
            {t("by_at", { name: one.by ? both(one.by) : "", when: exactTime(one.at) })}
          </p>
          {one.kind === "outcome" && (
            <p class="fw6">
              {t("outcome_from_to", {
                before: one.before ? both(one.before) : "",
                after: one.after ? both(one.after) : "",
              })}
            </p>
          )}
          <p dir="auto">{one.text}</p>
        </div>
      ))}
    </section>
  );
}

interface LineProps {
  one: MessageView;
  language: string;
  /** As `Delivered` takes it. */
  again: string | null;
  onAgain: () => void;
}

function Line({ one, language, again, onAgain }: LineProps) {
  if (one.kind === "event") return <li class="said-event t12 t3">{eventText(one)}</li>;
  const staff = one.name ? both(one.name) : "";
  const who =
    one.audience === "staff"
      ? t("who_note", { name: staff })
      : one.speaker === "agent"
        ? staff
        : t(`who_${one.speaker}`);
  return (
    <li class={one.audience === "staff" ? "said-line note" : "said-line"}>
      <p class="t12 t2">
        <b>{who}</b> <time>{exactTime(one.at)}</time>
      </p>
      {one.letter?.subject && (
        <p class="fw6" dir="auto">
          {one.letter.subject}
        </p>
      )}
      <p lang={htmlLang(language as "en")} dir="auto" class="said-text">
        {one.text}
        {one.file && <a href={one.file.href}>{one.file.name}</a>}
      </p>
      {one.delivery && (
        <Delivered seq={one.seq} delivery={one.delivery} again={again} onAgain={onAgain} />
      )}
    </li>
  );
}
