/** A file of the conversation, looked at without saving it. */
import { signal } from "@preact/signals";
import { FileViewer } from "../viewer/FileViewer.tsx";
import { shownAs, type StoredFile } from "../viewer/kinds.ts";

export const mayPreview = (file: Pick<StoredFile, "media_type">): boolean =>
  shownAs(file) !== null;

/** The file that is looked at. */
export const previewed = signal<StoredFile | null>(null);

export function Preview() {
  const file = previewed.value;
  return file ? (
    <FileViewer key={file.id} file={file} onClose={() => (previewed.value = null)} />
  ) : null;
}
