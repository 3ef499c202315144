import { show } from "../../page.tsx";
import "../frame/admin.css";
import "./accounts.css";
import { AccountsPage } from "./AccountsPage.tsx";

show(<AccountsPage />);
