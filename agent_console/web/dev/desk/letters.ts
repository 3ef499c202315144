/** A talk by mail, invented. */
import type { LetterView } from "../../src/contract.ts";
import type { Line } from "./contacts.ts";

/** The head of a customer's mail; tests change what they need. */
export const letter = (over: Partial<LetterView> = {}): LetterView => ({
  subject: "Fee on my March statement",
  sender: "sofia@marques.example",
  sender_name: "Sofia Marques",
  certainty: "claimed",
  to: ["help@northmere.example"],
  cc: [],
  bcc: [],
  is_forward: false,
  quoted: "",
  signature: "",
  original: null,
  remote_count: 0,
  automatic: "",
  flags: [],
  ...over,
});

const ours = letter({
  subject: "Re: Fee on my March statement",
  sender: "",
  sender_name: "",
  certainty: null,
  to: ["sofia@marques.example"],
});

export const SOFIA: Line[] = [
  [
    "customer",
    "Hello,\n\nmy March statement shows a fee I did not agree to. Can you take it back?\n\nSofia",
    { letter: letter({ cc: ["joao@marques.example"], certainty: "verified" }) },
  ],
  [
    "agent",
    "Dear Ms Marques,\n\nwe are looking into the fee and write again by tomorrow noon.",
    {
      agent_id: "a.osei",
      name: { en: "Amara Osei", zh: "阿玛拉·奥塞" },
      letter: ours,
      delivery: { state: "failed", error_code: "550 5.1.1" },
    },
  ],
  [
    "customer",
    "Thank you. Here is the page of the statement.",
    {
      letter: letter({
        subject: "Re: Fee on my March statement",
        quoted: "> we are looking into the fee and write again by tomorrow noon.",
        original: "/files/f9?t=x",
        remote_count: 2,
        flags: ["name_is_address"],
      }),
    },
  ],
];
