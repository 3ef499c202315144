import { useState } from "preact/hooks";
import { HttpProblem } from "../../lib/http.ts";
import { Banner, Button, Dialog, Field, Input, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { close } from "./dialogs.ts";
import { begin, change, listed, load, readFile } from "./model.ts";
import { isGoodId } from "./NameFields.tsx";
import { t } from "./texts.ts";
import type { Fields } from "./types.ts";

const MOST_BYTES = 256 * 1024;

/** A flow from a YAML file, as the set-up folder has it: into a new flow, or over a draft. */
export function Bring() {
  const [document, setDocument] = useState<Fields | null>(null);
  const [id, setId] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const isThere = listed.value?.flows.some((one) => one.name === id) ?? false;
  const choose = async (file: File | undefined): Promise<void> => {
    setDocument(null);
    setWrong(null);
    if (!file) return;
    try {
      if (file.size > MOST_BYTES) return setWrong(t("file_too_large"));
      setDocument(await readFile(await file.text()));
      setId(idOf(file.name));
    } catch (problem) {
      setWrong(told(problem));
    }
  };
  const submit = async (): Promise<void> => {
    if (!document || !isGoodId(id)) return;
    try {
      if (isThere) {
        await load(id);
        change(document);
      } else await begin(id, document);
      toast({ tone: "ok", title: t("brought"), text: t(isThere ? "brought_over" : "begun_why") });
      close();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("bring")}
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={!document || !isGoodId(id)}>
            {t("bring")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("bring_why")}</p>
      <Field label={t("file")} required error={wrong}>
        {(attributes) => (
          <input
            {...attributes}
            class="in"
            type="file"
            accept=".yaml,.yml,application/yaml"
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
        )}
      </Field>
      {document && <Goal id={id} onId={setId} isThere={isThere} />}
    </Dialog>
  );
}

interface GoalProps {
  id: string;
  onId: (id: string) => void;
  isThere: boolean;
}

/** Which flow the file becomes, and what that means for a draft that is there. */
function Goal({ id, onId, isThere }: GoalProps) {
  return (
    <>
      <Input
        label={t("id")}
        required
        spellcheck={false}
        hint={t("id_hint")}
        error={isGoodId(id) ? null : t("id_hint")}
        value={id}
        onInput={onId}
      />
      <Banner tone={isThere ? "risk" : "info"} icon={isThere ? "alert" : "info"} role="status">
        {t(isThere ? "bring_over" : "bring_new")}
      </Banner>
    </>
  );
}

/** `main-7.yaml`, the seventh version as it was given, is the flow main. */
const idOf = (file: string): string =>
  file
    .replace(/(-\d+)?( ?\(\d+\))?\.ya?ml$/i, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .slice(0, 40);

function told(problem: unknown): string {
  if (!(problem instanceof HttpProblem)) return t("failed_offline");
  const [, line, why] = /^file:(\d+): (.*)$/.exec(problem.detail) ?? [];
  return line ? `${t("bad_file_line", { line })} ${why}` : t("bad_file");
}
