import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { mockServer } from "./dev/server.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Every *.html beside this file is a page. */
const pages = readdirSync(here("."))
  .filter((name) => name.endsWith(".html"))
  .map(here);

export default defineConfig(({ mode }) => ({
  base: "/static/console/",
  publicDir: false,
  plugins: mode === "mock" ? [mockServer()] : [],
  resolve: {
    alias: {
      "#socket": here(mode === "mock" ? "dev/socket.ts" : "src/feed/socket.ts"),
    },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: here("../static"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"] },
}));
