import { describe, expect, it } from "vitest";
import { endingsOf, healthOf, isSoon } from "../src/admin/accounts/model.ts";
import { mailboxOf } from "../src/admin/accounts/MailboxDialog.tsx";
import { blankServer, draftOf, serverOf } from "../src/admin/accounts/ServerFields.tsx";
import { troubleWords } from "../src/admin/accounts/trouble.ts";
import type { Account, Way } from "../src/admin/accounts/types.ts";

const way = (state: Way["state"], ends: Way["ends"] = {}): Way => ({
  kind: "imap",
  place: "mail.bank.example:993",
  tls: "implicit",
  user: "service",
  state,
  trouble: "",
  since_at: null,
  ends,
});

const account = (comes: Way | null, leaves: Way | null, paused_at: number | null = null): Account =>
  ({ channel: "email", account: "a@bank.example", comes, leaves, paused_at }) as Account;

describe("an account", () => {
  it("is as well as the worse of its ways, and a pause comes before all", () => {
    expect(healthOf(account(way("works"), way("untried")))).toBe("works");
    expect(healthOf(account(way("works"), way("fails")))).toBe("fails");
    expect(healthOf(account(null, way("untried")))).toBe("untried");
    expect(healthOf(account(way("fails"), null, 5))).toBe("paused");
  });

  it("tells each end once, and warns of those that somebody has to see to", () => {
    const both = way("works", { certificate: 2_000_000, token: 100 });
    const found = endingsOf(account(both, both));
    expect(found).toEqual([
      { what: "token", at: 100 },
      { what: "certificate", at: 2_000_000 },
    ]);
    expect(found.map((one) => isSoon(one, 1_000_000))).toEqual([false, true]);
    expect(isSoon({ what: "secret", at: 9_000_000 }, 1_000_000)).toBe(false);
  });
});

describe("the form of a mailbox", () => {
  const server = { ...serverOf(blankServer(993, "implicit")), host: "mail.bank.example" };

  it("sends what was chosen alone, and secrets only where they were typed", () => {
    const told = serverOf({ ...draftOf({ ...server, user: "u" }), password: "p" });
    expect(told).toMatchObject({ host: "mail.bank.example", port: 993, password: "p" });
    expect(told).not.toHaveProperty("oauth");
    const token = serverOf({ ...draftOf(server), way: "token", client_id: "c" });
    expect(token).not.toHaveProperty("password");
    expect(token.oauth).toMatchObject({ client_id: "c", client_secret: "" });
  });

  it("leaves out a direction that is not used", () => {
    const drafted = {
      address: " a@bank.example ",
      queue: "cards",
      name_en: "Bank",
      name_zh: "",
      signature_en: "",
      signature_zh: "",
      language: "en",
      answer_hours: "4",
      acknowledges: true,
      sends: false,
      relay: blankServer(587, "starttls"),
      reads: true,
      imap: draftOf(server),
      folders: "INBOX，Cards, ",
    };
    const made = mailboxOf(drafted);
    expect(made).not.toHaveProperty("relay");
    expect(made).toMatchObject({ address: "a@bank.example", answer_hours: 4 });
    expect(made.imap?.folders).toEqual(["INBOX", "Cards"]);
  });
});

describe("what is wrong", () => {
  it("is said in words with a remedy, also for a code that nobody knows", () => {
    expect(troubleWords("certificate_refused")).toContain("certificate");
    expect(troubleWords("smtp_550")).toContain("550");
    expect(troubleWords("moon_is_full")).toContain("moon_is_full");
  });
});
