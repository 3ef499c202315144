import { useEffect, useState } from "preact/hooks";
import { exactTime, lang } from "../../../i18n/index.ts";
import { Button, Empty, Skeleton, toast } from "../../../ui/index.ts";
import { sayRefusal } from "../refusal.ts";
import { t } from "../texts.ts";
import { end, load, troubles, type Trouble } from "./model.ts";
import { TroubleDialog } from "./TroubleDialog.tsx";

/** What readers are told does not work, in the help centre, the chat and the assistant. */
export function Troubles() {
  const [telling, setTelling] = useState(false);
  useEffect(() => void load(), []);
  return (
    <>
      <div class="admin-bar">
        <p class="t12 t3">{t("troubles_why")}</p>
        <div class="push" />
        <Button kind="primary" icon="plus" onClick={() => setTelling(true)}>
          {t("new_trouble")}
        </Button>
      </div>
      <section class="card admin-list" aria-label={t("troubles")}>
        <Content />
      </section>
      {telling && <TroubleDialog onClose={() => setTelling(false)} />}
    </>
  );
}

function Content() {
  const now = troubles.value;
  if (now === "failed") {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (!now) return <Skeleton lines={[80, 60]} />;
  if (!now.length) return <Empty icon="check" title={t("no_trouble")} text={t("no_trouble_why")} />;
  return (
    <ul class="card-b missed">
      {now.map((one) => (
        <Line key={one.id} one={one} />
      ))}
    </ul>
  );
}

function Line({ one }: { one: Trouble }) {
  const over = (): void => {
    end(one.id).then(() => toast({ tone: "ok", title: t("trouble_over") }), sayRefusal);
  };
  return (
    <li class="row">
      <div class="grow">
        <b>{one[lang.value]}</b>
        <p class="t12 t2">
          {one.about.length ? one.about.join(", ") : t("about_all")} ·{" "}
          {t("until", { time: exactTime(one.until_at) })}
        </p>
      </div>
      <Button onClick={over}>{t("works_again")}</Button>
    </li>
  );
}
