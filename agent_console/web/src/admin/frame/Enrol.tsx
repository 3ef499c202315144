import { useEffect, useState } from "preact/hooks";
import { http, HttpProblem } from "../../lib/http.ts";
import { Banner, Button, Input, Skeleton } from "../../ui/index.ts";
import { sayProblem } from "./problem.ts";
import { t } from "./texts.ts";

interface Shown {
  secret: string;
  square: string;
}

/** Set up an authenticator: scan, give its first code, keep the recovery codes. */
export function Enrol({ onDone }: { onDone: () => void }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  useEffect(() => {
    http<Shown>("POST", "/api/account/authenticator").then(setShown, sayProblem);
  }, []);
  if (codes) return <Recovery codes={codes} onDone={onDone} />;
  if (!shown) return <Skeleton lines={[60, 40, 80]} />;
  return (
    <>
      <p class="t2">{t("scan")}</p>
      <div
        class="admin-square"
        role="img"
        aria-label={t("square")}
        dangerouslySetInnerHTML={{ __html: shown.square }}
      />
      <p>
        {t("or_type")} <code class="tnum">{shown.secret}</code>
      </p>
      <FirstCode onCodes={setCodes} />
    </>
  );
}

function FirstCode({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = async (): Promise<void> => {
    try {
      const path = "/api/account/authenticator/confirm";
      onCodes((await http<{ codes: string[] }>("POST", path, { code })).codes);
    } catch (problem) {
      if (problem instanceof HttpProblem && problem.code === "wrong_code") setWrong(true);
      else sayProblem(problem);
    }
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) void submit();
      }}
    >
      <Input
        label={t("code")}
        autoComplete="one-time-code"
        value={code}
        error={wrong ? t("wrong_code") : null}
        onInput={(typed) => {
          setCode(typed);
          setWrong(false);
        }}
      />
      <Button kind="primary" type="submit">
        {t("confirm")}
      </Button>
    </form>
  );
}

function Recovery({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <>
      <Banner tone="ok" icon="shield-ok" role="status">
        {t("recovery_why")}
      </Banner>
      <ul class="admin-codes" aria-label={t("recovery_codes")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div class="row">
        <Button
          icon="copy"
          onClick={() => void navigator.clipboard.writeText(codes.join("\n"))}
        >
          {t("copy")}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {t("kept_codes")}
        </Button>
      </div>
    </>
  );
}
