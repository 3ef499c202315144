import { learnCsrf, whoAmI } from "../lib/http.ts";
import { show } from "../page.tsx";
import "./desk.css";
import "./talk.css";
import "./record.css";
import "./record/banking/banking.css";
import "./record/identity/identity.css";
import "./zoomed.css";

const me = await whoAmI();
if (me === null) {
  location.replace("/sign-in?next=/console");
} else {
  learnCsrf(me.csrf);
  // the feed opens with its module: only for a person who is signed in
  const { Desk } = await import("./Desk.tsx");
  show(<Desk me={me} />);
}
