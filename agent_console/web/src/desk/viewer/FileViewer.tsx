import { useEffect, useState } from "preact/hooks";
import { http } from "../../lib/http.ts";
import { Banner, Dialog, Icon } from "../../ui/index.ts";
import { AskButton } from "./AskButton.tsx";
import { ImageView } from "./ImageView.tsx";
import { shownAs, wordsHref, type StoredFile } from "./kinds.ts";
import { SaveToCase } from "./SaveToCase.tsx";
import { t } from "./texts.ts";
import { WordsView, type Words } from "./WordsView.tsx";
import "./viewer.css";

interface Props {
  file: StoredFile;
  onClose: () => void;
}

/** A file of the conversation, looked at without saving it. */
export function FileViewer({ file, onClose }: Props) {
  const shown = shownAs(file);
  const [failed, setFailed] = useState(false);
  const [words, setWords] = useState<Words | null>(null);
  useEffect(() => {
    // A picture needs none; of a PDF it tells whether there is a password.
    if (shown === "image") return;
    http<Words>("GET", wordsHref(file.href)).then(setWords, () => setFailed(true));
  }, [file.id]);
  const state = words?.state;
  return (
    <Dialog
      title={file.name}
      size="l"
      onClose={onClose}
      footer={
        <>
          <SaveToCase file={file} />
          <div class="push" />
          <a class="btn btn-s" href={file.href} download={file.name}>
            <Icon name="download" size={14} />
            {t("save")}
          </a>
        </>
      }
    >
      {failed && (
        <Banner tone="bad" icon="alert" role="alert">
          {t("failed")}
        </Banner>
      )}
      {(state === "protected" || state === "unreadable") && (
        <Banner tone="risk" icon="lock" role="alert">
          {t(state)} <AskButton onAsked={onClose} />
        </Banner>
      )}
      {shown === "image" && !failed && (
        <ImageView file={file} onFailed={() => setFailed(true)} />
      )}
      {shown === "pdf" && words !== null && state !== "protected" && (
        <iframe
          class="viewer-pdf"
          src={`${file.href}&view=1`}
          title={file.name}
          referrerpolicy="no-referrer"
        />
      )}
      {shown === "words" && !failed && (words === null || state === "text") && (
        <WordsView words={words} isPlain={file.media_type === "text/plain"} />
      )}
    </Dialog>
  );
}
