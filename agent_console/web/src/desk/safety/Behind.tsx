import type { SecureView } from "../../contract.ts";
import { Icon } from "../../ui/index.ts";
import { t } from "./texts.ts";
import "./safety.css";

/** What waits behind the link of a secure message, for the agent. */
export function Behind({ secure }: { secure: SecureView }) {
  return (
    <div class="behind">
      <span class="meta">
        <Icon name="lock" /> {t("behind")}
      </span>
      <div class="behind-t" dir="auto">
        {secure.text}
      </div>
      {secure.file && (
        <a class="linkish" href={secure.file.href} download={secure.file.name}>
          {secure.file.name}
        </a>
      )}
      {secure.asks_files && <span class="meta">{t("asks_files")}</span>}
    </div>
  );
}
