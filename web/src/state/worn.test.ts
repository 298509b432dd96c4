import { expect, test } from "vitest";

import { hasWornView, mayBeDrawn, wornView } from "./worn";

test("only an SVG may be a drawing", () => {
  expect(mayBeDrawn("images/a1.svg")).toBe(true);
  expect(mayBeDrawn("images/a1.jpg")).toBe(false);
  expect(mayBeDrawn("")).toBe(false);
});

test("a drawing is worn where it has the view", () => {
  expect(hasWornView("<svg><view id='worn' viewBox='0 0 1 1'/></svg>")).toBe(true);
  expect(hasWornView('<svg><view viewBox="0 0 1 1" id="worn"/></svg>')).toBe(true);
  expect(hasWornView("<svg><g id='worn'/></svg>")).toBe(false);
  expect(wornView("images/a1.svg")).toBe("/images/a1.svg#worn");
});
