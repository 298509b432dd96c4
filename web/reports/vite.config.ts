import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

// One self-contained page of all docs/reports/*.json: docs/reports/index.html.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [viteSingleFile()],
  build: { outDir: "../../docs/reports", emptyOutDir: false, target: "es2022" },
});
