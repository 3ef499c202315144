import { show } from "../page.tsx";
import "./styles/board.css";
import "./styles/cards.css";
import "./styles/people.css";
import "./styles/monitor.css";
import { Wallboard } from "./Wallboard.tsx";

show(<Wallboard />);
