/** `later.js`: what few talks need. The widget fetches it when it is wanted (`view/shown`). */

import style from "./later.css?inline";

export { help } from "./help.ts";
export { rating } from "./rating.ts";
export { style };
