import { useEffect, useState } from "preact/hooks";
import { homeOf, http, HttpProblem, learnCsrf, whoAmI, type Me } from "../lib/http.ts";
import {
  Banner,
  Button,
  IconButton,
  Input,
} from "../ui/index.ts";
import { Owed, type Debt } from "./Owed.tsx";
import { SignInFrame } from "./SignInFrame.tsx";
import { t } from "./texts.ts";

type Trouble = { kind: "no_match" | "no_network" } | { kind: "too_many"; minutes: number };

export function SignIn() {
  useEffect(() => {
    document.title = `${t("title")} · ${t("product")}`;
  });
  return (
    <SignInFrame>
      <Door />
    </SignInFrame>
  );
}

/** The form; then whatever a person still owes; then the page. */
function Door() {
  const [owes, setOwes] = useState<Debt | null>(null);
  const enter = (me: Me): void => {
    if (me.owes) setOwes(me.owes);
    else location.assign(nextPage(me));
  };
  useEffect(() => {
    // Came back halfway: go on where it stopped.
    if (!new URLSearchParams(location.search).has("halfway")) return;
    whoAmI().then((me) => me?.owes && setOwes(me.owes), () => undefined);
  }, []);
  return owes ? (
    <Owed owes={owes} onPaid={enter} onBack={() => setOwes(null)} />
  ) : (
    <SignInForm onEnter={enter} />
  );
}

function SignInForm({ onEnter }: { onEnter: (me: Me) => void }) {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!login.trim() || !password || busy) return;
    setBusy(true);
    setTrouble(null);
    try {
      onEnter(await signIn(login.trim(), password));
    } catch (problem) {
      setTrouble(troubleOf(problem));
      setBusy(false);
    }
  };

  return (
    <form class="form" noValidate onSubmit={(event) => void submit(event)}>
      <div>
        <h1>{t("title")}</h1>
        <p class="t2 t14">{t("lead")}</p>
      </div>
      {trouble && <TroubleBanner trouble={trouble} />}
      <Input
        label={t("staff_id")}
        large
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellcheck={false}
        autoFocus
        value={login}
        error={tried && !login.trim() ? t("need_staff_id") : null}
        onInput={setLogin}
      />
      <div class="secret">
        <Input
          label={t("password")}
          large
          name="password"
          type={shown ? "text" : "password"}
          autoComplete="current-password"
          value={password}
          error={tried && !password ? t("need_password") : null}
          onInput={setPassword}
        />
        <IconButton
          icon={shown ? "eye-off" : "eye"}
          label={shown ? t("hide_password") : t("show_password")}
          onClick={() => setShown(!shown)}
        />
      </div>
      <Button kind="primary" size="xl" wide type="submit" aria-disabled={busy}>
        {busy ? t("signing_in") : t("submit")}
      </Button>
      <p class="hint">{t("logged")}</p>
    </form>
  );
}

function TroubleBanner({ trouble }: { trouble: Trouble }) {
  return (
    <Banner tone="bad" icon="alert" role="alert">
      <b class="fw6">{t(trouble.kind)}</b>{" "}
      {trouble.kind === "too_many"
        ? t("too_many_more", { count: trouble.minutes })
        : t(`${trouble.kind}_more`)}
    </Banner>
  );
}

async function signIn(login: string, password: string): Promise<Me> {
  const answer = await http<Partial<Me>>("POST", "/api/sign-in", { login, password });
  learnCsrf(answer.csrf ?? "");
  return http<Me>("GET", "/api/me");
}

/** Where the person wanted to go, if that is a page of ours; else the first page of the role. */
function nextPage(me: Me): string {
  const wanted = new URLSearchParams(location.search).get("next");
  return wanted && /^\/console(\/[a-z]+)?$/.test(wanted) ? wanted : homeOf(me);
}

function troubleOf(problem: unknown): Trouble {
  if (!(problem instanceof HttpProblem) || problem.status >= 500) return { kind: "no_network" };
  if (problem.status !== 429) return { kind: "no_match" };
  return { kind: "too_many", minutes: Math.ceil((problem.retryAfterSeconds ?? 60) / 60) };
}
