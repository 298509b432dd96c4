import { expect, test } from "vitest";

import { fewLeft, isSoldOut } from "./stock";

test("pieces that are counted", () => {
  expect(isSoldOut({ stock: 0 })).toBe(true);
  expect(isSoldOut({ stock: 2 })).toBe(false);
  expect(fewLeft({ stock: 2 })).toBe(2);
  expect(fewLeft({ stock: 40 })).toBeNull();
});

test("pieces that are not counted for browsers", () => {
  expect(isSoldOut({ availability: "out" })).toBe(true);
  expect(isSoldOut({ availability: "low" })).toBe(false);
  expect(fewLeft({ availability: "low" })).toBe(0);
  expect(fewLeft({ availability: "in_stock" })).toBeNull();
});
