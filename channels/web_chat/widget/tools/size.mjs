// The promise to the bank's pages: the widget costs them at most 15 KB.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const MOST_BYTES = 15 * 1024;
const folder = process.argv[2] ?? join(import.meta.dirname, "../../static");
const bytes = gzipSync(readFileSync(join(folder, "widget.js")), { level: 9 }).length;
console.log(`widget.js: ${bytes} of ${MOST_BYTES} bytes gzipped`);
if (bytes > MOST_BYTES) process.exit(1);
