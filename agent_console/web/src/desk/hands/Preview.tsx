/** A file of the conversation, looked at without saving it. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { MessageView } from "../../contract.ts";
import { Banner, Dialog } from "../../ui/index.ts";
import { t } from "./texts.ts";
import "./hands.css";

type StoredFile = NonNullable<MessageView["file"]>;

const IMAGES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const PDF = "application/pdf";

export const mayPreview = (file: StoredFile): boolean =>
  IMAGES.has(file.media_type) || file.media_type === PDF;

/** The file that is looked at. */
export const previewed = signal<StoredFile | null>(null);
const close = (): void => {
  previewed.value = null;
};

export function Preview() {
  const file = previewed.value;
  return file ? <PreviewDialog key={file.id} file={file} /> : null;
}

function PreviewDialog({ file }: { file: StoredFile }) {
  const [failed, setFailed] = useState(false);
  const href = `${file.href}&view=1`;
  return (
    <Dialog title={file.name} size="l" onClose={close}>
      {failed && (
        <Banner tone="bad" icon="alert">
          {t("preview_failed")}
        </Banner>
      )}
      {file.media_type === PDF ? (
        <iframe class="preview" src={href} title={file.name} referrerpolicy="no-referrer" />
      ) : (
        <img class="preview" src={href} alt={file.name} onError={() => setFailed(true)} />
      )}
    </Dialog>
  );
}
