import { describe, expect, it } from "vitest";

import { modeOf, whyWords } from "./why";

const kSilent = { reasons: [], parts: [], explored: false };

describe("whyWords", () => {
  it("are the engine's own where it gives some", () => {
    expect(whyWords({ ...kSilent, explored: true, reasons: ["You lean to linen"] })).toEqual([
      "You lean to linen",
    ]);
  });
  it("are what the largest part of the score says where it gives none", () => {
    const parts = [
      { name: "content", weight: 0.9, value: 0.1 },
      { name: "visual", weight: 0.3, value: 0.8 },
    ];
    expect(whyWords({ ...kSilent, parts })).toEqual(["Looks like what you like"]);
    expect(whyWords({ ...kSilent, parts, explored: true })).toEqual(["A guess, to learn what you like"]);
  });
  it("are none where nothing is known, rather than made up", () => {
    expect(whyWords(kSilent)).toEqual([]);
    expect(whyWords({ ...kSilent, parts: [{ name: "content", weight: 0.5, value: 0 }] })).toEqual([]);
    expect(whyWords({ ...kSilent, parts: [{ name: "a new part", weight: 1, value: 1 }] })).toEqual([]);
  });
});

describe("modeOf", () => {
  const modes = [{ name: "Romantic · Red" }, { name: "Romantic · Red · Dresses" }];
  it("is the style that a reason names, whole", () => {
    expect(modeOf(["New here", "Your style “Romantic · Red · Dresses” leans to silk"], modes)).toBe(modes[1]);
  });
  it("is none where no reason names one she has", () => {
    expect(modeOf(["You lean to Romantic · Red"], modes)).toBeUndefined();
    expect(modeOf(["Your style “Sporty” leans to jersey"], modes)).toBeUndefined();
    expect(modeOf([], modes)).toBeUndefined();
  });
});
