import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** One classic script: a page may load it with or without `type="module"`. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: here("../static"),
    emptyOutDir: true,
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
    },
    lib: {
      entry: here("src/main.ts"),
      formats: ["iife"],
      name: "BankChat",
      fileName: () => "widget.js",
    },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
});
