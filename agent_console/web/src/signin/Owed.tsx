/** What is still owed at the door: a code, a password of one's own, an authenticator. */
import { useState } from "preact/hooks";
import { Enrol } from "../admin/frame/Enrol.tsx";
import { http, HttpProblem, whoAmI, type Me } from "../lib/http.ts";
import { Button, Input, toast } from "../ui/index.ts";
import { t } from "./texts.ts";

export type Debt = "code" | "password" | "authenticator";

interface Props {
  owes: Debt;
  onPaid: (me: Me) => void;
  onBack: () => void;
}

export function Owed({ owes, onPaid, onBack }: Props) {
  const paid = async (): Promise<void> => {
    const me = await whoAmI();
    if (me) onPaid(me);
    else onBack();
  };
  const back = async (): Promise<void> => {
    await http("POST", "/api/sign-out").catch(() => undefined);
    onBack();
  };
  return (
    <>
      <Button kind="ghost" size="s" icon="arrow-l" onClick={() => void back()}>
        {t("back")}
      </Button>
      {owes === "code" && <GiveCode onDone={paid} />}
      {owes === "password" && <ChoosePassword onDone={paid} />}
      {owes === "authenticator" && (
        <div class="form">
          <Head title={t("enrol_title")} lead={t("enrol_lead")} />
          <Enrol onDone={() => void paid()} />
        </div>
      )}
    </>
  );
}

const Head = ({ title, lead }: { title: string; lead: string }) => (
  <div>
    <h1>{title}</h1>
    <p class="t2 t14">{lead}</p>
  </div>
);

type Trouble = "code_wrong" | "choose_wrong" | "choose_bad" | "too_many_more" | "no_network_more";

function troubleOf(problem: unknown): { text: Trouble; minutes: number } {
  if (!(problem instanceof HttpProblem)) return { text: "no_network_more", minutes: 0 };
  const minutes = Math.ceil((problem.retryAfterSeconds ?? 60) / 60);
  if (problem.status === 429) return { text: "too_many_more", minutes };
  if (problem.code === "wrong_code") return { text: "code_wrong", minutes };
  if (problem.code === "wrong_password") return { text: "choose_wrong", minutes };
  const isBad = problem.code === "bad_password" || problem.code === "same_password";
  return { text: isBad ? "choose_bad" : "no_network_more", minutes };
}

function GiveCode({ onDone }: { onDone: () => Promise<void> }) {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    try {
      const body = { code: code.trim() };
      const answer = await http<{ recovery_left: number | null }>(
        "POST",
        "/api/account/code",
        body,
      );
      if (answer.recovery_left !== null) {
        toast({ tone: "risk", title: t("recovery_left", { count: answer.recovery_left }) });
      }
      await onDone();
    } catch (problem) {
      const { text, minutes } = troubleOf(problem);
      setWrong(t(text, { count: minutes }));
    }
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) void submit();
      }}
    >
      <Head title={t("code_title")} lead={t("code_lead")} />
      <Input
        label={t("code_label")}
        large
        autoFocus
        autoComplete="one-time-code"
        value={code}
        error={wrong}
        onInput={(typed) => {
          setCode(typed);
          setWrong(null);
        }}
      />
      <Button kind="primary" size="xl" wide type="submit">
        {t("continue")}
      </Button>
    </form>
  );
}

function ChoosePassword({ onDone }: { onDone: () => Promise<void> }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [wrong, setWrong] = useState<{ text: Trouble; minutes: number } | null>(null);
  const submit = async (): Promise<void> => {
    try {
      await http("POST", "/api/account/password", { current, new: next });
      await onDone();
    } catch (problem) {
      setWrong(troubleOf(problem));
    }
  };
  const said = wrong ? t(wrong.text, { count: wrong.minutes }) : null;
  const isNew = wrong?.text === "choose_bad";
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (current && next) void submit();
      }}
    >
      <Head title={t("choose_title")} lead={t("choose_lead")} />
      <Input
        label={t("choose_current")}
        large
        type="password"
        autoComplete="current-password"
        value={current}
        error={isNew ? null : said}
        onInput={setCurrent}
      />
      <Input
        label={t("choose_new")}
        large
        type="password"
        autoComplete="new-password"
        hint={t("choose_hint")}
        value={next}
        error={isNew ? said : null}
        onInput={setNext}
      />
      <Button kind="primary" size="xl" wide type="submit">
        {t("continue")}
      </Button>
    </form>
  );
}
