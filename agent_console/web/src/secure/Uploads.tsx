import { useRef, useState } from "preact/hooks";
import { fileSize } from "../i18n/index.ts";
import { Button } from "../ui/index.ts";
import { type OpenedView, upload } from "./model.ts";
import { t } from "./texts.ts";

interface Sending {
  key: string;
  name: string;
  state: "file_sending" | "file_sent" | "file_failed" | "file_too_many";
}

/** Documents that were asked for, one after another. */
export function Uploads({ opened }: { opened: OpenedView }) {
  const picker = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<readonly Sending[]>([]);
  const size = fileSize(opened.file_max_bytes);
  const change = (key: string, state: Sending["state"]): void =>
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, state } : one)));
  const send = async (chosen: readonly File[]): Promise<void> => {
    for (const file of chosen) {
      const key = crypto.randomUUID();
      setFiles((all) => [...all, { key, name: file.name, state: "file_sending" }]);
      const isLarge = file.size > opened.file_max_bytes;
      const trouble = isLarge ? "file_too_large" : await upload(opened.grant, key, file);
      if (!trouble) change(key, "file_sent");
      else change(key, trouble === "too_many_files" ? "file_too_many" : "file_failed");
    }
  };
  return (
    <section class="stack" aria-labelledby="documents">
      <div>
        <h2 id="documents">{t("documents")}</h2>
        <p class="t14 t3">{t("documents_hint", { size })}</p>
      </div>
      <Button size="xl" wide icon="clip" onClick={() => picker.current?.click()}>
        {t("choose")}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        accept={opened.media_types.join(",")}
        onChange={({ currentTarget: input }) => {
          void send([...(input.files ?? [])]);
          input.value = "";
        }}
      />
      <ul class="files" role="status">
        {files.map((one) => (
          <li key={one.key}>{t(one.state, { name: one.name, size })}</li>
        ))}
      </ul>
    </section>
  );
}
