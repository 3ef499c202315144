import { useState } from "preact/hooks";
import type { CaseView } from "../../../contract.ts";
import { done, type Answer } from "../../../feed/index.ts";
import { both } from "../../../i18n/index.ts";
import { Banner, Button, Field, TextArea, toast } from "../../../ui/index.ts";
import { feed, me, setup } from "../../model/store.ts";
import { t } from "../../views/tasks/texts.ts";

interface CaseEditProps {
  one: CaseView;
  onChanged: () => void;
}

/** Add words, move it on, solve it. Words stay in the box until they are stored. */
export function CaseEdit({ one, onChanged }: CaseEditProps) {
  const [words, setWords] = useState("");
  const [stage, setStage] = useState(one.stage);
  const [owner, setOwner] = useState(one.owner_id ?? "");
  const [resolution, setResolution] = useState("");
  const [collided, setCollided] = useState(false);
  const send = async (command: string, more: object, said: string): Promise<void> => {
    const answer = await feed.send(command, { case_id: one.id, words: words.trim(), ...more });
    setCollided(changedMeanwhile(answer));
    if (changedMeanwhile(answer)) onChanged();
    else if (done(answer)) {
      toast({ tone: "ok", title: said });
      setWords("");
      onChanged();
    }
  };
  const open = one.closed_at === null;
  const seen = { seen_version: one.version };
  const save = (): void => {
    const changes = {
      ...(stage !== one.stage ? { stage } : {}),
      ...(owner && owner !== one.owner_id ? { owner_id: owner } : {}),
    };
    void send("update_case", { ...seen, ...changes }, t("saved"));
  };
  const changed = words.trim() !== "" || stage !== one.stage || owner !== (one.owner_id ?? "");
  return (
    <div class="case-edit">
      {collided && (
        <Banner tone="risk" icon="alert">
          {t("case_changed")}
        </Banner>
      )}
      <TextArea
        label={t("add_note")}
        hint={t("words_hint")}
        rows={2}
        value={words}
        onInput={setWords}
      />
      {open ? (
        <>
          <div class="case-choices">
            <Select label={t("stage")} value={stage} onChange={setStage}>
              {one.stages
                .filter((each) => !each.is_final)
                .map((each) => (
                  <option key={each.code} value={each.code}>
                    {both(each.label)}
                  </option>
                ))}
            </Select>
            <Select label={t("owner")} value={owner} onChange={setOwner}>
              {!one.owner_id && <option value="">{t("nobody")}</option>}
              <Colleagues />
            </Select>
            <Button onClick={save} disabled={!changed}>
              {t("save")}
            </Button>
          </div>
          <div class="case-choices">
            <Select label={t("resolution")} value={resolution} onChange={setResolution}>
              <option value="" />
              {one.resolutions.map((each) => (
                <option key={each.code} value={each.code}>
                  {both(each.label)}
                </option>
              ))}
            </Select>
            <Button
              kind="primary"
              disabled={resolution === ""}
              onClick={() => void send("resolve_case", { ...seen, resolution }, t("resolved"))}
            >
              {t("resolve")}
            </Button>
          </div>
        </>
      ) : (
        <Button onClick={() => void send("reopen_case", {}, t("reopened"))}>{t("reopen")}</Button>
      )}
    </div>
  );
}

const changedMeanwhile = (answer: Answer): boolean =>
  !answer.ok && answer.code === "case_changed";

function Colleagues() {
  const mine = me.value;
  const others = (setup.value?.agents ?? []).filter((one) => one.id !== mine?.id);
  return (
    <>
      {mine && <option value={mine.id}>{both(mine.name)}</option>}
      {others.map((one) => (
        <option key={one.id} value={one.id}>
          {both(one.name)}
        </option>
      ))}
    </>
  );
}

interface SelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: preact.ComponentChildren;
}

function Select({ label, value, onChange, children }: SelectProps) {
  return (
    <Field label={label}>
      {(attributes) => (
        <select
          {...attributes}
          class="in"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {children}
        </select>
      )}
    </Field>
  );
}
