import type { CustomerCard, Reason, ScreenPop, StandingLine } from "../../contract.ts";
import { both, exactTime, lang, monthOf } from "../../i18n/index.ts";
import { Avatar, Badge, Banner, Empty } from "../../ui/index.ts";
import { CallCustomer } from "../calls/CallCustomer.tsx";
import { TeamNotes } from "../hands/TeamNotes.tsx";
import { segmentName } from "../model/names.ts";
import { t } from "../texts.ts";
import { Preferred } from "../written/Preference.tsx";
import { RefusalMenu } from "../written/Refusals.tsx";
import { WriteKey, WriteTo } from "../written/WriteTo.tsx";
import { FindGuest, Unlink } from "../views/customers/LinkControls.tsx";
import { Accounts } from "./Accounts.tsx";
import { Cards } from "./banking/Cards.tsx";
import { CoreNotice } from "./banking/CoreNotice.tsx";
import { Orders } from "./banking/Orders.tsx";
import { Service } from "./banking/Service.tsx";
import { Cases } from "./Cases.tsx";
import { History } from "./History.tsx";
import { IdentityCard } from "./identity/IdentityCard.tsx";
import { PersonalClosed } from "./identity/PersonalClosed.tsx";
import { Restricted } from "./identity/Restricted.tsx";
import { AddWarning, Warnings } from "./identity/Warnings.tsx";
import { lifecycleName } from "./lifecycleName.ts";
import { MaskedRow } from "./Masked.tsx";
import { StandingHistory } from "./StandingHistory.tsx";

interface CustomerTabProps {
  record: ScreenPop;
  /** Without it the parts show all they have: there are no tabs to go to. */
  onMore?: (tab: "accounts" | "cases" | "history") => void;
  standing?: readonly StandingLine[];
}

/** Who it is, how sure we are, what is masked, then the rest in short. */
export function CustomerTab({ record, onMore, standing }: CustomerTabProps) {
  if (record.restricted) return <Restricted ask={record.restricted.ask} />;
  if (!record.customer) return <Guest record={record} />;
  const live = record.contact_id !== "";
  const more = (to: "accounts" | "cases" | "history") =>
    onMore ? { onMore: () => onMore(to) } : {};
  return (
    <>
      <Person record={record} />
      <WriteKey who={record.customer} />
      <Warnings record={record} />
      {live && <IdentityCard record={record} />}
      {live && <TeamNotes contactId={record.contact_id} />}
      <Unlink record={record} />
      <CoreNotice record={record} />
      <Masked record={record} />
      <Preferred record={record} />
      <Cards record={record} />
      <Accounts record={record} all={!onMore} {...more("accounts")} />
      {live && <Service record={record} />}
      <Orders record={record} />
      <Cases record={record} {...more("cases")} />
      <History record={record} {...more("history")} />
      <StandingHistory record={record} lines={standing} />
      <Consents record={record} />
      <RefusalMenu record={record} />
      <AddWarning record={record} />
    </>
  );
}

function Person({ record }: { record: ScreenPop }) {
  const who = record.customer;
  if (!who) return null;
  const [first, second] =
    lang.value === "zh" && who.name_zh ? [who.name_zh, who.name] : [who.name, who.name_zh];
  return (
    <div class="cust">
      <Avatar name={first} seed={record.contact_id} size={44} />
      <div class="grow">
        <h2 class="trunc">
          {first}{" "}
          {second && second !== first && (
            <span lang={lang.value === "zh" ? "en" : "zh-Hans"} class="fw5 t2 t14">
              {second}
            </span>
          )}
        </h2>
        <div class="row wrap badges">
          <Badge tone={who.segment === "premier" ? "premier" : "line"}>
            {segmentName(who.segment)}
          </Badge>
          <Badge>{t("since_year", { year: who.since_year })}</Badge>
          <Badge>{t(who.language === "zh" ? "prefers_zh" : "prefers_en")}</Badge>
          {who.lifecycle !== "active" && <Badge>{lifecycleName(who.lifecycle)}</Badge>}
        </div>
        <p class="t12 t3 tnum number">{t("customer_number", { number: who.number })}</p>
        <Standing who={who} />
      </div>
    </div>
  );
}

/** Why the customer stands where the bank's rules have put them, and who looks after them. */
function Standing({ who }: { who: CustomerCard }) {
  const { segment, lifecycle: stage } = who.standing;
  const say = (what: string, reason: Reason): string =>
    t("standing_of", { what, time: monthOf(reason.since), why: both(reason.why) });
  return (
    <>
      {segment && <p class="t12 t2">{say(segmentName(who.segment), segment)}</p>}
      {stage && who.lifecycle !== "active" && (
        <p class="t12 t2">{say(lifecycleName(who.lifecycle), stage)}</p>
      )}
      {who.manager && <p class="t12 t2">{t("manager_of", { name: both(who.manager) })}</p>}
    </>
  );
}

/** Somebody else speaks than the holder, or nobody is marked yet. */
const isOthers = (who: CustomerCard): boolean =>
  who.address.why === "not_the_speakers" || who.address.why === "speaker_unknown";

function Masked({ record }: { record: ScreenPop }) {
  const who = record.customer;
  if (!who) return null;
  const id = record.contact_id;
  if (isOthers(who)) return <PersonalClosed why={who.address.why} />;
  return (
    <dl class="ids">
      <MaskedRow contactId={id} label={t("mobile")} field={who.phone}>
        {id && <CallCustomer goal={{ contact_id: id }} name={who.name} />}
        <WriteTo who={who} channel="sms" />
      </MaskedRow>
      <MaskedRow contactId={id} label={t("mail")} field={who.email}>
        <WriteTo who={who} channel="email" />
      </MaskedRow>
      <MaskedRow contactId={id} label={t("id_number")} field={who.id_number} />
      <MaskedRow contactId={id} label={t("birth_date")} field={who.birth_date} />
      <MaskedRow contactId={id} label={t("address")} field={who.address} />
    </dl>
  );
}

function Consents({ record }: { record: ScreenPop }) {
  if (record.consents.length === 0) return null;
  return (
    <section class="sec">
      <div class="sec-h">
        <h3>{t("consent")}</h3>
      </div>
      <div class="consent">
        {record.consents.map((one) => (
          <Badge
            key={one.code}
            tone={one.given ? "ok" : "neutral"}
            icon={one.given ? "check" : "x"}
            title={one.at === null ? undefined : exactTime(one.at)}
          >
            {both(one.label)}
            <span class="sr">, {t(one.given ? "consent_given" : "consent_not_given")}</span>
          </Badge>
        ))}
      </div>
    </section>
  );
}

/** Nobody is proved: say so, and whether records might match. */
function Guest({ record }: { record: ScreenPop }) {
  return (
    <>
      <Empty icon="shield-q" title={t("guest_title")} text={t("guest_more")} />
      {record.candidates > 0 && (
        <Banner tone="info" icon="users" class="in-pane">
          {t("candidates", { count: record.candidates })}
        </Banner>
      )}
      <FindGuest record={record} />
      <RefusalMenu record={record} />
      <History record={record} />
    </>
  );
}
