/** A hub in the page that knows enough to try the desk by hand. Not the product's rules. */
import type { ContactView, MessageView, Op } from "../../src/contract.ts";
import { apply } from "../../src/feed/apply.ts";
import type { MockHub } from "../socket.ts";
import { message } from "../make.ts";
import { CallDesk } from "./call-desk.ts";
import { contact, offer } from "./contacts.ts";
import { setup } from "./setup.ts";
import { deskState } from "./state.ts";

type Args = Record<string, unknown>;
const now = (): number => Date.now() / 1000;
const asked = new URLSearchParams(location.search);

export class DeskHub implements MockHub {
  state = deskState(now(), Number(asked.get("many")), Number(asked.get("long")));
  private push: (ops: Op[]) => void = () => undefined;
  private readonly keys = new Set<string>();
  private readonly calls = new CallDesk(
    (args) => this.contact(args),
    (one, over) => this.change(one, over),
  );

  started(push: (ops: Op[]) => void): void {
    this.push = (ops) => {
      this.state = ops.reduce(apply, this.state);
      push(ops);
    };
    if (asked.has("empty")) {
      this.push(Object.keys(this.state.contacts).map((id) => ["drop", "contacts", id]));
    }
    if (asked.get("offer") !== "0") setTimeout(() => this.offer(), 700);
    setTimeout(
      () => this.push([["tell", "typing", { contact_id: "lin", by: "customer", on: true }]]),
      900,
    );
  }

  act(command: string, args: Args): object {
    const act = this.acts[command] ?? this.calls.acts[command];
    if (!act) throw "not_found";
    return act(args) ?? {};
  }

  private offer(): void {
    const made = offer(now());
    this.push([["put", "offers", made.reservation_id, made]]);
    setTimeout(() => {
      if (!(made.reservation_id in this.state.offers)) return;
      const mine = {
        ...this.state.me.me,
        presence: "break",
        presence_reason: "missed",
        presence_since: now(),
      };
      this.push([
        ["drop", "offers", made.reservation_id],
        ["put", "me", "me", mine],
      ]);
    }, 25_000);
  }

  private say(args: Args, audience: MessageView["audience"]): void {
    const one = this.contact(args);
    if (this.keys.has(String(args.key))) return;
    this.keys.add(String(args.key));
    const added = message({
      conversation_id: one.conversation_id,
      contact_id: one.id,
      seq: (this.state.messages[one.conversation_id]?.at(-1)?.seq ?? 0) + 1,
      speaker: "agent",
      agent_id: "a.osei",
      name: this.state.me.me.name,
      text: String(args.text),
      audience,
      at: now(),
      key: String(args.key),
    });
    this.push([["add", "messages", one.conversation_id, added]]);
    this.change(one, {
      last_seq: added.seq,
      last_text: added.text,
      last_speaker: "agent",
      last_at: now(),
      reply_due_at: null,
    });
  }

  private contact(args: Args): ContactView {
    const one = this.state.contacts[String(args.contact_id)];
    if (!one) throw "not_found";
    return one;
  }

  private change(one: ContactView, over: Partial<ContactView>): void {
    this.push([["put", "contacts", one.id, { ...this.state.contacts[one.id], ...over }]]);
  }

  private readonly acts: Record<string, (args: Args) => object | void> = {
    set_presence: ({ presence, reason }) =>
      this.push([
        [
          "put",
          "me",
          "me",
          { ...this.state.me.me, presence, presence_reason: reason, presence_since: now() },
        ],
      ]),
    accept: ({ reservation_id }) => {
      const taken = this.state.offers[String(reservation_id)];
      if (!taken) throw "offer_gone";
      const made = contact(taken.contact_id, now(), {
        title: taken.title,
        title_zh: taken.title_zh,
        language: "zh",
        queue_id: taken.queue_id,
        last_seq: 1,
        last_text: taken.wants,
      });
      this.push([
        ["drop", "offers", taken.reservation_id],
        ["put", "contacts", made.id, made],
      ]);
    },
    decline: ({ reservation_id }) => this.push([["drop", "offers", String(reservation_id)]]),
    say: (args) => this.say(args, "everyone"),
    note: (args) => this.say(args, "staff"),
    typing: () => undefined,
    seen: (args) => this.change(this.contact(args), { seen_by_staff_seq: Number(args.seq) }),
    more: () => ({ messages: [] }),
    transfer: (args) => this.wrapUp(this.contact(args)),
    end: (args) => this.wrapUp(this.contact(args)),
    invite: (args) => {
      const one = this.contact(args);
      const guest = setup.agents.find((agent) => agent.id === args.agent_id);
      if (guest) {
        const role = "consulted" as const;
        this.change(one, {
          participants: [...one.participants, { agent_id: guest.id, name: guest.name, role }],
        });
      }
    },
    extend_wrap_up: (args) => {
      const one = this.contact(args);
      if (one.wrap_up)
        this.change(one, {
          wrap_up: {
            ...one.wrap_up,
            until: one.wrap_up.until + 60,
            extended: one.wrap_up.extended + 1,
          },
        });
    },
    finish_wrap_up: (args) => this.push([["drop", "contacts", this.contact(args).id]]),
    ask_help: () => undefined,
    leave: (args) => this.push([["drop", "contacts", this.contact(args).id]]),
    reveal: () => ({ value: "+86 138 0013 2716", until: now() + 20 }),
    file_ticket: () => ({ upload_url: "/files?t=dev" }),
  };

  private wrapUp(one: ContactView): void {
    const dispositions = setup.queues[0]?.dispositions ?? [];
    this.change(one, {
      my_role: "wrap_up",
      state: "closed",
      closed_at: now(),
      ended: { ending: "handled", reason: "agent_ended" },
      wrap_up: { until: now() + 120, started_at: now(), extended: 0, dispositions },
    });
  }
}
