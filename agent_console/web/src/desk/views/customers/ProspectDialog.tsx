import { useState } from "preact/hooks";
import type { Lang } from "../../../contract.ts";
import { lang } from "../../../i18n/index.ts";
import { http, HttpProblem } from "../../../lib/http.ts";
import { Banner, Button, Dialog, Input, Segmented, toast } from "../../../ui/index.ts";
import { words } from "./model.ts";
import { t } from "./texts.ts";

const EMPTY = { name: "", name_zh: "", phone: "", email: "" };
type Fields = typeof EMPTY;
interface Made {
  customer_id: string | null;
  known: string[];
}

/** A record for somebody who is no customer yet; who looks known is shown first. */
export function ProspectDialog({ onClose }: { onClose: () => void }) {
  const [fields, setFields] = useState<Fields>(EMPTY);
  const [language, setLanguage] = useState<Lang>(lang.value);
  const [wrong, setWrong] = useState<string | null>(null);
  const [known, setKnown] = useState(0);
  const put = (name: keyof Fields) => (value: string) => {
    setFields({ ...fields, [name]: value });
    setWrong(null);
    setKnown(0);
  };
  const submit = async (): Promise<void> => {
    try {
      const body = { ...fields, language, anyway: known > 0 };
      const made = await http<Made>("POST", "/api/customers/prospect", body);
      if (made.customer_id === null) return setKnown(made.known.length);
      toast({ tone: "ok", title: t("created") });
      words.value = fields.name || fields.name_zh;
      onClose();
    } catch (problem) {
      setWrong(problem instanceof HttpProblem ? problem.code : "other");
    }
  };
  const look = (): void => {
    words.value = fields.phone || fields.email;
    onClose();
  };
  return (
    <Dialog
      title={t("prospect_title")}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t(known ? "create_anyway" : "create")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("prospect_more")}</p>
      <FieldsOf fields={fields} put={put} wrong={wrong} />
      <Segmented
        label={t("speaks")}
        items={[
          { id: "en", label: t("english") },
          { id: "zh", label: t("chinese") },
        ]}
        chosen={language}
        onChoose={setLanguage}
      />
      {wrong && !isOfField(wrong) && (
        <Banner tone="bad" icon="alert" role="alert">
          {t("failed")}
        </Banner>
      )}
      {known > 0 && <Known count={known} onLook={look} />}
    </Dialog>
  );
}

const OF_FIELD = ["name_needed", "bad_phone", "bad_mail"] as const;
const isOfField = (code: string): boolean => OF_FIELD.some((one) => one === code);

interface FieldsOfProps {
  fields: Fields;
  put: (name: keyof Fields) => (value: string) => void;
  wrong: string | null;
}

function FieldsOf({ fields, put, wrong }: FieldsOfProps) {
  const errorOf = (code: (typeof OF_FIELD)[number]): string | null =>
    wrong === code ? t(code) : null;
  return (
    <>
        <Input
          label={t("name")}
          value={fields.name}
          onInput={put("name")}
          error={errorOf("name_needed")}
          autoFocus
        />
        <Input label={t("name_zh")} value={fields.name_zh} onInput={put("name_zh")} />
        <Input
          label={t("phone")}
          hint={t("phone_hint")}
          value={fields.phone}
          onInput={put("phone")}
          error={errorOf("bad_phone")}
        />
        <Input
          label={t("mail")}
          value={fields.email}
          onInput={put("email")}
          error={errorOf("bad_mail")}
        />
    </>
  );
}

function Known({ count, onLook }: { count: number; onLook: () => void }) {
  return (
    <Banner tone="risk" icon="users" role="alert">
      <b>{t("known", { count })}</b>
      <p>{t("known_more")}</p>
      <Button size="s" onClick={onLook}>
        {t("look")}
      </Button>
    </Banner>
  );
}
