import { show } from "../../page.tsx";
import "../frame/admin.css";
import "./replies.css";
import { RepliesPage } from "./RepliesPage.tsx";

show(<RepliesPage />);
