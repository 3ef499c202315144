import { useState } from "preact/hooks";
import type { Role } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { HttpProblem } from "../../lib/http.ts";
import { Button, Dialog, Input, Tick, toast } from "../../ui/index.ts";
import { sayProblem, wordsOf } from "../frame/problem.ts";
import { close, open } from "./dialogs.ts";
import { add, amend, listed, type Given, type UserRow } from "./model.ts";
import { SkillsField } from "./SkillsField.tsx";
import { t } from "./texts.ts";

const ROLES: readonly Role[] = ["agent", "supervisor", "administrator", "auditor"];
/** Fields that show a refusal themselves; the rest is said in a toast. */
const FIELD_OF: Record<string, string> = {
  bad_login: "login",
  login_taken: "login",
  bad_name: "name",
  no_role: "roles",
  bad_capacity: "capacity",
  bad_number: "phones",
  number_not_allowed: "phones",
  too_many_numbers: "phones",
};

type PhoneFault = "bad_number" | "number_not_allowed" | "too_many_numbers";

const blank: Given = {
  login: "",
  name_en: "",
  name_zh: "",
  team: "",
  roles: ["agent"],
  skills: [],
  queues: [],
  capacity_units: 6,
  outside_phones: [],
};

const givenOf = (user: UserRow): Given => ({
  name_en: user.name.en,
  name_zh: user.name.zh,
  team: user.team,
  roles: user.roles,
  skills: user.skills,
  queues: user.queues,
  capacity_units: user.capacity_units,
  outside_phones: user.outside_phones,
});

/** Add somebody, or change what is known of somebody. */
export function UserDialog({ user }: { user: UserRow | null }) {
  const [given, setGiven] = useState<Given>(user ? givenOf(user) : blank);
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);
  const set = (more: Partial<Given>): void => setGiven({ ...given, ...more });
  const wrong = (field: string): string | null => {
    if (FIELD_OF[refused] !== field) return null;
    return field === "phones" ? t(refused as PhoneFault) : wordsOf(refused);
  };

  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setRefused("");
    try {
      if (user) await amend(user, given);
      else return showOnce(given.login ?? "", (await add(given)).password);
      toast({ tone: "ok", title: t("changed", { name: both(user.name) }) });
      close();
    } catch (problem) {
      const code = problem instanceof HttpProblem ? problem.code : "";
      if (FIELD_OF[code]) setRefused(code);
      else sayProblem(problem);
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={user ? t("change_user", { name: both(user.name) }) : t("add_user")}
      size="l"
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={busy}>
            {user ? t("save") : t("add_user")}
          </Button>
        </>
      }
    >
      <Person given={given} set={set} wrong={wrong} isNew={user === null} />
      <Work given={given} set={set} wrong={wrong} />
    </Dialog>
  );
}

interface PartProps {
  given: Given;
  set: (more: Partial<Given>) => void;
  wrong: (field: string) => string | null;
}

function Person({ given, set, wrong, isNew }: PartProps & { isNew: boolean }) {
  return (
    <div class="admin-two">
      {isNew && (
        <Input
          label={t("login")}
          required
          autoCapitalize="none"
          spellcheck={false}
          value={given.login ?? ""}
          error={wrong("login")}
          hint={t("login_hint")}
          onInput={(login) => set({ login })}
        />
      )}
      <Input
        label={t("name_en")}
        value={given.name_en}
        error={wrong("name")}
        onInput={(name_en) => set({ name_en })}
      />
      <Input
        label={t("name_zh")}
        value={given.name_zh}
        onInput={(name_zh) => set({ name_zh })}
      />
      <Input label={t("team")} value={given.team} onInput={(team) => set({ team })} />
    </div>
  );
}

function Work({ given, set, wrong }: PartProps) {
  const toggled = <T,>(list: readonly T[], one: T, on: boolean): T[] =>
    on ? [...list, one] : list.filter((other) => other !== one);
  return (
    <>
      <fieldset class="admin-set">
        <legend class="lbl">{t("roles")}</legend>
        {ROLES.map((role) => (
          <Tick
            key={role}
            label={t(`role_${role}`)}
            checked={given.roles.includes(role)}
            onChange={(on) => set({ roles: toggled(given.roles, role, on) })}
          />
        ))}
        {wrong("roles") && <span class="err">{wrong("roles")}</span>}
      </fieldset>
      <SkillsField skills={given.skills} onSkills={(skills) => set({ skills })} />
      <fieldset class="admin-set">
        <legend class="lbl">{t("queues")}</legend>
        {(listed.value?.queues ?? []).map((queue) => (
          <Tick
            key={queue.id}
            label={both(queue.name)}
            checked={given.queues.includes(queue.id)}
            onChange={(on) => set({ queues: toggled(given.queues, queue.id, on) })}
          />
        ))}
      </fieldset>
      <Input
        label={t("capacity")}
        hint={t("capacity_hint")}
        value={String(given.capacity_units)}
        error={wrong("capacity")}
        onInput={(typed) => set({ capacity_units: Math.trunc(Number(typed)) || 0 })}
      />
      <Telephones given={given} set={set} wrong={wrong} />
    </>
  );
}

/** Numbers at which they may take calls away from the desk, one after the other. */
function Telephones({ given, set, wrong }: PartProps) {
  const [typed, setTyped] = useState(given.outside_phones.join(", "));
  return (
    <Input
      label={t("outside_phones")}
      hint={t("outside_phones_hint")}
      value={typed}
      error={wrong("phones")}
      onInput={(words) => {
        setTyped(words);
        const numbers = words.split(/[,;，；、]/).map((one) => one.trim());
        set({ outside_phones: numbers.filter(Boolean) });
      }}
    />
  );
}

function showOnce(login: string, password: string): void {
  open.value = { kind: "once", login, password };
}
