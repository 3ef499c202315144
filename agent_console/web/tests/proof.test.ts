import { describe, expect, it } from "vitest";
import type { IdentityView } from "../src/contract.ts";
import { offerOf, proofs, resendSeconds, sixDigits } from "../src/desk/model/identity.ts";
import { removable, settable } from "../src/desk/record/identity/warnings.ts";

const identity: IdentityView = {
  level: 1,
  proof: null,
  proved_at: null,
  proved_by: null,
  tries_left: 3,
  locked_until: null,
  code: null,
  ways: [{ via: "sms", masked: "•••• 1234" }],
  questions: true,
  blocked: null,
};

describe("what the card offers", () => {
  it.each([
    ["prove", identity],
    ["prove", { ...identity, ways: [] }],
    ["none", { ...identity, ways: [], questions: false }],
    ["none", { ...identity, level: 3 }],
    ["locked", { ...identity, locked_until: 101 }],
    ["prove", { ...identity, locked_until: 100 }],
    ["blocked", { ...identity, blocked: "deceased" }],
    ["locked", { ...identity, locked_until: 101, blocked: "deceased" }],
  ] as Array<[string, IdentityView]>)("is %s", (wanted, given) => {
    expect(offerOf(given, 100)).toBe(wanted);
  });
});

describe("sending again", () => {
  const code = { via: "sms" as const, sent_at: 70, expires_at: 370, resend_at: 100 };

  it("counts whole seconds down and then may", () => {
    expect(resendSeconds({ ...identity, code }, 99.2)).toBe(1);
    expect(resendSeconds({ ...identity, code }, 100)).toBe(0);
    expect(resendSeconds(identity, 0)).toBe(0);
  });
});

describe("six digits", () => {
  it.each([
    ["123456", "123456"],
    [" 123 456 ", "123456"],
    ["１２３-４５６", "123456"],
    ["12345", null],
    ["1234567", null],
    ["12345a", null],
  ])("of %s are %s", (typed, wanted) => {
    expect(sixDigits(typed)).toBe(wanted);
  });
});

describe("proofs and warnings", () => {
  it("names each proof", () => {
    expect(proofs("signed_in_page+code")).toEqual(["signed_in_page", "code"]);
    expect(proofs(null)).toEqual([]);
  });

  it("offers what the rights allow and the record has not", () => {
    const agent = (right: string): boolean => right === "set_warnings";
    expect(settable(["vulnerable"], agent)).toEqual(["fraud_watch", "complaint"]);
    expect(settable([], () => true)).toHaveLength(5);
    expect(removable("fraud_watch", agent)).toBe(false);
    expect(removable("vulnerable", agent)).toBe(true);
  });
});
