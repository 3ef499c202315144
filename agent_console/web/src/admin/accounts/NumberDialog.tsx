import { useState } from "preact/hooks";
import { Input, Select, Tick } from "../../ui/index.ts";
import { commonOf, LanguageField, NameFields, nameOf, type Common } from "./CommonFields.tsx";
import { FormDialog } from "./FormDialog.tsx";
import { t } from "./texts.ts";
import type { Account, Carrier, PhoneNumber } from "./types.ts";
import { useSaving } from "./useSaving.ts";

/** Whose connection carries it: one of the settings file, or the number's own. */
type Carried = "twilio" | "smpp" | "own";

interface Draft extends Common {
  number: string;
  carried: Carried;
  countries: string;
  own: Record<"host" | "port" | "system_id" | "password" | "system_type", string> &
    Record<"window" | "per_second" | "secret_until", string> & { tls: boolean };
}

function draftFor(number: PhoneNumber | null): Draft {
  const own = number?.smpp;
  return {
    number: number?.number ?? "",
    carried: own ? "own" : ((number?.provider as Carried | undefined) ?? "twilio"),
    ...commonOf(number),
    countries: (number?.countries ?? []).join(", "),
    own: {
      host: own?.host ?? "",
      port: String(own?.port ?? 2775),
      tls: own?.tls ?? true,
      system_id: own?.system_id ?? "",
      password: "",
      system_type: own?.system_type ?? "",
      window: String(own?.window ?? 10),
      per_second: own?.per_second ? String(own.per_second) : "",
      secret_until: own?.secret_until ?? "",
    },
  };
}

const whole = (typed: string): number => Math.trunc(Number(typed)) || 0;

export const numberOf = (draft: Draft): PhoneNumber => ({
  number: draft.number.replaceAll(/[\s-]/g, ""),
  provider: draft.carried === "own" ? "smpp" : draft.carried,
  name: nameOf(draft),
  language: draft.language,
  countries: draft.countries
    .split(/[\s,，、+]+/)
    .map((one) => one.trim())
    .filter(Boolean),
  ...(draft.carried === "own" ? { smpp: carrierOf(draft.own) } : {}),
});

const carrierOf = (own: Draft["own"]): Carrier => ({
  host: own.host.trim(),
  port: whole(own.port),
  tls: own.tls,
  system_id: own.system_id.trim(),
  password: own.password,
  system_type: own.system_type.trim(),
  window: whole(own.window),
  per_second: Number(own.per_second) || 0,
  secret_until: own.secret_until,
});

/** Connect a number, or change one that was connected here. */
export function NumberDialog({ account }: { account: Account | null }) {
  const before = account ? (account.options as PhoneNumber) : null;
  const [draft, setDraft] = useState(() => draftFor(before));
  const { busy, refused, save } = useSaving(account);
  const set = (more: Partial<Draft>): void => setDraft({ ...draft, ...more });
  return (
    <FormDialog
      title={account ? t("change_title", { account: account.account }) : t("connect_number")}
      busy={busy}
      isNew={account === null}
      refused={refused}
      onSubmit={() => void save({ sms: numberOf(draft) })}
    >
      <Itself draft={draft} set={set} isNew={account === null} />
      <Select
        label={t("carried_by")}
        value={draft.carried}
        onChange={(carried) => set({ carried: carried as Carried })}
      >
        <option value="twilio">{t("carried_twilio")}</option>
        <option value="smpp">{t("carried_smpp")}</option>
        <option value="own">{t("carried_own")}</option>
      </Select>
      {draft.carried === "own" ? (
        <Connection draft={draft} set={set} isKept={before?.smpp !== undefined} />
      ) : (
        <p class="t2">{t(`carried_${draft.carried}_why`)}</p>
      )}
    </FormDialog>
  );
}

interface PartProps {
  draft: Draft;
  set: (more: Partial<Draft>) => void;
}

function Itself({ draft, set, isNew }: PartProps & { isNew: boolean }) {
  return (
    <div class="account-two">
      {isNew && (
        <Input
          label={t("number")}
          required
          hint={t("number_why")}
          placeholder="+85295100018"
          value={draft.number}
          onInput={(number) => set({ number })}
        />
      )}
      <Input
        label={t("countries")}
        hint={t("countries_why")}
        placeholder="86, 852"
        value={draft.countries}
        onInput={(countries) => set({ countries })}
      />
      <NameFields draft={draft} set={set} of="number_name" />
      <LanguageField draft={draft} set={set} />
    </div>
  );
}

function Connection({ draft, set, isKept }: PartProps & { isKept: boolean }) {
  const own = draft.own;
  const put = (more: Partial<Draft["own"]>): void => set({ own: { ...own, ...more } });
  return (
    <fieldset class="account-part">
      <legend>{t("part_smpp")}</legend>
      <div class="account-server">
        <Input label={t("host")} required value={own.host} onInput={(host) => put({ host })} />
        <Input label={t("port")} required value={own.port} onInput={(port) => put({ port })} />
      </div>
      <Tick label={t("smpp_tls")} checked={own.tls} onChange={(tls) => put({ tls })} />
      {!own.tls && <p class="t2">{t("smpp_plain_why")}</p>}
      <div class="admin-two">
        <Input
          label={t("system_id")}
          required
          autoComplete="off"
          value={own.system_id}
          onInput={(system_id) => put({ system_id })}
        />
        <Input
          label={t("password")}
          type="password"
          autoComplete="new-password"
          hint={isKept ? t("secret_kept") : t("smpp_password_why")}
          value={own.password}
          onInput={(password) => put({ password })}
        />
        <Input
          label={t("system_type")}
          value={own.system_type}
          onInput={(system_type) => put({ system_type })}
        />
        <Input
          label={t("window")}
          hint={t("window_why")}
          value={own.window}
          onInput={(window) => put({ window })}
        />
        <Input
          label={t("per_second")}
          hint={t("per_second_why")}
          value={own.per_second}
          onInput={(per_second) => put({ per_second })}
        />
        <Input
          label={t("secret_until")}
          type="date"
          hint={t("secret_until_why")}
          value={own.secret_until}
          onInput={(secret_until) => put({ secret_until })}
        />
      </div>
    </fieldset>
  );
}
