/** Frames of the socket, as `channels/web_chat/README.md` names them. Times: UTC epoch seconds. */

export type Lang = "en" | "zh";
export type Both = Record<Lang, string>;

export type ToHub =
  | {
      type: "hello";
      widget: string;
      lang: Lang;
      resume?: string;
      token?: string;
      conversation?: string;
      cursor?: number;
    }
  | { type: "begin"; id: string; articles?: string[] }
  | { type: "upload" | "leave" | "forget"; id: string }
  | (Words & { id: string })
  | { type: "open"; id: string; file_id: string }
  | { type: "more"; before: number }
  | { type: "typing"; on: boolean }
  | { type: "seen"; seq: number }
  | { type: "rate"; id: string; survey: string; score: number; tags: string[]; comment: string }
  | { type: "language"; lang: Lang }
  | { type: "ping" };

/** What becomes a message of the customer. */
export type Words =
  | { type: "say"; text: string }
  | { type: "choose"; value: string; text: string }
  | { type: "file"; file_id: string };

export interface FileInfo {
  id: string;
  name: string;
  media_type: string;
  size_bytes: number;
}

export interface Message {
  seq: number;
  at: number;
  speaker: "customer" | "bot" | "agent" | "system";
  kind: "text" | "menu" | "file" | "event" | "articles";
  text: string;
  name?: Both;
  /** One's own id of the message. */
  key?: string;
  choices?: { value: string; label: string }[];
  file?: FileInfo;
  articles?: { slug: string; language: Lang; title: string; passage: string }[];
  event?: string;
  data?: Record<string, string | number>;
}

export type Phase =
  | { phase: "new" | "bot" | "closed" }
  | { phase: "queue"; queue: Both | null; position: number | null; estimate_seconds: number | null }
  | { phase: "agent"; agent: Both | null }
  | { phase: "outside_hours"; opens_at: number | null }
  | { phase: "rate"; survey: string; agent: Both | null };

export interface FileLimits {
  max_bytes: number;
  /** Empty: only the hub knows. */
  media_types: string[];
}

export interface Welcome {
  type: "welcome";
  conversation: string;
  resume: string;
  signed_in: boolean;
  server_now: number;
  seen: number;
  state: Phase;
  messages: Message[];
  more: boolean;
  fresh: boolean;
  files: FileLimits;
}

export type FromHub =
  | Welcome
  | { type: "ack"; id: string; seq: number; at: number }
  | { type: "done"; id: string }
  | { type: "refused"; id: string | null; code: string; field?: string }
  | ({ type: "msg" } & Message)
  | { type: "page"; messages: Message[]; more: boolean }
  | ({ type: "state" } & Phase)
  | { type: "seen"; seq: number }
  | { type: "typing"; on: boolean }
  | { type: "ticket"; id: string; ticket: string }
  | { type: "link"; id: string; href: string }
  | { type: "resync" }
  | { type: "bye"; code: string }
  | { type: "pong" };
