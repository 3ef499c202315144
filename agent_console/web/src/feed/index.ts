/** The live feed and what every page does with it. */
export { apply, follow, withMessage, withOlder } from "./apply.ts";
export { openFeed, type Answer, type Feed, type Link } from "./feed.ts";
export { LinkBanner } from "./LinkBanner.tsx";
export { olderPages } from "./older.ts";
export { OlderButton } from "./OlderButton.tsx";
export { done, remedy } from "./problem.ts";
