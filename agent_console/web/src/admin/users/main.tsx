import { show } from "../../page.tsx";
import "../frame/admin.css";
import { UsersPage } from "./UsersPage.tsx";

show(<UsersPage />);
