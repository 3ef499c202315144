import { timeZone } from "../i18n/index.ts";
import { show } from "../page.tsx";
import { Help } from "./Help.tsx";
import "./help.css";

// Readers are anywhere: times are those of their own clock.
timeZone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
show(<Help />);
