import { show } from "../../page.tsx";
import "../frame/admin.css";
import { WidgetPage } from "./WidgetPage.tsx";

show(<WidgetPage />);
