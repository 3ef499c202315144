/** The JSON that hub and console exchange. The Python twin is agent_console/views.
 *
 * Feed (Socket.IO, path /console/socket.io): the page emits `hello {topic}`; the server answers
 * with a `snapshot`, then sends `feed` increments. An increment names the position before; if that
 * is not the page's own position the page emits `hello` again: one start-up path, no special
 * recovery.
 *
 * All times are UTC epoch seconds. All ids are opaque strings.
 */

export * from "./contract/banking.ts";
export * from "./contract/calls.ts";
export * from "./contract/words.ts";
export * from "./contract/frames.ts";
export * from "./contract/desk.ts";
export * from "./contract/work.ts";
export * from "./contract/record.ts";
export * from "./contract/wallboard.ts";
