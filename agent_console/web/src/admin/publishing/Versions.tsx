import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { both, exactTime } from "../../i18n/index.ts";
import { Badge, Button, Dialog, Input } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { t } from "./texts.ts";
import type { Version } from "./types.ts";

interface Listed {
  versions: readonly Version[];
  /** The number of the one in force. */
  inForce: number;
  mayRollBack: boolean;
  /** What else can be done with a version. */
  beside?: (version: Version) => ComponentChildren;
}

interface Props extends Listed {
  /** Put an old one in force again and say so. */
  onRollBack: (number: number, why: string) => Promise<void>;
  onClose: () => void;
}

/** Who published what and why; any version can be put in force again, under a new number. */
export function Versions({ onRollBack, onClose, ...listed }: Props) {
  const [back, setBack] = useState<number | null>(null);
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (back === null) return onClose();
    setTried(true);
    if (!why.trim() || busy) return;
    setBusy(true);
    try {
      await onRollBack(back, why.trim());
      onClose();
    } catch (problem) {
      setBusy(false);
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("versions")}
      size="l"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          {back !== null && (
            <Button kind="primary" type="submit" aria-disabled={busy}>
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
          error={tried && !why.trim() ? t("need_reason") : null}
          value={why}
          onInput={setWhy}
        />
      )}
      <Table {...listed} onBack={setBack} />
    </Dialog>
  );
}

interface TableProps extends Listed {
  onBack: (number: number) => void;
}

function Table({ versions, inForce, mayRollBack, beside, onBack }: TableProps) {
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
        {versions.map((one) => (
          <tr key={one.number}>
            <td class="num">{one.number}</td>
            <td>{exactTime(one.at)}</td>
            <td>{one.by ? both(one.by) : t("from_files")}</td>
            <td class="said">{one.why}</td>
            <td class="acts">
              {beside?.(one)}
              {one.number === inForce ? (
                <Badge tone="ok">{t("in_force")}</Badge>
              ) : (
                mayRollBack && (
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
