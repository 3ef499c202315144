import type { CallView, ContactView } from "../../contract.ts";
import { Badge, Button, Dialog, Icon, Menu, toast, type MenuItem } from "../../ui/index.ts";
import { callDialog, record } from "./acts.ts";
import { can } from "./call.ts";
import { t } from "./texts.ts";

interface RecordingProps {
  contact: ContactView;
  call: CallView;
}

const LOOK = { on: "bad", paused: "risk", refused: "line", off: "line" } as const;

/** Is it recorded? With its menu: pause for card data, go on, or stop because it was refused. */
export function Recording({ contact, call }: RecordingProps) {
  if (!can(call, "recording")) return null;
  const { state } = call.recording;
  const badge = (
    <Badge tone={LOOK[state]}>
      {state === "on" && <span class="rec-dot" />}
      {t(`recording_${state}`)}
    </Badge>
  );
  const items = contact.my_role === "owner" ? choices(contact, call) : [];
  if (items.length === 0) return badge;
  return (
    <Menu class="rec-menu" label={`${t(`recording_${state}`)}. ${t("recording")}`} items={items}>
      {badge}
      <Icon name="down" size={12} />
    </Menu>
  );
}

function choices(contact: ContactView, call: CallView): MenuItem[] {
  const { state } = call.recording;
  const items: MenuItem[] = [];
  if (state === "on" && can(call, "recording_pause")) {
    items.push({
      id: "pause",
      label: t("recording_pause"),
      mark: <Icon name="pause" />,
      onPick: () => void pause(contact),
    });
  }
  if (state === "paused") {
    items.push({
      id: "resume",
      label: t("recording_resume"),
      mark: <Icon name="play" />,
      onPick: () => void record(contact, "resume"),
    });
  }
  if (state === "on" || state === "paused") {
    items.push({
      id: "refuse",
      label: t("recording_refuse"),
      mark: <Icon name="x" />,
      onPick: () => (callDialog.value = "refuse_recording"),
    });
  }
  return items;
}

async function pause(contact: ContactView): Promise<void> {
  if (!(await record(contact, "pause"))) return;
  toast({
    tone: "ok",
    title: t("recording_paused_now"),
    action: { label: t("recording_resume"), run: () => void record(contact, "resume") },
    seconds: 20,
  });
}

/** The customer does not want it: what was recorded of this call is not kept, the choice is. */
export function RefuseDialog({ contact, onClose }: { contact: ContactView; onClose: () => void }) {
  const submit = async (): Promise<void> => {
    if (await record(contact, "refuse")) onClose();
  };
  return (
    <Dialog
      title={t("refuse_title")}
      size="s"
      role="alertdialog"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="danger" type="submit" autoFocus>
            {t("recording_refuse")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("refuse_more")}</p>
    </Dialog>
  );
}
