import { useEffect, useRef, useState } from "preact/hooks";
import type { RecordingView } from "../../contract.ts";
import { exactTime } from "../../i18n/index.ts";
import { http } from "../../lib/http.ts";
import { Badge, Button, Empty, Icon, Segmented, Skeleton } from "../../ui/index.ts";
import { callTime } from "./call.ts";
import { LegalHold } from "./LegalHold.tsx";
import { t } from "./texts.ts";
import "./player.css";

/** A moment of the call worth jumping to: a note that was written then. */
export interface Mark {
  at: number;
  label: string;
}

type Loaded = RecordingView[] | "loading" | "failed";

/** What was recorded of a contact. Each listening is written into the audit. */
export function Recordings({ contactId, marks = [] }: { contactId: string; marks?: Mark[] }) {
  const [loaded, setLoaded] = useState<Loaded>("loading");
  const load = (): void => {
    setLoaded("loading");
    http<{ recordings: RecordingView[] }>(
      "GET",
      `/api/recordings?contact_id=${encodeURIComponent(contactId)}`,
    ).then(
      (answer) => setLoaded(answer.recordings),
      () => setLoaded("failed"),
    );
  };
  useEffect(load, [contactId]);
  if (loaded === "loading") return <Skeleton lines={[60, 90]} />;
  if (loaded === "failed") {
    return (
      <Empty icon="alert" title={t("recordings_failed")}>
        <Button onClick={load}>{t("try_again")}</Button>
      </Empty>
    );
  }
  if (loaded.length === 0) return <p class="t12 t2 rec-none">{t("no_recordings")}</p>;
  return (
    <section class="recs" aria-label={t("recordings")}>
      <h3>{t("recordings")}</h3>
      {loaded.map((one) => (
        <One key={one.id} one={one} marks={marks} onExpired={load} />
      ))}
      <p class="t12 t3">{t("listening_logged")}</p>
    </section>
  );
}

interface OneProps {
  one: RecordingView;
  marks: Mark[];
  onExpired: () => void;
}

function One({ one, marks, onExpired }: OneProps) {
  const name = t(`recording_kind_${one.kind}`);
  return (
    <article class="rec" aria-label={`${name}, ${exactTime(one.started_at)}`}>
      <div class="row row-1 wrap">
        <Icon name={one.kind === "voicemail" ? "voicemail" : "phone"} size={14} />
        <b class="fw6">{name}</b>
        <span class="t12 t2 tnum">{exactTime(one.started_at)}</span>
        {one.seconds !== null && <span class="t12 t2 tnum">{callTime(one.seconds)}</span>}
        {one.paused.length > 0 && (
          <Badge tone="risk">{t("paused_spans", { count: one.paused.length })}</Badge>
        )}
        {one.legal_hold && (
          <Badge tone="blue" icon="lock">
            {t("legal_hold")}
          </Badge>
        )}
        <LegalHold one={one} onChanged={onExpired} />
      </div>
      {one.href ? (
        <Sound one={one} href={one.href} marks={marks} onExpired={onExpired} />
      ) : (
        <p class="t12 t2">{t(one.state === "lost" ? "recording_lost" : "recording_coming")}</p>
      )}
    </article>
  );
}

const SPEEDS = ["1", "1.25", "1.5", "2"] as const;

function Sound({ one, href, marks, onExpired }: OneProps & { href: string }) {
  const player = useRef<HTMLAudioElement>(null);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>("1");
  useEffect(() => {
    if (player.current) player.current.playbackRate = Number(speed);
  }, [speed]);
  const jump = (seconds: number): void => {
    if (!player.current) return;
    player.current.currentTime = seconds;
    void player.current.play();
  };
  const inside = placesOf(one, marks);
  return (
    <>
      <div class="row wrap">
        <audio
          ref={player}
          src={href}
          controls
          preload="none"
          aria-label={t(`recording_kind_${one.kind}`)}
          onError={onExpired}
        />
        <Segmented
          label={t("speed")}
          chosen={speed}
          onChoose={setSpeed}
          items={SPEEDS.map((id) => ({ id, label: `${id}×` }))}
        />
      </div>
      {inside.length > 0 && (
        <ul class="row wrap row-1" aria-label={t("jump_to_note")}>
          {inside.map((mark) => (
            <li key={mark.at}>
              <button type="button" class="chip" onClick={() => jump(mark.seconds)}>
                <Icon name="note" size={14} />
                <span class="tnum">{callTime(mark.seconds)}</span>
                <span class="trunc">{mark.label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Where the marks lie in the sound: what was paused is not in it. */
export function placesOf(
  one: Pick<RecordingView, "started_at" | "seconds" | "paused">,
  marks: readonly Mark[],
): Array<Mark & { seconds: number }> {
  const whole = one.seconds ?? 0;
  return marks
    .map((mark) => {
      const call = mark.at - one.started_at;
      const cut = one.paused.reduce(
        (sum, [from, to]) => sum + Math.max(0, Math.min(to, call) - Math.min(from, call)),
        0,
      );
      return { ...mark, seconds: call - cut };
    })
    .filter((mark) => mark.seconds >= 0 && mark.seconds <= whole);
}
