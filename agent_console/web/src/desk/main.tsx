import { show } from "../page.tsx";

show(<p>desk</p>);
