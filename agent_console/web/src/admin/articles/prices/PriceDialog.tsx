import { useState } from "preact/hooks";
import { serverNow } from "../../../lib/clock.ts";
import { Button, Dialog, Input, toast } from "../../../ui/index.ts";
import { ahead, MomentField, wall } from "../MomentField.tsx";
import { sayRefusal } from "../refusal.ts";
import { t } from "../texts.ts";
import { propose, type Price } from "./model.ts";

const DAY_SECONDS = 86_400;
const SOUND = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/;

/** A value to come, for somebody else to publish; `price`: what it takes the place of. */
export function PriceDialog({ price, onClose }: { price: Price | null; onClose: () => void }) {
  const [one, setOne] = useState({
    name: price?.name ?? "",
    en: price?.en ?? "",
    zh: price?.zh ?? "",
    from: wall(serverNow() + DAY_SECONDS),
    why: "",
  });
  const [tried, setTried] = useState(false);
  const at = ahead(one.from, serverNow());
  const isWhole = SOUND.test(one.name) && [one.en, one.zh, one.why].every((text) => text.trim());
  const submit = (): void => {
    setTried(true);
    if (!isWhole || at === null) return;
    const { name, en, zh, why } = one;
    propose({ name, en, zh, why, valid_from_at: at }).then(() => {
      toast({ tone: "ok", title: t("price_waits") });
      onClose();
    }, sayRefusal);
  };
  const put = (news: Partial<typeof one>): void => setOne({ ...one, ...news });
  return (
    <Dialog
      title={t(price ? "change_price" : "new_price")}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("propose")}
          </Button>
        </>
      }
    >
      <Form price={price} one={one} put={put} tried={tried} />
    </Dialog>
  );
}

interface Typed {
  name: string;
  en: string;
  zh: string;
  /** By the bank's clock. */
  from: string;
  why: string;
}

interface FormProps {
  price: Price | null;
  one: Typed;
  put: (news: Partial<Typed>) => void;
  tried: boolean;
}

function Form({ price, one, put, tried }: FormProps) {
  const missing = (text: string): string | null =>
    tried && !text.trim() ? t("must_be_filled") : null;
  return (
    <>
      {price ? (
        <p>
          <code>{price.name}</code>
        </p>
      ) : (
        <Input
          label={t("name")}
          required
          autoFocus
          autoCapitalize="none"
          hint={t("price_name_hint")}
          error={tried && !SOUND.test(one.name) ? t("price_name_hint") : null}
          value={one.name}
          onInput={(name) => put({ name })}
        />
      )}
      <div class="admin-two">
        <Input
          label={t("in_english")}
          required
          error={missing(one.en)}
          value={one.en}
          onInput={(en) => put({ en })}
        />
        <Input
          label={t("in_chinese")}
          required
          error={missing(one.zh)}
          value={one.zh}
          onInput={(zh) => put({ zh })}
        />
      </div>
      <MomentField
        label={t("from")}
        hint={t("from_hint")}
        error={tried && ahead(one.from, serverNow()) === null ? t("bad_time") : null}
        value={one.from}
        onInput={(from) => put({ from })}
      />
      <Input
        label={t("reason")}
        required
        error={missing(one.why)}
        value={one.why}
        onInput={(why) => put({ why })}
      />
    </>
  );
}
