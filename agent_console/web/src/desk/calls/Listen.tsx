import { useState } from "preact/hooks";
import { Button } from "../../ui/index.ts";
import { Recordings } from "./Player.tsx";
import { t } from "./texts.ts";

/** Recordings of an earlier call, fetched when they are asked for. */
export function Listen({ contactId }: { contactId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="s"
        kind="ghost"
        icon="play"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t(open ? "hide_recordings" : "listen")}
      </Button>
      {open && <Recordings contactId={contactId} />}
    </>
  );
}
