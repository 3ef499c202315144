import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Button, Dialog, Icon, Picker, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { Begin, Rename } from "./Begin.tsx";
import { Bring } from "./Bring.tsx";
import { Compare } from "./Compare.tsx";
import { close, open } from "./dialogs.ts";
import { iconOf } from "./icons.ts";
import { addStep, chosen, discard, isNew, problems, vocabulary } from "./model.ts";
import { Publish } from "./Publish.tsx";
import { TestCall } from "./TestCall.tsx";
import { t } from "./texts.ts";
import { Versions } from "./Versions.tsx";

export function Dialogs() {
  switch (open.value) {
    case "problems":
      return <Problems />;
    case "add":
      return <AddStep />;
    case "call":
      return <TestCall />;
    case "compare":
      return <Compare />;
    case "versions":
      return <Versions />;
    case "publish":
    case "hand_in":
    case "send_back":
      return <Publish key={open.value} act={open.value} />;
    case "begin":
      return <Begin />;
    case "rename":
      return <Rename />;
    case "bring":
      return <Bring />;
    case "discard":
      return <Discard />;
    default:
      return null;
  }
}

/** What would go wrong for a caller; each leads to its step. */
function Problems() {
  const found = problems.value;
  return (
    <Dialog
      title={t("problems", { count: found.length })}
      onClose={close}
      footer={<Button onClick={close}>{t("close")}</Button>}
    >
      {found.length === 0 && <p class="t2">{t("no_problems")}</p>}
      <ul class="flow-problems">
        {found.map((one, index) => (
          <li key={index}>
            <button
              type="button"
              class="flow-row"
              onClick={() => {
                chosen.value = one.node;
                close();
              }}
            >
              <Icon name="alert" />
              <span class="grow">
                <b>
                  {one.node || t("whole_flow")}: {both(one.what)}
                </b>
                <span class="t12 t2">{both(one.remedy)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function AddStep() {
  const kinds = vocabulary.value?.kinds ?? [];
  const [kind, setKind] = useState(kinds[0]?.kind ?? "");
  const add = (): void => {
    const found = kinds.find((one) => one.kind === kind);
    if (found) addStep(found);
    close();
  };
  return (
    <Dialog
      title={t("add_step")}
      size="s"
      onClose={close}
      onSubmit={add}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("add_step")}
          </Button>
        </>
      }
    >
      <Picker
        label={t("kind_of_step")}
        placeholder={t("kind_of_step")}
        autoFocus
        chosen={kind}
        onChoose={setKind}
        choices={kinds.map((one) => ({
          id: one.kind,
          label: both(one.name),
          words: `${one.kind} ${one.name.en} ${one.name.zh}`,
          mark: <Icon name={iconOf(one.kind)} />,
        }))}
      />
    </Dialog>
  );
}

function Discard() {
  const act = isNew.value ? "delete_flow" : "discard";
  const submit = async (): Promise<void> => {
    try {
      await discard();
      toast({ tone: "ok", title: t(act === "discard" ? "discarded" : "deleted") });
    } catch (problem) {
      sayProblem(problem);
    }
    close();
  };
  return (
    <Dialog
      title={t(act)}
      size="s"
      role="alertdialog"
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="danger" type="submit">
            {t(act)}
          </Button>
        </>
      }
    >
      <p class="t2">{t(`${act}_why`)}</p>
    </Dialog>
  );
}
