import { describe, expect, it } from "vitest";

import { t } from "../locale";
import { agoWords, compareSizes, dayWords, humanTerm, money, reduction, timeWords } from "./format";

describe("money", () => {
  it.each([
    [52, "USD", "$52"],
    [56.99, "USD", "$56.99"],
    [1234.5, "EUR", "€1,234.50"],
    [0, "GBP", "£0"],
  ] as const)("%d %s", (amount, currency, words) => expect(money(amount, currency)).toBe(words));
  it("still says something in a currency nobody knows", () => {
    expect(money(12, "not a code")).toBe("12 not a code");
    expect(money(12.5, "")).toBe("12.50");
  });
});

describe("reduction", () => {
  it("is said only when there is one", () => {
    expect(reduction(75, 100)).toBe("−25%");
    expect(reduction(100, 100)).toBe("");
    expect(reduction(100, 90)).toBe("");
    expect(reduction(100, undefined)).toBe("");
    expect(reduction(99.9, 100)).toBe("");
  });
});

describe("words", () => {
  it("are written for people", () => {
    expect(humanTerm("t-shirt")).toBe("T-shirt");
    expect(humanTerm("long_sleeve")).toBe("Long sleeve");
    expect(humanTerm("light-blue")).toBe("Light blue");
    expect(humanTerm("v-neck")).toBe("V-neck");
    expect(humanTerm("avant-garde")).toBe("Avant-garde");
    expect(humanTerm("")).toBe("");
    expect(t.plural(1, "pass", "passes")).toBe("1 pass");
    expect(t.plural(2000, "pass", "passes")).toBe("2,000 passes");
    expect(t.list(["linen", "navy", "wool"])).toBe("linen, navy, and wool");
  });
});

describe("compareSizes", () => {
  it("lays sizes out as shops do", () => {
    const sizes = ["XL", "34", "S", "One size", "28", "XS", "M", "EU 42", "XXL", "L", "6.5"];
    expect(sizes.sort(compareSizes)).toEqual([
      "XS",
      "S",
      "M",
      "L",
      "XL",
      "XXL",
      "6.5",
      "28",
      "34",
      "EU 42",
      "One size",
    ]);
  });
});

describe("times", () => {
  const now = new Date(2026, 10, 27, 0, 30);
  it.each([
    [new Date(2026, 10, 27, 0, 10), "today"],
    [new Date(2026, 10, 26, 23, 50), "yesterday"],
    [new Date(2026, 10, 21, 12), "6 days ago"],
    [new Date(2026, 9, 27, 12), "4 weeks ago"],
    [new Date(2026, 5, 1), "in June 2026"],
    [new Date(2026, 10, 28), "today"],
  ])("%s was %s", (at, words) => expect(agoWords(at.toISOString(), now)).toBe(words));
  it("are written by the reader's own clock", () => {
    expect(dayWords(new Date(2026, 10, 7, 9, 5).toISOString())).toBe("7 November 2026");
    expect(timeWords(new Date(2026, 10, 7, 9, 5).toISOString())).toBe("09:05");
  });
  it("say nothing where there is none", () => {
    for (const words of [dayWords, timeWords, agoWords]) expect(words("not a date")).toBe("");
  });
});
