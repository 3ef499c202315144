/** A letter as its sender laid it out: cleaned by the hub, shown in a frame that can do nothing. */
import { signal } from "@preact/signals";
import type { LetterView } from "../../contract.ts";
import { Banner, Dialog } from "../../ui/index.ts";
import { t } from "./texts.ts";

const looked = signal<LetterView | null>(null);

export const lookAt = (letter: LetterView): void => {
  looked.value = letter;
};

export function Original() {
  const letter = looked.value;
  if (!letter?.original) return null;
  const title = t("original_of", { subject: letter.subject || t("no_subject") });
  return (
    <Dialog title={title} size="l" onClose={() => (looked.value = null)}>
      <Banner tone="info" icon="shield-ok">
        {t("original_note")}
        {letter.remote_count > 0 && ` ${t("remote_out", { count: letter.remote_count })}.`}
      </Banner>
      <iframe
        class="letter-frame"
        sandbox=""
        referrerpolicy="no-referrer"
        src={`${letter.original}&view=1`}
        title={title}
      />
    </Dialog>
  );
}
