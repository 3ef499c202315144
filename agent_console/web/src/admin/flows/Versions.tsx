import { IconButton, toast } from "../../ui/index.ts";
import { saveFile } from "../publishing/file.ts";
import { Versions as Listed } from "../publishing/Versions.tsx";
import { close } from "./dialogs.ts";
import { fileOf, flow, mayWrite, rollBack } from "./model.ts";
import { t } from "./texts.ts";

/** The versions of the flow; each can be kept as a file. */
export function Versions() {
  const { versions, version } = flow.value!;
  return (
    <Listed
      versions={versions}
      inForce={version}
      mayRollBack={mayWrite.value}
      beside={({ number }) => (
        <IconButton
          icon="download"
          label={t("save_version", { version: number })}
          onClick={() => saveFile(fileOf(number))}
        />
      )}
      onRollBack={async (back, why) => {
        const now = await rollBack(back, why);
        toast({ tone: "ok", title: t("published", { version: now }) });
      }}
      onClose={close}
    />
  );
}
