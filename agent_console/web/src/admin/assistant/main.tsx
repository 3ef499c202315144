import { show } from "../../page.tsx";
import "../frame/admin.css";
import "./assistant.css";
import { AssistantPage } from "./AssistantPage.tsx";

show(<AssistantPage />);
