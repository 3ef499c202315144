import { show } from "../../page.tsx";
import "../frame/admin.css";
import { ArticlesPage } from "./ArticlesPage.tsx";
import "./articles.css";

show(<ArticlesPage />);
