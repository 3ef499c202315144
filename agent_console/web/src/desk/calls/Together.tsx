import type { CallView, ContactView, LegView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { Avatar, Badge, Button, Icon, IconButton, Since } from "../../ui/index.ts";
import { titleOf } from "../model/store.ts";
import { completeTransfer, dropLeg, merge, swap } from "./acts.ts";
import { can, customerLeg, guests, isConference } from "./call.ts";
import { t } from "./texts.ts";

interface TogetherProps {
  contact: ContactView;
  call: CallView;
}

/** Who is on the line, once there are more than two; and what can be made of it. */
export function Together({ contact, call }: TogetherProps) {
  const others = guests(call);
  if (others.length === 0) return null;
  const customer = customerLeg(call);
  const ready = others.some((leg) => leg.state === "up");
  const conference = isConference(call);
  return (
    <section class="together" aria-label={t("on_the_line")}>
      <ul>
        {customer && <OnLine leg={customer} name={titleOf(contact)} contact={contact} />}
        {others.map((leg) => (
          <OnLine key={leg.id} leg={leg} name={nameOf(leg)} contact={contact} droppable />
        ))}
      </ul>
      {contact.my_role === "owner" && (
        <div class="row wrap acts">
          <Button
            size="s"
            kind="primary"
            icon="transfer"
            aria-disabled={!ready}
            onClick={() => ready && completeTransfer(contact)}
          >
            {t("complete_transfer")}
          </Button>
          {!conference && can(call, "hold") && (
            <Button
              size="s"
              icon="swap"
              aria-disabled={!ready}
              onClick={() => ready && swap(contact)}
            >
              {t("swap")}
            </Button>
          )}
          {!conference && can(call, "conference") && (
            <Button
              size="s"
              icon="merge"
              aria-disabled={!ready}
              onClick={() => ready && merge(contact)}
            >
              {t("merge")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

export const nameOf = (leg: LegView): string =>
  leg.name ? both(leg.name) : leg.number || t("somebody");

const PARTS = ["interpreter", "attorney", "branch"] as const;
const isPart = (part: string): part is (typeof PARTS)[number] =>
  PARTS.some((one) => one === part);

interface OnLineProps {
  leg: LegView;
  name: string;
  contact: ContactView;
  droppable?: boolean;
}

function OnLine({ leg, name, contact, droppable = false }: OnLineProps) {
  const mayDrop = droppable && contact.my_role === "owner";
  return (
    <li class="row row-1">
      <Avatar name={name} seed={leg.id} size={20} />
      <span class="trunc">{name}</span>
      {isPart(leg.part) && <Badge tone="line">{t(`part_${leg.part}`)}</Badge>}
      <LegState leg={leg} />
      {mayDrop && (
        <IconButton
          icon="phone-off"
          size={24}
          label={t("drop", { name })}
          onClick={() => dropLeg(contact, leg.id)}
        />
      )}
    </li>
  );
}

function LegState({ leg }: { leg: LegView }) {
  if (leg.state === "dialled" || leg.state === "ringing") {
    return (
      <Badge tone="blue">
        {t("leg_ringing")} <Since at={leg.since} />
      </Badge>
    );
  }
  if (leg.on_hold) return <Badge tone="risk">{t("leg_held")}</Badge>;
  if (leg.muted) return <Badge>{t("leg_muted")}</Badge>;
  return (
    <span class="t12 ok row row-1">
      <Icon name="check" size={12} />
      {t("leg_talks")}
    </span>
  );
}
