import type { ContactView } from "../../contract.ts";
import { EndDialog, HelpDialog, LeaveDialog } from "../talk/dialogs.tsx";
import { asked } from "../talk/asked.ts";
import { callDialog } from "./acts.ts";
import { CallBar } from "./CallBar.tsx";
import { CallHead } from "./CallHead.tsx";
import { CallLog } from "./CallLog.tsx";
import { CallNotes } from "./CallNotes.tsx";
import { CallPath } from "./CallPath.tsx";
import { GoalDialog } from "./GoalDialog.tsx";
import { Keypad } from "./Keypad.tsx";
import { Notices } from "./Notices.tsx";
import { RefuseDialog } from "./Recording.tsx";
import { RemoveNumber, SaveNumber } from "./SavedNumber.tsx";
import { Together } from "./Together.tsx";
import "./calls.css";

/** A call: its bar, how it came here, who is on the line, what was said, notes. */
export function CallTalk({ contact }: { contact: ContactView }) {
  const { call } = contact;
  return (
    <div class="talk call-talk">
      <CallHead contact={contact} />
      {call && (
        <div class="callzone">
          <CallBar contact={contact} call={call} />
          <Notices contact={contact} call={call} />
          <Together contact={contact} call={call} />
          <CallPath contact={contact} call={call} />
        </div>
      )}
      <CallLog contact={contact} />
      <div class="dock">
        <CallNotes contact={contact} />
      </div>
      <Dialogs contact={contact} />
    </div>
  );
}

function Dialogs({ contact }: { contact: ContactView }) {
  const close = (): void => {
    callDialog.value = null;
    asked.value = null;
  };
  const what = callDialog.value;
  if (what === "keypad") return <Keypad contact={contact} onClose={close} />;
  if (what === "refuse_recording") return <RefuseDialog contact={contact} onClose={close} />;
  if (what === "save_number") return <SaveNumber contact={contact} onClose={close} />;
  if (what === "remove_number") return <RemoveNumber contact={contact} onClose={close} />;
  if (what) return <GoalDialog key={what} what={what} contact={contact} onClose={close} />;
  if (asked.value === "help") return <HelpDialog contact={contact} onClose={close} />;
  if (asked.value === "end") return <EndDialog contact={contact} onClose={close} />;
  if (asked.value === "leave") return <LeaveDialog contact={contact} onClose={close} />;
  return null;
}
