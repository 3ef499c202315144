import { learnCsrf, whoAmI } from "../../lib/http.ts";
import { show } from "../../page.tsx";
import "../../admin/frame/admin.css";
import "../signin.css";
import { Ready } from "./Ready.tsx";

const me = await whoAmI();
if (me === null) location.replace("/sign-in?next=/console/ready");
else {
  learnCsrf(me.csrf);
  show(<Ready />);
}
