import { useState } from "preact/hooks";
import { both, exactTime } from "../../i18n/index.ts";
import { Badge, Banner, Button, Dialog, Input } from "../../ui/index.ts";
import { close, listed, rollBack } from "./model.ts";
import { useSending } from "./saving.ts";
import { t } from "./texts.ts";

/** Who changed the replies and why; any version can be put in force again. */
export function HistoryDialog() {
  const [back, setBack] = useState<number | null>(null);
  const [why, setWhy] = useState("");
  const { busy, refused, send } = useSending(t("put_back"));
  const submit = (): void => {
    if (back === null) return close();
    if (why.trim()) void send(() => rollBack(back, why.trim()));
  };
  return (
    <Dialog
      title={t("versions")}
      size="l"
      onClose={close}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>{t("close")}</Button>
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
          value={why}
          onInput={setWhy}
        />
      )}
      {refused && (
        <Banner tone="bad" icon="alert" role="alert">
          {refused}
        </Banner>
      )}
      <Table onBack={setBack} />
    </Dialog>
  );
}

function Table({ onBack }: { onBack: (number: number) => void }) {
  const now = listed.value!;
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
        {now.history.map((one) => (
          <tr key={one.number}>
            <td class="num">{one.number}</td>
            <td>{exactTime(one.at)}</td>
            <td>{one.by ? both(one.by) : t("from_file")}</td>
            <td>{one.why}</td>
            <td>
              {one.number === now.version ? (
                <Badge tone="ok">{t("in_force")}</Badge>
              ) : (
                <Button size="s" onClick={() => onBack(one.number)}>
                  {t("roll_back")}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
