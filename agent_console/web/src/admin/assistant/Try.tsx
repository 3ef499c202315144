import { useState } from "preact/hooks";
import { percent } from "../../i18n/index.ts";
import { blankName, matterName } from "../../i18n/matter.ts";
import { Badge, Button, Meter, Segmented } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { draft, tryOut } from "./model.ts";
import { t } from "./texts.ts";
import type { Tried } from "./types.ts";

/** Say something to the model that answers, or to the one that was trained. */
export function Try() {
  const [text, setText] = useState("");
  const [which, setWhich] = useState<"live" | "draft">("live");
  const [found, setFound] = useState<Tried | null>(null);
  const trained = draft.value?.is_trained ? draft.value.model : "";
  const ask = async (of: "live" | "draft"): Promise<void> => {
    if (!text.trim()) return;
    try {
      setFound(await tryOut(text, of === "draft" ? trained : ""));
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <section class="card teach-try" aria-labelledby="try-h">
      <div class="card-h">
        <h2 id="try-h">{t("try")}</h2>
      </div>
      <div class="card-b">
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void ask(which);
          }}
        >
          <textarea
            class="in"
            rows={3}
            maxLength={1000}
            aria-label={t("try_words")}
            placeholder={t("try_words")}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {trained && (
            <Segmented
              label={t("which_model")}
              items={[
                { id: "live", label: t("model_live") },
                { id: "draft", label: t("model_draft") },
              ]}
              chosen={which}
              onChoose={(id) => {
                setWhich(id);
                void ask(id);
              }}
            />
          )}
          <Button kind="primary" type="submit">
            {t("try_it")}
          </Button>
        </form>
        <div role="status">{found && <Answer found={found} />}</div>
      </div>
    </section>
  );
}

function Answer({ found }: { found: Tried }) {
  const blanks = Object.entries(found.blanks);
  return (
    <>
      <div class="row wrap">
        <Badge tone={found.is_known ? "ok" : "risk"}>
          {t(found.is_known ? "understood" : "not_understood")}
        </Badge>
        {found.by && <span class="t12 t3">{t(`by_${found.by}`)}</span>}
      </div>
      <ol class="try-ranks">
        {found.ranking.map(([intent, share]) => (
          <li key={intent}>
            <span>{matterName(intent)}</span>
            <b class="tnum">{percent(share)}</b>
            <Meter share={share} label={matterName(intent)} />
          </li>
        ))}
      </ol>
      {blanks.length > 0 && (
        <dl class="admin-facts">
          {blanks.map(([name, value]) => (
            <div key={name}>
              <dt>{blankName(name)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
