import { t } from "../i18n/common.ts";
import { Button } from "../ui/index.ts";
import type { OlderPages } from "./older.ts";

/** On top of a log: what came before, for those who do not scroll. Nothing when all is there. */
export function OlderButton({ older, id }: { older: OlderPages; id: string }) {
  if (!older.has(id)) return null;
  const busy = older.loading.value.has(id);
  return (
    <div class="ev">
      <Button size="s" kind="ghost" aria-disabled={busy} onClick={() => void older.load(id)}>
        {t(busy ? "loading_older" : "load_older")}
      </Button>
    </div>
  );
}
