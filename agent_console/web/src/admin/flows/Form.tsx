import { both } from "../../i18n/index.ts";
import { Banner, Icon, IconButton, Segmented } from "../../ui/index.ts";
import { at } from "./document.ts";
import { FieldOf } from "./fields.tsx";
import { iconOf } from "./icons.ts";
import {
  chosen,
  copyStep,
  document_,
  kindOf,
  mayWrite,
  problems,
  removeStep,
  tongue,
  vocabulary,
} from "./model.ts";
import { t } from "./texts.ts";

/** The form of the chosen step, or of the flow itself; what is typed is kept by itself. */
export function Form() {
  const id = chosen.value;
  const kind = kindOf(id);
  const specs = id ? (kind?.fields ?? []) : (vocabulary.value?.flow ?? []);
  const path = id ? ["nodes", id] : [];
  const name = at(document_.value, [...path, "name"]);
  const title = both((name ?? { en: id, zh: id }) as { en: string; zh: string }) || id;
  const mine = problems.value.filter((one) => one.node === id);
  return (
    <aside class="flow-form card" aria-label={title}>
      <div class="card-h">
        <Icon name={id ? iconOf(kind?.kind ?? "") : "phone"} />
        <div class="grow">
          <h2>{title}</h2>
          <div class="t12 t3">{kind ? `${both(kind.name)} · ${id}` : t("whole_flow")}</div>
        </div>
        {id && (
          <>
            {mayWrite.value && <StepActs id={id} />}
            <IconButton icon="x" label={t("close")} onClick={() => (chosen.value = "")} />
          </>
        )}
      </div>
      <form class="flow-fields" onSubmit={(event) => event.preventDefault()}>
        {mine.length > 0 && (
          <Banner tone="risk" icon="alert">
            {mine.map((one, index) => (
              <p key={index}>
                {both(one.what)}: {both(one.remedy)}
              </p>
            ))}
          </Banner>
        )}
        <Segmented
          label={t("language_of_texts")}
          items={[
            { id: "en", label: tabOf("en", path) },
            { id: "zh", label: tabOf("zh", path) },
          ]}
          chosen={tongue.value}
          onChoose={(one) => (tongue.value = one)}
        />
        <fieldset class="flow-lock" disabled={!mayWrite.value}>
          {specs.map((spec) => (
            <FieldOf key={`${id}.${spec.field}`} spec={spec} path={[...path, spec.field]} />
          ))}
        </fieldset>
      </form>
    </aside>
  );
}

function StepActs({ id }: { id: string }) {
  return (
    <>
      <IconButton icon="copy" label={t("copy_step")} onClick={() => copyStep(id)} />
      <IconButton icon="trash" label={t("delete_step")} onClick={() => removeStep(id)} />
    </>
  );
}

/** The tab of a language, with a dot while one of its texts is missing. */
function tabOf(language: "en" | "zh", path: readonly string[]) {
  const isMissing = problems.value.some(
    (one) =>
      one.code === "no_language" &&
      one.at.at(-1) === language &&
      path.every((key, index) => one.at[index] === key),
  );
  return (
    <>
      {language === "en" ? "English" : "中文"}
      {isMissing && <span class="flow-dot" role="img" aria-label={t("text_missing")} />}
    </>
  );
}
