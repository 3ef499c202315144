/** Sending files: announce, upload, then say. Each stays visible until it is through. */
import { signal } from "@preact/signals";
import { csrfHeader } from "../../lib/http.ts";
import { say } from "./outbox.ts";
import { feed, setup } from "./store.ts";

export interface Upload {
  id: number;
  contact_id: string;
  file: File;
  state: "sending" | "failed" | "too_big" | "wrong_type";
}

export const uploads = signal<readonly Upload[]>([]);
let last = 0;

export function sendFiles(contactId: string, files: Iterable<File>): void {
  for (const file of files) {
    last += 1;
    const one: Upload = {
      id: last,
      contact_id: contactId,
      file,
      state: refusal(file) ?? "sending",
    };
    uploads.value = [...uploads.value, one];
    if (one.state === "sending") void upload(one);
  }
}

function refusal(file: File): Upload["state"] | null {
  const limits = setup.value?.files;
  if (!limits) return null;
  if (file.size > limits.max_bytes) return "too_big";
  return file.type && !limits.media_types.includes(file.type) ? "wrong_type" : null;
}

export function dropUpload(id: number): void {
  uploads.value = uploads.value.filter((one) => one.id !== id);
}

export function retryUpload(one: Upload): void {
  change(one.id, "sending");
  void upload(one);
}

const change = (id: number, state: Upload["state"]): void => {
  uploads.value = uploads.value.map((one) => (one.id === id ? { ...one, state } : one));
};

async function upload({ id, contact_id, file }: Upload): Promise<void> {
  try {
    const ticket = await feed.send<{ upload_url: string }>("file_ticket", {
      contact_id,
      name: file.name,
      size_bytes: file.size,
    });
    if (!ticket.ok) throw new Error(ticket.code);
    const file_id = await post(ticket.result.upload_url, file);
    dropUpload(id);
    say({ contact_id, command: "say", text: "", file_id, file_name: file.name });
  } catch {
    change(id, "failed");
  }
}

async function post(url: string, file: File): Promise<string> {
  const answer = await fetch(url, {
    method: "POST",
    body: file,
    credentials: "same-origin",
    headers: { "Content-Type": file.type || "application/octet-stream", ...csrfHeader() },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { file_id: string }).file_id;
}
