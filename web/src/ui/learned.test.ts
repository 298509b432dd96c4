import { describe, expect, it } from "vitest";

import type { Affinity, StyleView } from "../api/types";
import { lessons } from "./learned";
import { sparkPath } from "./sparkline";

function affinity(term: string, score: number): Affinity {
  return { facet: "fabric", term, label: term, score, change: 0 };
}

function style(...affinities: Affinity[]): StyleView {
  return {
    shopper_id: "ada",
    signals: 1,
    likes: 1,
    passes: 0,
    saves: 0,
    purchases: 0,
    quiz_done: false,
    source_weights: {},
    exploration: 0,
    affinities,
    brands: {},
    palette: [],
    discount_response: 0,
    sizes: [],
    sizes_known: [],
    body: { body_type: "" },
    vetoes: { categories: [], colours: [], fabrics: [], brands: [] },
    aesthetics: [],
    modes: [],
    session: { running: false, signals: 0, share: 0 },
    drift: [],
    history: [],
    liked: [],
  };
}

describe("lessons", () => {
  it("says what moved, strongest first, with its direction", () => {
    const before = style(affinity("linen", 0.2), affinity("wool", 0.1), affinity("silk", 0.3));
    const after = style(affinity("linen", 0.25), affinity("wool", -0.1), affinity("silk", 0.3));
    expect(lessons(before, after).map(({ term, delta }) => [term, delta > 0])).toEqual([
      ["wool", false],
      ["linen", true],
    ]);
  });
  it("counts what is new as a move from nothing", () => {
    expect(lessons(style(), style(affinity("linen", 0.2)))[0]).toMatchObject({ term: "linen", delta: 0.2 });
  });
  it("is silent about noise and bounded in number", () => {
    expect(lessons(style(affinity("linen", 0.2)), style(affinity("linen", 0.2001)))).toEqual([]);
    const many = Array.from({ length: 9 }, (_, i) => affinity(`t${i}`, 0.5));
    expect(lessons(style(), style(...many))).toHaveLength(4);
  });
});

describe("sparkPath", () => {
  it("goes from left to right and up for more", () => {
    expect(sparkPath([0, 1], 100, 20, 1)).toBe("M0.0 10.0L100.0 1.5");
  });
  it("stays inside for what is beyond its reach", () => {
    expect(sparkPath([-9], 100, 20, 1)).toBe("M0.0 18.5");
    expect(sparkPath([], 100, 20, 1)).toBe("");
  });
});
