// The promise to the bank's pages: the widget costs them at most 15 KB; what few talks need comes
// later, in a file of its own, and has a limit of its own.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const MOST_BYTES = { "widget.js": 15 * 1024, "later.js": 5 * 1024 };
const folder = process.argv[2] ?? join(import.meta.dirname, "../../static");
for (const [name, most] of Object.entries(MOST_BYTES)) {
  const bytes = gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
  console.log(`${name}: ${bytes} of ${most} bytes gzipped`);
  if (bytes > most) process.exitCode = 1;
}
