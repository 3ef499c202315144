import { show } from "../page.tsx";
import { Help } from "./Help.tsx";
import "./help.css";

show(<Help />);
