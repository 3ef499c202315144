import { show } from "../../page.tsx";
import "../frame/admin.css";
import { AuditPage } from "./AuditPage.tsx";

show(<AuditPage />);
