import { useId } from "preact/hooks";
import { Icon } from "../ui/index.ts";
import { focusChild, moved } from "../ui/roving.ts";
import { t } from "./texts.ts";

const SCORES = [1, 2, 3, 4, 5] as const;
type Score = (typeof SCORES)[number];

const word = (score: Score): string => t(`word_${score}`);

interface StarsProps {
  /** 0 while nothing is chosen. */
  score: number;
  onChoose: (score: number) => void;
  error: boolean;
}

/** Five stars as a radio group: arrows choose, the word of the choice is said below. */
export function Stars({ score, onChoose, error }: StarsProps) {
  const below = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = moved(event, score === 0 ? -1 : score - 1, SCORES.length);
    if (to === null) return;
    event.preventDefault();
    onChoose(to + 1);
    focusChild(event.currentTarget as Element, to, '[role="radio"]');
  };
  const chosen = SCORES.find((one) => one === score);
  return (
    <div>
      <div
        class="stars"
        role="radiogroup"
        aria-label={t("your_rating")}
        aria-describedby={below}
        aria-invalid={error}
        onKeyDown={onKeyDown}
      >
        {SCORES.map((one) => (
          <button
            key={one}
            type="button"
            role="radio"
            class={one <= score ? "on" : ""}
            aria-checked={one === score}
            aria-label={t("star", { count: one, word: word(one) })}
            tabIndex={one === (score || 1) ? 0 : -1}
            onClick={() => onChoose(one)}
          >
            <Icon name="star" />
          </button>
        ))}
      </div>
      <div class="ends" id={below}>
        {error ? (
          <span class="err" role="alert">
            <Icon name="alert" size={14} />
            {t("need_rating")}
          </span>
        ) : (
          <>
            <span>{t("low_end")}</span>
            {chosen && chosen > 1 && chosen < 5 && <b>{word(chosen)}</b>}
            <span>{t("high_end")}</span>
          </>
        )}
      </div>
    </div>
  );
}
