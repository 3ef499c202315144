import { show } from "../page.tsx";
import "../survey/survey.css";
import "./secure.css";
import { Secure } from "./Secure.tsx";

show(<Secure />);
