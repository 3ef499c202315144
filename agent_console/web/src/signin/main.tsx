import { show } from "../page.tsx";
import "../admin/frame/admin.css";
import "./signin.css";
import { SignIn } from "./SignIn.tsx";

show(<SignIn />);
