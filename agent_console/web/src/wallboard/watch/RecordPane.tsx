import type { ComponentChildren } from "preact";
import type { ContactView, CustomerCard, Field, ScreenPop } from "../../contract.ts";
import { both, exactTime, lang, shortDay } from "../../i18n/index.ts";
import { Avatar, Badge, ChannelTile, Icon, Skeleton } from "../../ui/index.ts";
import { queueName, segmentName } from "../model/names.ts";
import { records } from "../model/store.ts";
import { t } from "../texts.ts";

/** Who the customer is, as far as it is proved: enough to follow a talk. The desk reveals. */
export function RecordPane({ contact }: { contact: ContactView }) {
  const record = records.value[contact.id];
  if (!record) return <Skeleton lines={[60, 40, 80, 70]} />;
  return (
    <div class="scroll">
      <Identity record={record} />
      {record.customer && <Facts customer={record.customer} />}
      <Cases record={record} />
      <History record={record} />
    </div>
  );
}

function Identity({ record }: { record: ScreenPop }) {
  const { customer, identity } = record;
  const proved = identity.level > 0;
  const name = customer
    ? lang.value === "zh"
      ? customer.name_zh || customer.name
      : customer.name
    : t("guest");
  return (
    <div class="sec row row-3">
      <Avatar name={name} seed={customer?.id ?? name} size={44} />
      <div class="grow col">
        <b class="fw6 t16">{name}</b>
        <span class="row wrap">
          <Badge tone={proved ? "ok" : "risk"} icon={proved ? "shield-ok" : "shield-q"}>
            {proved ? t("identity_level", { level: identity.level }) : t("identity_none")}
          </Badge>
          {customer && <Badge>{segmentName(customer.segment)}</Badge>}
        </span>
        {!customer && <p class="t12 t3">{t("guest_more")}</p>}
      </div>
    </div>
  );
}

function Facts({ customer }: { customer: CustomerCard }) {
  return (
    <div class="sec">
      <dl class="kv">
        <dt>{t("phone")}</dt>
        <dd>
          <Value field={customer.phone} />
        </dd>
        <dt>{t("email")}</dt>
        <dd>
          <Value field={customer.email} />
        </dd>
        <dt>{t("customer_since")}</dt>
        <dd class="tnum">{customer.since_year}</dd>
      </dl>
    </div>
  );
}

/** The server decides what is shown; a closed field says why. */
function Value({ field }: { field: Field }) {
  if (field.shown !== "closed") return <span class="mono">{field.value ?? "–"}</span>;
  return (
    <span class="row row-1 t3 end">
      <Icon name="lock" size={12} />
      {t(field.why === "role" ? "closed_role" : "closed_field")}
    </span>
  );
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="sec">
      <div class="sec-h">
        <h3>{title}</h3>
      </div>
      {children}
    </section>
  );
}

function Cases({ record }: { record: ScreenPop }) {
  return (
    <Section title={t("open_cases")}>
      {record.cases.length === 0 && <p class="t12 t3">{t("no_cases")}</p>}
      <ul class="col t12">
        {record.cases.map((one) => (
          <li key={one.id} class="row">
            <span class="t3 mono">{one.number}</span>
            <span class="grow trunc" title={both(one.title)}>
              {both(one.title)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function History({ record }: { record: ScreenPop }) {
  return (
    <Section title={t("recent_contacts")}>
      {record.history.length === 0 && <p class="t12 t3">{t("no_history")}</p>}
      <ul class="col t12">
        {record.history.map((one) => (
          <li key={one.contact_id} class="row">
            <ChannelTile channel={one.channel} size={20} />
            <span class="grow trunc">
              {one.disposition_label ? both(one.disposition_label) : queueName(one.queue_id)}
            </span>
            <time class="t3" title={exactTime(one.at)}>
              {shortDay(one.at)}
            </time>
          </li>
        ))}
      </ul>
    </Section>
  );
}
