import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Names of ours alone: no frame, no DOM and no bank's page knows them, so they may be short. */
const OURS =
  /^(memory|outbox|readSeq|isRated|isLive|lostAtMs|nextTryAtMs|skewSeconds|welcomed|unsent|reconsider|heardTab|setLang|inSight|openFile|changed|settled|isAsked|signedIn|typed|wake|connect|begin|opened|lost|heard|notice|rated|settle|choose)$/;

/** Built in a second run, as a module that the script fetches. */
const isLater = process.env.PART === "later";

/** One classic script: a page may load it with or without `type="module"`. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: here("../static"),
    emptyOutDir: !isLater,
    target: "es2023",
    // `light-dark()` and relative colours stay as they are written.
    cssTarget: ["chrome125", "firefox133", "safari18"],
    minify: "terser",
    terserOptions: {
      ecma: 2020,
      toplevel: true,
      compress: {
        passes: 4,
        unsafe_arrows: true,
        unsafe_methods: true,
        pure_getters: true,
        keep_fargs: false,
      },
      mangle: { properties: { regex: OURS } },
    },
    lib: {
      entry: here(isLater ? "src/later/main.ts" : "src/main.ts"),
      formats: [isLater ? "es" : "iife"],
      name: "BankChat",
      fileName: () => (isLater ? "later.js" : "widget.js"),
    },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
});
