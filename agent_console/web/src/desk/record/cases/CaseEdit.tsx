import { useState } from "preact/hooks";
import type { CaseView } from "../../../contract.ts";
import { done, type Answer } from "../../../feed/index.ts";
import { both } from "../../../i18n/index.ts";
import { Banner, Button, Select, TextArea, toast } from "../../../ui/index.ts";
import { feed, me, setup } from "../../model/store.ts";
import { t } from "../../views/tasks/texts.ts";

interface CaseEditProps {
  one: CaseView;
  onChanged: () => void;
}

type Send = (command: string, more: object, said: string) => Promise<void>;

/** Add words, move it on, solve it. Words stay in the box until they are stored. */
export function CaseEdit({ one, onChanged }: CaseEditProps) {
  const [words, setWords] = useState("");
  const [collided, setCollided] = useState(false);
  const send: Send = async (command, more, said) => {
    const answer = await feed.send(command, { case_id: one.id, words: words.trim(), ...more });
    setCollided(changedMeanwhile(answer));
    if (changedMeanwhile(answer)) onChanged();
    else if (done(answer)) {
      toast({ tone: "ok", title: said });
      setWords("");
      onChanged();
    }
  };
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
      {one.closed_at === null ? (
        <>
          <MoveOn one={one} said={words.trim() !== ""} send={send} />
          <Resolve one={one} send={send} />
        </>
      ) : (
        <Button onClick={() => void send("reopen_case", {}, t("reopened"))}>{t("reopen")}</Button>
      )}
    </div>
  );
}

/** The next stage, another owner, or the words alone. */
function MoveOn({ one, said, send }: { one: CaseView; said: boolean; send: Send }) {
  const [stage, setStage] = useState(one.stage);
  const [owner, setOwner] = useState(one.owner_id ?? "");
  const changes = {
    ...(stage !== one.stage ? { stage } : {}),
    ...(owner && owner !== one.owner_id ? { owner_id: owner } : {}),
  };
  const save = (): void =>
    void send("update_case", { seen_version: one.version, ...changes }, t("saved"));
  return (
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
      <Button onClick={save} disabled={!said && Object.keys(changes).length === 0}>
        {t("save")}
      </Button>
    </div>
  );
}

function Resolve({ one, send }: { one: CaseView; send: Send }) {
  const [resolution, setResolution] = useState("");
  const resolve = (): void =>
    void send("resolve_case", { seen_version: one.version, resolution }, t("resolved"));
  return (
    <div class="case-choices">
      <Select label={t("resolution")} value={resolution} onChange={setResolution}>
        <option value="" />
        {one.resolutions.map((each) => (
          <option key={each.code} value={each.code}>
            {both(each.label)}
          </option>
        ))}
      </Select>
      <Button kind="primary" disabled={resolution === ""} onClick={resolve}>
        {t("resolve")}
      </Button>
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
