import { describe, expect, it } from "vitest";

import type { AnswerItem, QueryReading } from "../api/types";
import { chipsOf, isUnmatched, notesOf } from "./search_understood";

const reading: QueryReading = {
  text: "linen dress without pockets under 50",
  corrected: "linen dress without pockets under 50",
  mended: [{ written: "linnen", read: "linen" }],
  terms: [
    {
      facet: "fabric",
      term: "linen",
      label: "Linen",
      words: "linen",
      wanted: true,
      without: "dress without pockets under 50",
    },
    {
      facet: "word",
      term: "pockets",
      label: "pockets",
      words: "pockets",
      wanted: false,
      without: "linen dress under 50",
    },
  ],
  price_max: 50,
  currency: "",
  sizes: ["M"],
  without_prices: "linen dress without pockets",
  without_sizes: "linen dress",
  relaxed: ["price", "colour"],
  ignored: [],
};

describe("what was understood", () => {
  it("is a chip for each part, with the query without it", () => {
    const chips = chipsOf(reading, "EUR", "linnen dress without pockets under 50");
    expect(chips[0]?.literal).toBe(true);
    expect(chips[0]?.takeBack).toContain("as written");
    expect(chips.map(({ label, without }) => [label, without])).toEqual([
      ["“linnen” read as “linen”", "linnen dress without pockets under 50"],
      ["Linen", "dress without pockets under 50"],
      ["not pockets", "linen dress under 50"],
      ["up to €50", "linen dress without pockets"],
      ["size M", "linen dress"],
    ]);
  });
  it("says what was mended and what gave way", () => {
    expect(notesOf(reading, 9)).toEqual([
      "Nothing at this price: these are the nearest.",
      "None has this colour: these are the closest.",
    ]);
    expect(notesOf({ ...reading, corrected: undefined, relaxed: [] }, 9)).toEqual([]);
  });
  it("repeats a mended query only where no chip says what was mended", () => {
    expect(notesOf({ ...reading, mended: [], relaxed: [] }, 9)).toEqual([
      "Showing results for “linen dress without pockets under 50”.",
    ]);
  });
  it("does not deny what some garments have when only no garment has all", () => {
    const dress = { ...reading.terms[0]!, facet: "category" as const, term: "dress", label: "Dress" };
    const both = { ...reading, corrected: undefined, terms: [reading.terms[0]!, dress], relaxed: ["fabric"] };
    expect(notesOf(both, 9)).toEqual(["Nothing here is all of this: the closest differs in fabric."]);
  });
  it("admits guesses where no word was understood or found", () => {
    const none = { ...reading, mended: [], corrected: undefined, terms: [], sizes: [], price_max: undefined };
    const item = (...codes: string[]) => ({ reasons: codes.map((code) => ({ code })) }) as AnswerItem;
    expect(isUnmatched(none, [item(), item("likes_terms")])).toBe(true);
    expect(isUnmatched(none, [item(), item("says_words")])).toBe(false);
    expect(isUnmatched({ ...none, ignored: ["words"] }, [item()])).toBe(true);
    expect(notesOf({ ...none, ignored: ["words"], relaxed: [] }, 1)).toEqual([]);
    expect(isUnmatched(none, [])).toBe(false);
    expect(isUnmatched(reading, [item()])).toBe(false);
  });
  it("says which kind the shop has none of", () => {
    const coat = {
      facet: "category",
      term: "rain-jacket",
      label: "Rain jacket",
      words: "raincoat",
      wanted: true,
      without: "",
    };
    const missing = { ...reading, terms: [coat], relaxed: ["category"] };
    expect(notesOf(missing, 3)).toEqual([
      "Nothing here is listed as “raincoat”: these are the nearest kinds.",
    ]);
    expect(notesOf(missing, 0)).toEqual(["Nothing here is listed as “raincoat”, or near it."]);
  });
});
