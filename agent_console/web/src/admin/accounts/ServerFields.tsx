import { Input, Segmented, Select } from "../../ui/index.ts";
import { t } from "./texts.ts";
import type { Server } from "./types.ts";

export interface ServerDraft {
  host: string;
  port: string;
  tls: string;
  user: string;
  way: "password" | "token";
  password: string;
  secret_until: string;
  url: string;
  client_id: string;
  client_secret: string;
  refresh_token: string;
  scope: string;
}

export const blankServer = (port: number, tls: string): ServerDraft => ({
  host: "",
  port: String(port),
  tls,
  user: "",
  way: "password",
  password: "",
  secret_until: "",
  url: "",
  client_id: "",
  client_secret: "",
  refresh_token: "",
  scope: "",
});

/** Secrets never come back: their boxes are empty, and what stays empty stays as it is. */
export const draftOf = (server: Server): ServerDraft => ({
  ...blankServer(server.port, server.tls),
  host: server.host,
  user: server.user,
  secret_until: server.secret_until,
  way: server.oauth ? "token" : "password",
  url: server.oauth?.url ?? "",
  client_id: server.oauth?.client_id ?? "",
  scope: server.oauth?.scope ?? "",
});

export const serverOf = (draft: ServerDraft): Server => ({
  host: draft.host,
  port: Math.trunc(Number(draft.port)) || 0,
  tls: draft.tls,
  user: draft.user,
  secret_until: draft.secret_until,
  ...(draft.way === "password"
    ? { password: draft.password }
    : {
        oauth: {
          url: draft.url,
          client_id: draft.client_id,
          client_secret: draft.client_secret,
          refresh_token: draft.refresh_token,
          scope: draft.scope,
        },
      }),
});

interface Props {
  draft: ServerDraft;
  set: (more: Partial<ServerDraft>) => void;
  /** Secrets are there already. */
  isKept: boolean;
}

/** Where a server is, how it is spoken to, who we are there. */
export function ServerFields({ draft, set, isKept }: Props) {
  const plain = { autoCapitalize: "none", spellcheck: false, autoComplete: "off" } as const;
  return (
    <>
      <div class="account-server">
        <Input
          label={t("host")}
          required
          {...plain}
          placeholder="mail.bank.example"
          value={draft.host}
          onInput={(host) => set({ host })}
        />
        <Input
          label={t("port")}
          required
          value={draft.port}
          onInput={(port) => set({ port })}
        />
        <Select label={t("encryption")} value={draft.tls} onChange={(tls) => set({ tls })}>
          <option value="starttls">{t("tls_starttls")}</option>
          <option value="implicit">{t("tls_implicit")}</option>
          <option value="none">{t("tls_none_here")}</option>
        </Select>
      </div>
      <Segmented
        label={t("sign_in_with")}
        items={[
          { id: "password", label: t("with_password") },
          { id: "token", label: t("with_token") },
        ]}
        chosen={draft.way}
        onChoose={(way) => set({ way })}
      />
      <div class="admin-two">
        <Input
          label={t("user")}
          {...plain}
          value={draft.user}
          onInput={(user) => set({ user })}
        />
        {draft.way === "password" ? (
          <Input
            label={t("password")}
            type="password"
            autoComplete="new-password"
            hint={isKept ? t("secret_kept") : t("secret_sealed")}
            value={draft.password}
            onInput={(password) => set({ password })}
          />
        ) : (
          <TokenFields draft={draft} set={set} isKept={isKept} />
        )}
        <Input
          label={t("secret_until")}
          type="date"
          hint={t("secret_until_why")}
          value={draft.secret_until}
          onInput={(secret_until) => set({ secret_until })}
        />
      </div>
    </>
  );
}

function TokenFields({ draft, set, isKept }: Props) {
  const kept = isKept ? t("secret_kept") : undefined;
  return (
    <>
      <Input
        label={t("token_url")}
        required
        placeholder="https://login.example/oauth2/token"
        value={draft.url}
        onInput={(url) => set({ url })}
      />
      <Input
        label={t("client_id")}
        required
        value={draft.client_id}
        onInput={(client_id) => set({ client_id })}
      />
      <Input
        label={t("client_secret")}
        type="password"
        autoComplete="new-password"
        hint={kept}
        value={draft.client_secret}
        onInput={(client_secret) => set({ client_secret })}
      />
      <Input
        label={t("refresh_token")}
        type="password"
        autoComplete="new-password"
        hint={kept ?? t("refresh_token_why")}
        value={draft.refresh_token}
        onInput={(refresh_token) => set({ refresh_token })}
      />
      <Input label={t("scope")} value={draft.scope} onInput={(scope) => set({ scope })} />
    </>
  );
}
