// Type-aware rules of typescript-eslint, the rules of React, accessibility, and names as TypeScript writes them.
// Layout is Prettier's alone.
import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(globalIgnores(["dist", "src/api/schema.d.ts"]), js.configs.recommended, {
  files: ["**/*.{ts,tsx}"],
  extends: [
    tseslint.configs.recommendedTypeChecked,
    jsxA11y.flatConfigs.recommended,
    reactHooks.configs.flat["recommended-latest"],
  ],
  languageOptions: { parserOptions: { projectService: true } },
  rules: {
    "@typescript-eslint/naming-convention": [
      "error",
      {
        selector: "variable",
        format: ["camelCase", "PascalCase", "UPPER_CASE"],
        custom: { regex: "^k[A-Z]", match: false },
        filter: { regex: "^(_|[a-z]+(_[a-z]+)+)$", match: false }, // members of the API keep their names
      },
      { selector: "function", format: ["camelCase", "PascalCase"] },
      { selector: "typeLike", format: ["PascalCase"] },
      { selector: "classProperty", format: ["camelCase", "UPPER_CASE"] },
      { selector: "classMethod", format: ["camelCase"] },
    ],
  },
});
