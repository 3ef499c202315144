import { useEffect, useState } from "preact/hooks";
import { HttpProblem } from "../../../lib/http.ts";
import { Banner, Button, Empty, Input, Skeleton } from "../../../ui/index.ts";
import { CallCustomer } from "../../calls/CallCustomer.tsx";
import { me, titleOf } from "../../model/store.ts";
import { CustomerTab } from "../../record/CustomerTab.tsx";
import { LinkDialog } from "./LinkDialog.tsx";
import { MergeDialog } from "./MergeDialog.tsx";
import { Merges } from "./Merges.tsx";
import {
  chosenCandidate,
  guest,
  mergeTarget,
  nameOf,
  openRecord,
  type Candidate,
  type OpenedRecord,
} from "./model.ts";
import { t } from "./texts.ts";

/** The chosen record: a reason first, unless it belongs to a contact in hand. */
export function Opened() {
  const one = chosenCandidate.value;
  return (
    <aside class="opened pop" aria-label={t("opened")}>
      {one ? <Record key={one.id} one={one} /> : <Empty icon="user" title={t("choose_one")} />}
    </aside>
  );
}

type Loaded = OpenedRecord | "ask" | "loading" | "restricted" | "gone" | "failed";

function Record({ one }: { one: Candidate }) {
  const [loaded, setLoaded] = useState<Loaded>(one.contact_id ? "loading" : "ask");
  const [reason, setReason] = useState("");
  const [short, setShort] = useState(false);
  const load = (why: string): void => {
    setLoaded("loading");
    openRecord(one.id, why).then(setLoaded, (problem: unknown) => setLoaded(failureOf(problem)));
  };
  useEffect(() => {
    if (one.contact_id) load("");
  }, []);
  useEffect(() => {
    if (loaded === "ask") document.querySelector<HTMLElement>(".why-open input")?.focus();
  }, [loaded]);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (reason.trim().length < 3) setShort(true);
    else load(reason.trim());
  };
  return (
    <>
      <Actions one={one} />
      {loaded === "ask" && (
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
      )}
      {loaded === "loading" && <Skeleton lines={[50, 80, 80, 60, 90]} />}
      {loaded === "restricted" && <Empty icon="lock" title={t("restricted")} />}
      {loaded === "gone" && <Empty icon="user" title={t("gone")} />}
      {loaded === "failed" && (
        <Empty icon="alert" title={t("failed")}>
          <Button onClick={() => load(reason.trim())}>{t("try_again")}</Button>
        </Empty>
      )}
      {typeof loaded === "object" && <Shown one={one} opened={loaded} />}
    </>
  );
}

function Shown({ one, opened }: { one: Candidate; opened: OpenedRecord }) {
  const { record, standing } = opened;
  return (
    <div class="scroll opened-b">
      {record.contact_id === "" && (
        <Banner tone="info" icon="shield-q" class="in-pane">
          {t("reading_claim")}
        </Banner>
      )}
      <CustomerTab record={record} standing={standing} />
      <Merges key={one.id} customerId={one.id} />
    </div>
  );
}

const failureOf = (problem: unknown): Loaded => {
  const code = problem instanceof HttpProblem ? problem.code : "";
  if (code === "restricted_record") return "restricted";
  return code === "no_customer" ? "gone" : "failed";
};

/** Two outlines may look the same; the end of the number tells them apart. */
const tailOf = (one: Candidate): string => `${nameOf(one)} ${one.number.slice(-4)}`;

/** What can be done with the chosen record for the guest in hand, or for another record. */
function Actions({ one }: { one: Candidate }) {
  const [asked, setAsked] = useState<"link" | "merge" | null>(null);
  const who = guest.value;
  const target = mergeTarget.value;
  const mayMerge = me.value?.rights.includes("merge_customers") ?? false;
  const close = (): void => setAsked(null);
  return (
    <header class="opened-h">
      <h2 class="trunc">{nameOf(one)}</h2>
      <span class="push row">
        <CallCustomer goal={{ customer_id: one.id }} name={nameOf(one)} />
        {who && (
          <Button kind="primary" icon="link" size="s" onClick={() => setAsked("link")}>
            {t("link", { guest: titleOf(who) })}
          </Button>
        )}
        {mayMerge && target && target.id !== one.id && (
          <Button kind="primary" icon="layers" size="s" onClick={() => setAsked("merge")}>
            {t("merge_into", { other: tailOf(one), name: tailOf(target) })}
          </Button>
        )}
        {mayMerge && !target && (
          <Button icon="layers" size="s" onClick={() => (mergeTarget.value = one)}>
            {t("merge")}
          </Button>
        )}
      </span>
      {asked === "link" && who && <LinkDialog contact={who} one={one} onClose={close} />}
      {asked === "merge" && target && <MergeDialog kept={target} merged={one} onClose={close} />}
    </header>
  );
}
