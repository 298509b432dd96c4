import { createElement } from "react";
import { describe, expect, it } from "vitest";

import page from "../../../docs/degraded.md?raw";
import { t } from ".";
import { gaveWayWords, withoutPool } from "../pages/last_mile";
import { isWithoutOutfits } from "../pages/outfits";
import { announcement } from "../pages/swipe";
import { html } from "../testing/html";
import { facetWords, occasionWords } from "../ui/format";
import { Relaxed } from "../ui/relaxed";
import { unsaid } from "./en_outfits";
import type { AnswerItem, LooksAnswer } from "../api/types";

describe("what gave way", () => {
  const said = (words: Readonly<Record<string, string>>, ...degraded: string[]): string =>
    html(createElement(Relaxed, { degraded, words }));

  it("tells an outfit's budget from the shopper's limit for each garment", () => {
    expect(said(t.outfits.relaxed, "relaxed budget")).toContain("cheapest");
    expect(said(t.outfits.relaxed, "relaxed price limit")).toContain("highest price per item");
    expect(said(t.outfits.relaxed, "relaxed price limit")).not.toContain("cheapest");
  });
  // The page lists every value that the server sends; tools/check_names compares it with the server's code.
  const values = [...page.matchAll(/^\| `([a-z_ ]+)` \|/gm)].map(([, value = ""]) => value);
  const ofLooks = (value: string): boolean => /lookbook/.test(value);
  it("reads the page", () => {
    expect(values).toContain("relaxed passed_twice");
    expect(values.length).toBeGreaterThan(25);
  });
  it.each(values.filter((value) => !unsaid.includes(value)))("has a sentence: %s", (value) => {
    if (!ofLooks(value)) expect(said(t.outfits.relaxed, value)).toContain("<li>");
    expect(said(t.today.relaxed, value)).toContain("<li>");
  });
  it.each(unsaid)("says nothing of: %s", (value) => expect(said(t.outfits.relaxed, value)).toBe(""));
  it("says a sentence once", () => {
    expect(said(t.today.relaxed, "late visual", "late neighbours").match(/<li>/g)).toHaveLength(1);
  });
  it("names no budget that nobody gave for a look", () => {
    expect(said(t.today.relaxed, "relaxed budget")).not.toContain("cheapest");
  });
});

it("a whole outfit is not said to be missing", () => {
  expect(isWithoutOutfits({ outfits: [], degraded: ["nothing to add"] })).toBe(false);
  expect(isWithoutOutfits({ outfits: [], degraded: [] })).toBe(true);
});

describe("the bench of looks", () => {
  const step = { step: "veto", order: [], gave_way: [] } as NonNullable<LooksAnswer["steps"]>[number];
  it("does not deny steps that it shows", () => {
    expect(withoutPool({ steps: [step] })).toContain("vetoed or sold out");
    expect(withoutPool({})).toContain("no pool for this yet");
  });
  it("says in words what gave way", () => {
    expect(gaveWayWords(["passed", "size"])).toBe("Gave way: what you passed or bought before and your size");
    expect(gaveWayWords(["price limit", "budget"])).toBe("Gave way: your highest price");
  });
});

describe("names of the API", () => {
  it("have words of their own", () => {
    expect(facetWords("aesthetic")).toBe("look");
    expect(t.search.lacking(["aesthetic", "colour"].map(facetWords), false)).toContain(
      "this look and colour",
    );
    expect(occasionWords("casual")).toBe("Every day");
  });
  it("of a newer server are shown as they are", () => {
    expect(facetWords("heel_height")).toBe("heel height");
    expect(occasionWords("black_tie")).toBe("Black tie");
  });
});

describe("a garment in words", () => {
  it("has no gap where the shop names no brand or colour", () => {
    const item = {
      title: "Linen shirt",
      colour: "Olive",
      brand: "",
      price: 52,
      currency: "USD",
      reasons: [],
      score_breakdown: [],
      explored: false,
    } as unknown as AnswerItem;
    expect(announcement({ item, requestId: "" }, [])).toBe("Linen shirt in Olive, $52.");
    expect(announcement({ item: { ...item, brand: "Acme" }, requestId: "" }, [])).toContain(
      "Olive, Acme, $52",
    );
    expect(t.card.label("Linen shirt", "")).toBe("Linen shirt");
  });
});
