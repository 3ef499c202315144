/** Whose closed contacts: a customer is looked for, never guessed from words. */
import { useState } from "preact/hooks";
import { http } from "../../../lib/http.ts";
import { Button, Dialog, Empty, Field, Icon, Input, Skeleton } from "../../../ui/index.ts";
import { nameOf, type Candidate, type Found } from "../customers/model.ts";
import { filters, ofCustomer, searchNow } from "./model.ts";
import { t } from "./texts.ts";

export function CustomerFilter() {
  const [asks, setAsks] = useState(false);
  const one = ofCustomer.value;
  const words = one ? t("customer_only", { name: nameOf(one) }) : t("any_customer");
  const choose = (found: Candidate | null): void => {
    ofCustomer.value = found;
    filters.value = { ...filters.value, customer_id: found?.id ?? "" };
    setAsks(false);
    void searchNow();
  };
  return (
    <>
      <Field label={t("customer")}>
        {(attributes) => (
          <Button
            {...attributes}
            icon="user"
            aria-label={`${t("customer")}: ${words}`}
            title={one ? t("any_customer") : undefined}
            onClick={() => (one ? choose(null) : setAsks(true))}
          >
            {words}
            {one && <Icon name="x" size={14} />}
          </Button>
        )}
      </Field>
      {asks && <Choose onChoose={choose} onClose={() => setAsks(false)} />}
    </>
  );
}

type Result = Found | "start" | "loading" | "failed";

interface ChooseProps {
  onChoose: (one: Candidate) => void;
  onClose: () => void;
}

function Choose({ onChoose, onClose }: ChooseProps) {
  const [words, setWords] = useState("");
  const [result, setResult] = useState<Result>("start");
  const look = async (): Promise<void> => {
    if (words.trim() === "" || result === "loading") return;
    setResult("loading");
    const asked = http<Found>("POST", "/api/customers/search", { words: words.trim() });
    setResult(await asked.catch(() => "failed" as const));
  };
  return (
    <Dialog
      title={t("choose_customer")}
      size="s"
      onClose={onClose}
      onSubmit={() => void look()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" icon="search">
            {t("look")}
          </Button>
        </>
      }
    >
      <Input
        label={t("customer_words")}
        type="search"
        value={words}
        onInput={setWords}
        autoComplete="off"
        spellcheck={false}
      />
      <Candidates result={result} onChoose={onChoose} />
    </Dialog>
  );
}

function Candidates({ result, onChoose }: { result: Result; onChoose: ChooseProps["onChoose"] }) {
  if (result === "start") return null;
  if (result === "loading") return <Skeleton lines={[80, 60]} />;
  if (result === "failed") return <Empty icon="alert" title={t("failed_search")} />;
  if (result.customers.length === 0) return <Empty icon="user" title={t("no_customer")} />;
  return (
    <ul class="candidates" aria-label={t("customer")}>
      {result.customers.map((one) => (
        <li key={one.id}>
          <button type="button" class="menu-i" onClick={() => onChoose(one)}>
            <span class="grow">{nameOf(one)}</span>
            <span class="mono t3">{one.number}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
