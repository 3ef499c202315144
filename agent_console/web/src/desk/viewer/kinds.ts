/** Which files the desk can show, and how. */
import type { MessageView } from "../../contract.ts";

export type StoredFile = NonNullable<MessageView["file"]>;
export type Shown = "image" | "pdf" | "words" | null;

const IMAGES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const OFFICE = "application/vnd.openxmlformats-officedocument.";

export function shownAs({ media_type }: Pick<StoredFile, "media_type">): Shown {
  if (IMAGES.has(media_type)) return "image";
  if (media_type === "application/pdf") return "pdf";
  return media_type === "text/plain" || media_type.startsWith(OFFICE) ? "words" : null;
}

/** What people call its kind: the ending of its name, which the hub gave by its content. */
export const kindName = ({ name, media_type }: Pick<StoredFile, "name" | "media_type">): string => {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? media_type.split("/")[1] ?? "";
  return ending.toUpperCase();
};

/** The address of its words: of the same file, with the same ticket. */
export const wordsHref = (href: string): string => {
  const [path, query] = href.split("?");
  return `${path}/words?${query}`;
};
