import { show } from "../../page.tsx";
import "../frame/admin.css";
import "./flows.css";
import { FlowsPage } from "./FlowsPage.tsx";

show(<FlowsPage />);
