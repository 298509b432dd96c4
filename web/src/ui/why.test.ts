import { describe, expect, it } from "vitest";

import type { Reason } from "../api/types";
import { modeOf, whyWords } from "./why";

const SILENT = { reasons: [], score_breakdown: [], explored: false };

describe("whyWords", () => {
  it("are the shop's own where it gives some", () => {
    expect(
      whyWords({
        ...SILENT,
        explored: true,
        reasons: [{ code: "likes_terms", args: {}, text: "You lean to linen" }],
      }),
    ).toEqual(["You lean to linen"]);
  });
  it("are what the largest part of the score says where it gives none", () => {
    const score_breakdown = [
      { name: "content", weight: 0.9, value: 0.1 },
      { name: "visual", weight: 0.3, value: 0.8 },
    ];
    expect(whyWords({ ...SILENT, score_breakdown })).toEqual(["Chosen by how it looks"]);
    expect(whyWords({ ...SILENT, score_breakdown, explored: true })).toEqual([
      "A guess, to learn what you like",
    ]);
  });
  it("are empty where nothing is known, rather than made up", () => {
    expect(whyWords(SILENT)).toEqual([]);
    expect(whyWords({ ...SILENT, score_breakdown: [{ name: "content", weight: 0.5, value: 0 }] })).toEqual(
      [],
    );
    expect(whyWords({ ...SILENT, score_breakdown: [{ name: "a new part", weight: 1, value: 1 }] })).toEqual(
      [],
    );
  });
});

describe("modeOf", () => {
  const modes = [{ name: "Romantic · Red" }, { name: "Romantic · Red · Dresses" }];
  const about = (style: string, code: Reason["code"] = "style_likes_terms"): Reason => ({
    code,
    args: { style },
    text: "",
  });
  it("is the style that a reason is about", () => {
    expect(
      modeOf([about("Romantic · Red", "liked_in_style"), about("Romantic · Red · Dresses")], modes),
    ).toBe(modes[1]);
  });
  it("is undefined where no reason is about a mode of the shopper", () => {
    expect(modeOf([about("Sporty")], modes)).toBeUndefined();
    expect(modeOf([], modes)).toBeUndefined();
  });
});
