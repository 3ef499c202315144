import { useState } from "preact/hooks";
import { serverNow } from "../../../lib/clock.ts";
import { Button, Dialog, Input, TextArea, toast } from "../../../ui/index.ts";
import { ahead, MomentField, wall } from "../MomentField.tsx";
import { sayRefusal } from "../refusal.ts";
import { t } from "../texts.ts";
import { tell } from "./model.ts";

const HOUR_SECONDS = 3_600;

/** What is told, in both languages, about which articles, until when. */
export function TroubleDialog({ onClose }: { onClose: () => void }) {
  const [one, setOne] = useState({
    en: "",
    zh: "",
    about: "",
    until: wall(serverNow() + 4 * HOUR_SECONDS),
  });
  const [tried, setTried] = useState(false);
  const put = (news: Partial<typeof one>): void => setOne({ ...one, ...news });
  const until_at = ahead(one.until, serverNow());
  const submit = (): void => {
    setTried(true);
    if (!one.en.trim() || !one.zh.trim() || until_at === null) return;
    const about = one.about.split(/[\s,，]+/).filter(Boolean);
    tell({ en: one.en.trim(), zh: one.zh.trim(), about, until_at }).then(() => {
      toast({ tone: "ok", title: t("trouble_told") });
      onClose();
    }, sayRefusal);
  };
  const missing = (text: string): string | null =>
    tried && !text.trim() ? t("must_be_filled") : null;
  return (
    <Dialog
      title={t("new_trouble")}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("tell_readers")}
          </Button>
        </>
      }
    >
      <TextArea
        label={t("in_english")}
        required
        rows={2}
        error={missing(one.en)}
        value={one.en}
        onInput={(en) => put({ en })}
      />
      <TextArea
        label={t("in_chinese")}
        required
        rows={2}
        error={missing(one.zh)}
        value={one.zh}
        onInput={(zh) => put({ zh })}
      />
      <Input
        label={t("about_articles")}
        hint={t("about_hint")}
        autoCapitalize="none"
        value={one.about}
        onInput={(about) => put({ about })}
      />
      <MomentField
        label={t("until_when")}
        error={tried && until_at === null ? t("bad_time") : null}
        value={one.until}
        onInput={(until) => put({ until })}
      />
    </Dialog>
  );
}
