/** The closed vocabularies of hub and console. */

export type Lang = "en" | "zh";
export type Role = "agent" | "supervisor" | "administrator" | "auditor";
export type PresenceState = 
  "available" | "break" | "training" | "offline" | "reconnecting" | "finishing";
export type Speaker = "customer" | "bot" | "agent" | "system";
export type Both = Record<Lang, string>;
