/** The wallboard's hub of `npm run dev`: `?empty`, `?many=200`, `?still` (figures grow old). */
import type { ContactView, MessageView, Op, WallboardState } from "../../src/contract.ts";
import { apply } from "../../src/feed/apply.ts";
import { contact, messages } from "../desk/contacts.ts";
import { record } from "../desk/records.ts";
import { message } from "../make.ts";
import type { MockHub } from "../socket.ts";
import { emptyState, totals, wallboardState } from "./state.ts";

type Args = Record<string, unknown>;
const now = (): number => Date.now() / 1000;
const asked = new URLSearchParams(location.search);

export class WallboardHub implements MockHub {
  state: WallboardState = asked.has("empty")
    ? emptyState(now())
    : wallboardState(now(), Number(asked.get("many")));
  private push: (ops: Op[]) => void = () => undefined;

  started(push: (ops: Op[]) => void): void {
    this.push = (ops) => {
      this.state = ops.reduce(apply, this.state);
      push(ops);
    };
    if (asked.has("still")) return;
    const fixed = this.state.totals.today;
    setInterval(() => {
      const today = asked.has("empty") ? { ...fixed, computed_at: now() } : totals(now());
      this.push([
        ["put", "totals", "today", { ...today, longest_wait_since: fixed.longest_wait_since }],
      ]);
    }, 1000);
  }

  act(command: string, args: Args): object {
    const act = this.acts[command];
    if (!act) throw "not_found";
    return act(args) ?? {};
  }

  private show(id: string, role: ContactView["my_role"]): void {
    const row = this.state.contacts[id];
    if (!row) throw "not_found";
    const owner =
      row.agent && row.agent_id
        ? [{ agent_id: row.agent_id, name: row.agent, role: "owner" as const }]
        : [];
    const seen = contact(id, now(), {
      my_role: role,
      participants: owner,
      title: row.title,
      title_zh: row.title,
      conversation_id: "talk-lin",
      queue_id: row.queue_id,
    });
    const talk = this.state.messages["talk-lin"] ?? messages(now())["talk-lin"];
    this.push([
      ["put", "records", id, record(id, now())],
      ["put", "messages", "talk-lin", talk],
      ["put", "watched", id, seen],
    ]);
  }

  private say(args: Args, audience: MessageView["audience"]): void {
    const list = this.state.messages["talk-lin"] ?? [];
    const me = this.state.me.me;
    const seq = (list.at(-1)?.seq ?? 0) + 1;
    const added = message({
      seq,
      conversation_id: "talk-lin",
      speaker: "agent",
      agent_id: me.id,
      name: me.name,
      text: String(args.text),
      audience,
      at: now(),
    });
    this.push([["add", "messages", "talk-lin", added]]);
  }

  private hide(args: Args): void {
    this.push([["drop", "watched", String(args.contact_id)]]);
  }

  private readonly acts: Record<string, (args: Args) => object | void> = {
    watch: (args) => this.show(String(args.contact_id), "watching"),
    unwatch: (args) => this.hide(args),
    join: (args) => this.show(String(args.contact_id), "joined"),
    whisper: (args) => this.say(args, "staff"),
    say: (args) => this.say(args, "everyone"),
    take_over: (args) => {
      this.hide(args);
      this.push([["drop", "contacts", String(args.contact_id)]]);
    },
    reassign: () => undefined,
    set_presence_of: ({ agent_id, presence, reason }) => {
      const agent = this.state.agents[String(agent_id)];
      const over = {
        presence,
        presence_reason: reason,
        presence_since: now(),
        activity_since: now(),
      };
      this.push([["put", "agents", String(agent_id), { ...agent, ...over }]]);
    },
    finish_task: ({ task_id }) => this.dropAlert(String(task_id)),
    retry_effect: ({ effect_id }) => this.dropAlert(String(effect_id)),
    drop_effect: ({ effect_id }) => this.dropAlert(String(effect_id)),
  };

  private dropAlert(ref: string): void {
    const one = Object.values(this.state.alerts).find((alert) => alert.ref === ref);
    if (one) this.push([["drop", "alerts", one.id]]);
  }
}
