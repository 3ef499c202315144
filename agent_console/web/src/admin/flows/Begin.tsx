import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Button, Dialog, Select, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { close } from "./dialogs.ts";
import { begin, documentOf, document_, flow, isNew, listed, rename, save, set } from "./model.ts";
import { isNamed, NameFields, type Named } from "./NameFields.tsx";
import { t } from "./texts.ts";

/** A new flow: empty, or like one that is there. */
export function Begin() {
  const [named, setNamed] = useState<Named>({ id: "", en: "", zh: "" });
  const [like, setLike] = useState("");
  const make = async (): Promise<void> => {
    const document = like ? await documentOf(like) : { nodes: {} };
    await begin(named.id, { ...document, name: { en: named.en.trim(), zh: named.zh.trim() } });
    toast({ tone: "ok", title: t("begun"), text: t("begun_why") });
  };
  return (
    <NameDialog act="begin" named={named} onNamed={setNamed} onDone={make}>
      <p class="t2">{t("begin_why")}</p>
      <Select label={t("begin_like")} value={like} onChange={setLike}>
        <option value="">{t("begin_empty")}</option>
        {(listed.value?.flows ?? []).map((one) => (
          <option key={one.name} value={one.name}>
            {both({ en: one.name, zh: one.name, ...one.label })}
          </option>
        ))}
      </Select>
    </NameDialog>
  );
}

/** Other names for the flow that is open: a change of its draft, as every other. */
export function Rename() {
  const here = flow.value!;
  const now = (document_.value["name"] ?? {}) as Partial<Named>;
  const [named, setNamed] = useState<Named>({
    id: here.name,
    en: now.en ?? "",
    zh: now.zh ?? "",
  });
  const change = async (): Promise<void> => {
    if (named.en !== now.en || named.zh !== now.zh) {
      set(["name"], { en: named.en.trim(), zh: named.zh.trim() });
      await save();
    }
    if (named.id !== here.name) await rename(named.id);
    toast({ tone: "ok", title: t("renamed") });
  };
  return (
    <NameDialog
      act="rename"
      named={named}
      onNamed={setNamed}
      onDone={change}
      fixedId={!isNew.value}
    />
  );
}

interface Props {
  act: "begin" | "rename";
  named: Named;
  onNamed: (named: Named) => void;
  onDone: () => Promise<void>;
  fixedId?: boolean;
  children?: preact.ComponentChildren;
}

function NameDialog({ act, named, onNamed, onDone, fixedId, children }: Props) {
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!isNamed(named) || busy) return;
    setBusy(true);
    try {
      await onDone();
      close();
    } catch (problem) {
      setBusy(false);
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t(act)}
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={busy}>
            {t(act)}
          </Button>
        </>
      }
    >
      {children}
      <NameFields value={named} onValue={onNamed} tried={tried} fixedId={fixedId ?? false} />
    </Dialog>
  );
}
