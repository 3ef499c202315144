import { useEffect, useState } from "preact/hooks";
import type { IdentityView } from "../../../contract.ts";
import { Button, Segmented, toast } from "../../../ui/index.ts";
import { proving } from "../../model/proof.ts";
import { CodeWay } from "./CodeWay.tsx";
import { QuestionsWay } from "./QuestionsWay.tsx";
import { t } from "./texts.ts";
import { useFocusBack } from "./useFocus.ts";

type Method = "code" | "questions";

interface PanelProps {
  contactId: string;
  identity: IdentityView;
}

/** Beside the talk, not over it: the customer may be typing the code right now. */
export function ProvePanel({ contactId, identity }: PanelProps) {
  const able: Method[] = identity.questions ? ["code", "questions"] : ["code"];
  const [chosen, setChosen] = useState<Method>(identity.ways.length > 0 ? "code" : "questions");
  const [before] = useState(identity.level);
  useEffect(() => {
    if (identity.level <= before) return;
    proving.value = null;
    toast({ tone: "ok", title: t("proved"), text: t("proved_more") });
  }, [identity.level]);
  const box = useFocusBack();
  const method = able.includes(chosen) ? chosen : "code";
  return (
    <div
      ref={box}
      class="prove"
      role="group"
      aria-label={t("prove")}
      onKeyDown={(event) => {
        if (event.key === "Escape") proving.value = null;
      }}
    >
      {able.length > 1 && (
        <Segmented
          label={t("method")}
          items={able.map((id) => ({ id, label: t(`method_${id}`) }))}
          chosen={method}
          onChoose={setChosen}
        />
      )}
      {method === "code" ? (
        <CodeWay contactId={contactId} identity={identity} />
      ) : (
        <QuestionsWay contactId={contactId} />
      )}
      <div class="row">
        <span class="t12 t2">{t("tries_left", { count: identity.tries_left })}</span>
        <Button size="s" kind="ghost" class="push" onClick={() => (proving.value = null)}>
          {t("stop_proving")}
        </Button>
      </div>
    </div>
  );
}
