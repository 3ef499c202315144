import { useState } from "preact/hooks";
import { both, exactTime } from "../../i18n/index.ts";
import { Badge, Button, Dialog, IconButton, Input, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { close } from "./dialogs.ts";
import { saveFile } from "./file.ts";
import { fileOf, flow, mayWrite, rollBack } from "./model.ts";
import { t } from "./texts.ts";

/** Who published what and why; any version can be put in force again. */
export function Versions() {
  const [back, setBack] = useState<number | null>(null);
  const [why, setWhy] = useState("");
  const submit = async (): Promise<void> => {
    if (back === null) return close();
    if (!why.trim()) return;
    try {
      const version = await rollBack(back, why.trim());
      toast({ tone: "ok", title: t("published", { version }) });
      close();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("versions")}
      size="l"
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={close}>{t("close")}</Button>
          {back !== null && (
            <Button kind="primary" type="submit">
              {t("roll_back_to", { version: back })}
            </Button>
          )}
        </>
      }
    >
      {back !== null && (
        <Input
          key={back}
          label={t("reason")}
          required
          autoFocus
          hint={t("roll_back_why", { version: back })}
          value={why}
          onInput={setWhy}
        />
      )}
      <Table onBack={setBack} />
    </Dialog>
  );
}

function Table({ onBack }: { onBack: (number: number) => void }) {
  const here = flow.value!;
  return (
    <table class="tbl">
      <thead>
        <tr>
          <th scope="col" class="num">
            {t("number")}
          </th>
          <th scope="col">{t("when")}</th>
          <th scope="col">{t("who")}</th>
          <th scope="col">{t("reason")}</th>
          <th scope="col">
            <span class="sr">{t("roll_back")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {here.versions.map((one) => (
          <tr key={one.number}>
            <td class="num">{one.number}</td>
            <td>{exactTime(one.at)}</td>
            <td>{one.by ? both(one.by) : t("from_file")}</td>
            <td>{one.why}</td>
            <td class="flow-acts">
              <IconButton
                icon="download"
                label={t("save_version", { version: one.number })}
                onClick={() => saveFile(fileOf(one.number))}
              />
              {one.number === here.version ? (
                <Badge tone="ok">{t("in_force")}</Badge>
              ) : (
                mayWrite.value && (
                  <Button size="s" onClick={() => onBack(one.number)}>
                    {t("roll_back")}
                  </Button>
                )
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
