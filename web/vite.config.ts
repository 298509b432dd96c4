import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` speaks to a running server; MODISTE_URL says where it is.
const server = process.env.MODISTE_URL ?? "http://127.0.0.1:8080";
const proxied = ["/v1", "/images", "/healthz", "/readyz", "/docs", "/openapi.yaml"];

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: server }])) },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
