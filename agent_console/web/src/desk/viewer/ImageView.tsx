import { useState } from "preact/hooks";
import { percent } from "../../i18n/index.ts";
import { Button, IconButton } from "../../ui/index.ts";
import type { StoredFile } from "./kinds.ts";
import { t } from "./texts.ts";

const STEP = 1.25;
const LEAST = 0.25;
const MOST = 8;
const QUARTER = 90;

/** A picture that is turned and looked at closely; the file stays as it is. */
export function ImageView({ file, onFailed }: { file: StoredFile; onFailed: () => void }) {
  const [scale, setScale] = useState(1);
  const [turned, setTurned] = useState(0);
  const zoom = (by: number): void => setScale(Math.min(MOST, Math.max(LEAST, scale * by)));
  return (
    <>
      <div class="viewer-tools" role="toolbar" aria-label={t("tools")}>
        <IconButton icon="minus" label={t("zoom_out")} onClick={() => zoom(1 / STEP)} />
        <span class="tnum viewer-zoom" role="status">
          {percent(scale)}
        </span>
        <IconButton icon="plus" label={t("zoom_in")} onClick={() => zoom(STEP)} />
        <Button
          size="s"
          onClick={() => {
            setScale(1);
            setTurned(0);
          }}
        >
          {t("fit")}
        </Button>
        <IconButton
          icon="reply"
          label={t("turn_left")}
          onClick={() => setTurned(turned - QUARTER)}
        />
        <IconButton
          icon="refresh"
          label={t("turn_right")}
          onClick={() => setTurned(turned + QUARTER)}
        />
      </div>
      <div class="viewer-stage" tabIndex={0} role="region" aria-label={file.name}>
        <img
          src={`${file.href}&view=1`}
          alt={file.name}
          style={{ transform: `rotate(${turned}deg)`, width: `${scale * 100}%` }}
          onError={onFailed}
        />
      </div>
    </>
  );
}
