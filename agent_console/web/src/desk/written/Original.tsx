/** A letter as its sender laid it out: cleaned by the hub, shown in a frame that can do nothing. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { LetterView } from "../../contract.ts";
import { Banner, Button, Dialog } from "../../ui/index.ts";
import { t } from "./texts.ts";

const looked = signal<LetterView | null>(null);

export const lookAt = (letter: LetterView): void => {
  looked.value = letter;
};

export function Original() {
  const letter = looked.value;
  return letter?.original ? <Shown key={letter.original} letter={letter} /> : null;
}

/** Pictures from elsewhere are fetched only when the agent asks, and each time anew. */
function Shown({ letter }: { letter: LetterView }) {
  const [withRemote, setWithRemote] = useState(false);
  const title = t("original_of", { subject: letter.subject || t("no_subject") });
  const left = letter.remote_count > 0 && !withRemote;
  return (
    <Dialog title={title} size="l" onClose={() => (looked.value = null)}>
      <Banner tone={withRemote ? "risk" : "info"} icon={withRemote ? "alert" : "shield-ok"}>
        <div class="row wrap" role="status">
          <span>
            {t(withRemote ? "remote_shown" : "original_note")}
            {left && ` ${t("remote_out", { count: letter.remote_count })}. ${t("remote_tells")}`}
          </span>
          {left && (
            <Button size="s" icon="image" onClick={() => setWithRemote(true)}>
              {t("remote_show")}
            </Button>
          )}
        </div>
      </Banner>
      <iframe
        key={String(withRemote)}
        class="letter-frame"
        sandbox=""
        referrerpolicy="no-referrer"
        src={`${letter.original}&view=1${withRemote ? "&remote=1" : ""}`}
        title={title}
      />
    </Dialog>
  );
}
