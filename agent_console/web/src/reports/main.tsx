import { show } from "../page.tsx";
import "./reports.css";
import { Reports } from "./Reports.tsx";

show(<Reports />);
