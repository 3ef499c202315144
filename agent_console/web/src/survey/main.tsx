import { show } from "../page.tsx";
import "./survey.css";
import { Survey } from "./Survey.tsx";

show(<Survey />);
