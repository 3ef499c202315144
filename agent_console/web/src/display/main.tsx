import { show } from "../page.tsx";
import { Display } from "./Display.tsx";
import "./display.css";

show(<Display />);
