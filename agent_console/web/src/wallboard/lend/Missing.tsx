import type { QueueTile } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { Button, Icon } from "../../ui/index.ts";
import { may } from "../model/store.ts";
import { helping, skillWords } from "./lend.ts";
import { t } from "./texts.ts";

/** On the tile: what nobody signed in has, and the way to help. */
export function Missing({ tile }: { tile: QueueTile }) {
  if (tile.missing.length === 0) return null;
  const waiting = tile.missing.reduce((sum, one) => sum + one.waiting, 0);
  const words = tile.missing.map((one) => skillWords(one.skills)).filter(Boolean);
  return (
    <div class="missing" role="status">
      <p>
        <Icon name="alert" size={14} class="breach" />
        <b class="fw6">
          {words.length > 0 ? t("nobody_has", { skills: words.join(", ") }) : t("nobody_here")}
        </b>
        <span class="t3">{t("waiting_for_it", { count: waiting })}</span>
      </p>
      {may("lend_agents") && (
        <Button
          size="s"
          title={t("get_help_for", { queue: both(tile.name) })}
          onClick={() => (helping.value = tile.id)}
        >
          {t("get_help")}
        </Button>
      )}
    </div>
  );
}
