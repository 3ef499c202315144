import { show } from "../page.tsx";
import "./signin.css";
import { SignIn } from "./SignIn.tsx";

show(<SignIn />);
