/** What the hub tells administrators of its mailboxes and numbers. */
import type { Both } from "../../contract.ts";

export type WayState = "works" | "fails" | "rests" | "untried";
export type Channel = "email" | "sms";

export interface Way {
  kind: string;
  place: string;
  tls: string;
  user: string;
  state: WayState;
  trouble: string;
  since_at: number | null;
  /** When the certificate, the token and the secret are over. */
  ends: Partial<Record<"certificate" | "token" | "secret", number>>;
}

export interface Token {
  url: string;
  client_id: string;
  client_secret?: string;
  refresh_token?: string;
  scope: string;
}

export interface Server {
  host: string;
  port: number;
  tls: string;
  user: string;
  password?: string;
  oauth?: Token;
  secret_until: string;
}

export interface Mailbox {
  address: string;
  queue: string;
  name: Partial<Both>;
  signature: Partial<Both>;
  language: string;
  answer_hours: number;
  acknowledges: boolean;
  relay?: Server;
  imap?: Server & { folders: string[] };
}

export interface Carrier {
  host: string;
  port: number;
  tls: boolean;
  system_id: string;
  password?: string;
  system_type: string;
  window: number;
  per_second: number;
  secret_until: string;
}

export interface PhoneNumber {
  number: string;
  provider: string;
  name: Partial<Both>;
  language: string;
  countries: string[];
  smpp?: Carrier;
}

export interface Account {
  channel: Channel;
  account: string;
  name: Partial<Both>;
  queue: Both | null;
  comes: Way | null;
  leaves: Way | null;
  /** Null: the settings file has it, and this page cannot change it. */
  options: Mailbox | PhoneNumber | null;
  changed_at: number | null;
  changed_by: Both | null;
  paused_at: number | null;
  paused_by: Both | null;
  last_in_at: number | null;
  last_out_at: number | null;
  error_code: string;
  error_at: number | null;
  waiting: number;
  oldest_at: number | null;
  failed: number;
}

export interface Listed {
  accounts: Account[];
  queues: Array<{ id: string; name: Both }>;
  channels: Channel[];
  settings_file: string;
  now: number;
}
