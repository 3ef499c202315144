import { fileSize } from "../../i18n/index.ts";
import { Icon } from "../../ui/index.ts";
import { remedy } from "../../feed/index.ts";
import { dropUpload, retryUpload, uploads, type Upload } from "../model/files.ts";
import { discard, tryAgain, unsent, type Unsent } from "../model/outbox.ts";
import { OtherCustomer } from "../safety/OtherCustomer.tsx";
import { NotSecured, Protected } from "../safety/Protected.tsx";
import { t } from "../texts.ts";
import { NewCopy } from "../written/NewCopy.tsx";
import { Twice } from "../written/Twice.tsx";
import { Stopped } from "./Stopped.tsx";

/** What is said but not acknowledged, and files on their way. Nothing is lost silently. */
export function Echoes({ contactId }: { contactId: string }) {
  return (
    <>
      {unsent.value
        .filter((one) => one.contact_id === contactId)
        .map((one) => (
          <Echo key={one.key} one={one} />
        ))}
      {uploads.value
        .filter((one) => one.contact_id === contactId)
        .map((one) => (
          <UploadLine key={one.id} one={one} />
        ))}
    </>
  );
}

function Echo({ one }: { one: Unsent }) {
  const text = one.file_name ?? one.text;
  const meta = <EchoState one={one} />;
  if (one.command === "note") {
    return (
      <div class="msg-note">
        <div class="note" role="note">
          <div class="note-text">{text}</div>
          {meta}
        </div>
      </div>
    );
  }
  return (
    <div class="msg msg-a">
      <div class="msg-body">
        <div class={`bub ${one.state === "sending" ? "sending" : ""}`} dir="auto">
          {text}
        </div>
        {meta}
      </div>
    </div>
  );
}

function EchoState({ one }: { one: Unsent }) {
  if (one.state === "sending") return <span class="meta">{t("sending")}</span>;
  if (one.code === "secret_in_text") return <Stopped one={one} />;
  if (one.code === "new_copy" || one.code === "reply_all")
    return <NewCopy one={one} guard={one.code} />;
  if (one.code === "answered_meanwhile") return <Twice one={one} />;
  if (one.code === "protected_in_text") return <Protected one={one} />;
  if (one.code === "other_customer") return <OtherCustomer one={one} />;
  if (one.state === "refused" && one.command === "send_secure") return <NotSecured one={one} />;
  const why = one.state === "waiting" ? t("not_sent_waiting") : t("not_sent");
  return (
    <span class="meta breach" role="status">
      <Icon name="alert" />
      <span title={one.code ? remedy(one.code) : undefined}>{why}</span>
      <button type="button" class="linkish" onClick={() => tryAgain(one.key)}>
        {t("try_again")}
      </button>
      <button type="button" class="linkish" onClick={() => discard(one.key)}>
        {t("discard")}
      </button>
    </span>
  );
}

function UploadLine({ one }: { one: Upload }) {
  return (
    <div class="msg msg-a">
      <div class="msg-body">
        <div class="attach">
          <span class="thumb">
            <Icon name="file" size={18} />
          </span>
          <div class="grow">
            <div class="fw5 trunc" dir="auto">
              {one.file.name}
            </div>
            <div class="t12 t3">{fileSize(one.file.size)}</div>
          </div>
        </div>
        <UploadState one={one} />
      </div>
    </div>
  );
}

function UploadState({ one }: { one: Upload }) {
  if (one.state === "sending") {
    return (
      <span class="meta" role="status">
        {t("uploading")}
      </span>
    );
  }
  return (
    <span class="meta breach" role="alert">
      <Icon name="alert" />
      {t(`file_${one.state}`)}
      {one.state === "failed" && (
        <button type="button" class="linkish" onClick={() => retryUpload(one)}>
          {t("try_again")}
        </button>
      )}
      <button type="button" class="linkish" onClick={() => dropUpload(one.id)}>
        {t("discard")}
      </button>
    </span>
  );
}
