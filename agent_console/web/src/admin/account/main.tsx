import { show } from "../../page.tsx";
import "../frame/admin.css";
import { AccountPage } from "./AccountPage.tsx";

show(<AccountPage />);
