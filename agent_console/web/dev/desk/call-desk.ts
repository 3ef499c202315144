/** Call control that knows enough to try the bar by hand. */
import type { CallView, ContactView, LegView } from "../../src/contract.ts";
import { leg } from "./calls.ts";
import { setup } from "./setup.ts";

type Args = Record<string, unknown>;
const now = (): number => Date.now() / 1000;

export class CallDesk {
  constructor(
    private readonly find: (args: Args) => ContactView,
    private readonly change: (one: ContactView, over: Partial<ContactView>) => void,
  ) {}

  readonly acts: Record<string, (args: Args) => object | void> = {
    hold_call: (args) => this.hold(args, args.on === true),
    mute_call: (args) => this.legs(args, (one) => (one.is_mine ? { muted: args.on === true } : {})),
    send_digits: () => undefined,
    record_call: (args) => {
      const states = { resume: "on", pause: "paused", refuse: "refused" } as const;
      const state = states[args.action as keyof typeof states];
      this.call(args, { recording: { id: "r1", state } });
    },
    consult: (args) => this.consult(args),
    merge_call: (args) => {
      this.legs(args, () => ({ on_hold: false }));
      this.call(args, { state: "talking", held_since: null });
    },
    swap_call: (args) =>
      this.legs(args, (one) => (one.is_mine ? {} : { on_hold: !one.on_hold })),
    drop_leg: (args) => {
      this.legs(args, (one) => (one.id === args.leg_id ? { state: "ended" } : { on_hold: false }));
      this.call(args, { state: "talking", held_since: null });
    },
    complete_transfer: (args) => this.change(this.find(args), { my_role: "wrap_up" }),
    mark_threat: (args) => this.call(args, { threat: true }),
    call_notes: () => ({ text: "", saved_at: null }),
    keep_call_notes: () => ({ saved_at: now() }),
    end_call_as: (args) => this.change(this.find(args), { my_role: "wrap_up" }),
    dial_customer: () => ({ contact_id: "call" }),
  };

  private hold(args: Args, on: boolean): void {
    this.legs(args, (one) => (one.kind === "customer" ? { on_hold: on } : {}));
    this.call(args, { state: on ? "held" : "talking", held_since: on ? now() : null });
  }

  private consult(args: Args): void {
    const agent = setup.agents.find((one) => one.id === args.agent_id);
    const name = agent?.name ?? null;
    const guest = leg(`g${now()}`, {
      kind: agent ? "agent" : "outside",
      name,
      number: agent ? null : String(args.number ?? args.queue_id ?? ""),
      state: "ringing",
      since: now(),
    });
    this.hold(args, true);
    const one = this.find(args);
    this.call(args, { state: "consulting", legs: [...(one.call?.legs ?? []), guest] });
    setTimeout(
      () => this.legs(args, (other) => (other.id === guest.id ? { state: "up" } : {})),
      1500,
    );
  }

  private legs(args: Args, over: (one: LegView) => Partial<LegView>): void {
    const legs = this.find(args).call?.legs.map((one) => ({ ...one, ...over(one) })) ?? [];
    this.call(args, { legs });
  }

  private call(args: Args, over: Partial<CallView>): void {
    const one = this.find(args);
    if (one.call) this.change(one, { call: { ...one.call, ...over } });
  }
}
