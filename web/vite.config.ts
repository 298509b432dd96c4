import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import react from "@vitejs/plugin-react";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { defineConfig } from "vitest/config";

// `npm run dev` speaks to a running server; MODISTE_URL says where it is.
const server = process.env.MODISTE_URL ?? "http://127.0.0.1:8080";
const proxied = ["/v1", "/images", "/healthz", "/readyz", "/docs", "/openapi.json"];

// The fonts' licence asks to travel with them.
function fontLicences(): Plugin {
  const require = createRequire(import.meta.url);
  return {
    name: "font-licences",
    generateBundle() {
      for (const font of ["cormorant", "hanken-grotesk"]) {
        const source = readFileSync(require.resolve(`@fontsource-variable/${font}/LICENSE`), "utf8");
        this.emitFile({ type: "asset", fileName: `assets/${font}-OFL.txt`, source });
      }
    },
  };
}

// The two upright fonts are on every page: they are asked for together with the style sheet, not after it.
function preloadFonts(): Plugin {
  return {
    name: "preload-fonts",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle = {} }): HtmlTagDescriptor[] {
        return Object.keys(bundle)
          .filter((name) => name.endsWith(".woff2") && name.includes("normal"))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", type: "font/woff2", href: `/${name}`, crossorigin: "" },
            injectTo: "head-prepend",
          }));
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), preloadFonts(), fontLicences()],
  build: {
    outDir: "dist",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: server }])) },
  test: { include: ["src/**/*.test.ts"], environment: "node", setupFiles: ["src/testing/window.ts"] },
});
