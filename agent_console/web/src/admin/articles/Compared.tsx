import { useEffect, useState } from "preact/hooks";
import { Button, Dialog, Skeleton } from "../../ui/index.ts";
import { diff } from "./diff.ts";
import { versionText, writing, type Document } from "./model.ts";
import { t } from "./texts.ts";

interface ComparedProps {
  number: number;
  onClose: () => void;
}

/** What an earlier version said, beside what is in the editor. */
export function Compared({ number, onClose }: ComparedProps) {
  const [before, setBefore] = useState<Document | "failed" | null>(null);
  useEffect(() => {
    versionText(number).then(setBefore, () => setBefore("failed"));
  }, [number]);
  const now = writing.value;
  return (
    <Dialog
      title={t("compared", { number })}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      {before === null && <Skeleton lines={[90, 80, 95]} />}
      {before === "failed" && <p role="alert">{t("no_answer_why")}</p>}
      {before && before !== "failed" && now && <Lines before={before} now={now} />}
    </Dialog>
  );
}

const MARKS = { same: " ", out: "−", in: "+" } as const;

function Lines({ before, now }: { before: Document; now: Document }) {
  const lines = diff(whole(before), whole(now));
  if (lines.every((one) => one.is === "same")) return <p>{t("nothing_changed")}</p>;
  return (
    <ol class="diff">
      {lines.map((one, at) => (
        <li key={at} class={`diff-${one.is}`}>
          <span aria-hidden="true">{MARKS[one.is]}</span>
          {one.is !== "same" && (
            <span class="sr">{t(one.is === "in" ? "put_in" : "taken_out")}</span>
          )}
          {one.text || " "}
        </li>
      ))}
    </ol>
  );
}

const whole = (one: Document): string =>
  [one.title, ...one.questions, one.tags.join(", "), one.body].join("\n");
