import { useEffect, useState } from "preact/hooks";
import type { Both } from "../../../contract.ts";
import { both, exactTime } from "../../../i18n/index.ts";
import { http } from "../../../lib/http.ts";
import { Badge, Button, ChannelTile, Empty, Skeleton, toast } from "../../../ui/index.ts";
import { t } from "../../hands/texts.ts";

interface Block {
  id: string;
  channel: string;
  reason: "abuse" | "spam";
  by_name: Both | null;
  at: number;
  until: number;
  reviewed_at: number | null;
  lifted_at: number | null;
  in_force: boolean;
}

type Loaded = readonly Block[] | "loading" | "failed";

/** Addresses that may not write for a time: a supervisor looks at each. */
export function BlocksView() {
  const [blocks, setBlocks] = useState<Loaded>("loading");
  const load = (): void => {
    http<{ blocks: Block[] }>("GET", "/api/blocks").then(
      (answer) => setBlocks(answer.blocks),
      () => setBlocks("failed"),
    );
  };
  useEffect(load, []);
  return (
    <>
      <header class="view-h">
        <h1>{t("blocks")}</h1>
      </header>
      <div class="view-b scroll">
        <List blocks={blocks} again={load} />
      </div>
    </>
  );
}

function List({ blocks, again }: { blocks: Loaded; again: () => void }) {
  if (blocks === "loading") return <Skeleton lines={[90, 70, 90]} />;
  if (blocks === "failed") {
    return (
      <Empty icon="alert" title={t("blocks_failed")}>
        <Button onClick={again}>{t("try_again")}</Button>
      </Empty>
    );
  }
  if (blocks.length === 0) {
    return <Empty icon="message-off" title={t("no_blocks")} text={t("no_blocks_more")} />;
  }
  return (
    <ul class="tasks" aria-label={t("blocks")}>
      {blocks.map((one) => (
        <Row key={one.id} block={one} again={again} />
      ))}
    </ul>
  );
}

async function review(block: Block, lift: boolean, again: () => void): Promise<void> {
  try {
    await http("POST", "/api/blocks/review", { block_id: block.id, lift });
    toast({ tone: "ok", title: t(lift ? "block_lifted" : "block_kept") });
  } catch {
    toast({ tone: "bad", title: t("block_not_changed") });
  }
  again();
}

function Row({ block, again }: { block: Block; again: () => void }) {
  const by = both(block.by_name ?? { en: "", zh: "" });
  return (
    <li class="task row row-3">
      <ChannelTile channel={block.channel} size={32} />
      <div class="grow">
        <div class="row row-1">
          <b class="fw6">{t(`code_${block.reason}`)}</b>
          <Badge tone={block.in_force ? "risk" : "line"}>{t(stateOf(block))}</Badge>
          {block.in_force && block.reviewed_at !== null && (
            <Badge tone="ok">{t("block_reviewed")}</Badge>
          )}
        </div>
        <div class="t12 t2">
          {t("block_line", { by, at: exactTime(block.at), until: exactTime(block.until) })}
        </div>
      </div>
      {block.in_force && (
        <>
          {block.reviewed_at === null && (
            <Button size="s" onClick={() => void review(block, false, again)}>
              {t("keep_block")}
            </Button>
          )}
          <Button size="s" onClick={() => void review(block, true, again)}>
            {t("lift_block")}
          </Button>
        </>
      )}
    </li>
  );
}

function stateOf(block: Block): "block_in_force" | "block_was_lifted" | "block_over" {
  if (block.in_force) return "block_in_force";
  return block.lifted_at !== null && block.lifted_at < block.until
    ? "block_was_lifted"
    : "block_over";
}
