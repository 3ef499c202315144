import { useId, useRef, useState } from "preact/hooks";
import { both } from "../i18n/index.ts";
import { Avatar, Banner, Button, Icon, Tick } from "../ui/index.ts";
import { COMMENT_MAX, send, sending, type SurveyView, trouble, type Wish } from "./model.ts";
import { Stars } from "./Stars.tsx";
import { t } from "./texts.ts";

const KNOWN_TAGS = ["solved", "fast", "friendly", "clear"] as const;
type Tag = (typeof KNOWN_TAGS)[number];

export function SurveyForm({ survey }: { survey: SurveyView }) {
  const [score, setScore] = useState(0);
  const [tags, setTags] = useState<readonly Tag[]>([]);
  const [comment, setComment] = useState("");
  const [wishes, setWishes] = useState<readonly Wish[]>([]);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    const answer = { score, tags: [...tags], comment: comment.trim(), wishes: [...wishes] };
    if (score > 0) void send(answer);
    else form.current?.querySelector<HTMLElement>('[role="radio"]')?.focus();
  };
  return (
    <main class="sv">
      <form ref={form} noValidate onSubmit={submit}>
        <div>
          <p class="t14 t3">{t("lead")}</p>
          <h1>{question(survey.channel)}</h1>
        </div>
        <With survey={survey} />
        <Stars score={score} onChoose={setScore} error={tried && score === 0} />
        {score > 0 && <Tags survey={survey} score={score} tags={tags} onChange={setTags} />}
        <Comment text={comment} onInput={setComment} />
        <Wishes offered={survey.wishes} wishes={wishes} onChange={setWishes} />
        {trouble.value && <Stopped />}
        <Button
          type="submit"
          size="xl"
          kind="primary"
          wide
          class="send"
          aria-disabled={sending.value}
        >
          {t(sending.value ? "sending" : trouble.value ? "try_again" : "send")}
        </Button>
      </form>
    </main>
  );
}

function question(channel: string): string {
  if (channel === "web_chat") return t("ask_web_chat");
  return t(channel === "phone" ? "ask_phone" : "ask_other");
}

/** Whom the customer talked to; nothing where only the bot answered. */
function With({ survey }: { survey: SurveyView }) {
  if (!survey.agent) return null;
  const name = both(survey.agent);
  return (
    <div class="with">
      <Avatar name={name} seed={survey.agent.en} size={36} />
      <div>
        <b class="fw6">{name}</b>
        {survey.queue && <div class="t3">{both(survey.queue)}</div>}
      </div>
    </div>
  );
}

interface TagsProps {
  survey: SurveyView;
  score: number;
  tags: readonly Tag[];
  onChange: (tags: readonly Tag[]) => void;
}

function Tags({ survey, score, tags, onChange }: TagsProps) {
  const offered = KNOWN_TAGS.filter((tag) => survey.tags.includes(tag));
  const toggle = (tag: Tag): void =>
    onChange(tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag]);
  return (
    <fieldset>
      <legend>
        <h2>{t(score >= 4 ? "what_went_well" : "what_if_anything")}</h2>
      </legend>
      <div class="chips">
        {offered.map((tag) => (
          <button
            key={tag}
            type="button"
            class="chip chip-xl"
            aria-pressed={tags.includes(tag)}
            onClick={() => toggle(tag)}
          >
            {tags.includes(tag) && <Icon name="check" size={14} />}
            {t(`tag_${tag}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function Comment({ text, onInput }: { text: string; onInput: (text: string) => void }) {
  const id = useId();
  const left = COMMENT_MAX - text.length;
  return (
    <div>
      <label for={id}>
        <h2>
          {t("anything_to_add")} <span class="t3 plain">{t("optional")}</span>
        </h2>
      </label>
      <textarea
        class="in"
        id={id}
        rows={3}
        maxLength={COMMENT_MAX}
        value={text}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p class="t14 t3" id={`${id}-hint`}>
        {left < 200 ? t("letters_left", { count: left }) : t("leave_out")}
      </p>
    </div>
  );
}

interface WishesProps {
  offered: readonly Wish[];
  wishes: readonly Wish[];
  onChange: (wishes: readonly Wish[]) => void;
}

/** To be called, and not to be asked again: only what can be granted is offered. */
function Wishes({ offered, wishes, onChange }: WishesProps) {
  if (!offered.length) return null;
  const toggle = (wish: Wish): void =>
    onChange(wishes.includes(wish) ? wishes.filter((one) => one !== wish) : [...wishes, wish]);
  return (
    <div class="wishes">
      {offered.toReversed().map((wish) => (
        <Tick
          key={wish}
          label={t(wish)}
          checked={wishes.includes(wish)}
          onChange={() => toggle(wish)}
        />
      ))}
    </div>
  );
}

/** The answer did not arrive: what was chosen is still here. */
function Stopped() {
  const offline = trouble.value === "offline";
  return (
    <Banner tone="bad" icon="alert" role="alert">
      <b class="fw6">{t(offline ? "offline" : "refused")}</b>{" "}
      {t(offline ? "offline_more" : "refused_more")}
    </Banner>
  );
}
