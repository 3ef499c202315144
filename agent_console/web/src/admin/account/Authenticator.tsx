import { useState } from "preact/hooks";
import { http } from "../../lib/http.ts";
import { Badge, Button, Dialog, Input, toast } from "../../ui/index.ts";
import { Enrol } from "../frame/Enrol.tsx";
import { sayProblem } from "../frame/problem.ts";
import { learnMe, me } from "../frame/session.ts";
import { t } from "./texts.ts";

type Step = "rest" | "enrol" | "remove";

export function Authenticator() {
  const [step, setStep] = useState<Step>("rest");
  const rest = (): void => {
    setStep("rest");
    void learnMe();
  };
  if (step === "enrol") return <Enrol onDone={rest} />;
  const has = me.value?.has_second_factor ?? false;
  return (
    <>
      <p class="t2">{t("authenticator_why")}</p>
      <div class="row">
        {has ? (
          <>
            <Badge tone="ok" icon="shield-ok">
              {t("in_force")}
            </Badge>
            <Button kind="danger-text" onClick={() => setStep("remove")}>
              {t("remove")}
            </Button>
          </>
        ) : (
          <Button icon="shield-ok" onClick={() => setStep("enrol")}>
            {t("set_up")}
          </Button>
        )}
      </div>
      {step === "remove" && <Remove onClose={rest} />}
    </>
  );
}

function Remove({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState("");
  const submit = async (): Promise<void> => {
    try {
      await http("POST", "/api/account/authenticator/remove", { code });
      toast({ tone: "ok", title: t("removed") });
      onClose();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("remove")}
      size="s"
      onClose={onClose}
      onSubmit={() => void (code && submit())}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="danger" type="submit">
            {t("remove")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("remove_why")}</p>
      <Input
        label={t("code")}
        autoComplete="one-time-code"
        autoFocus
        value={code}
        onInput={setCode}
      />
    </Dialog>
  );
}
