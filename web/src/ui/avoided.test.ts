import { describe, expect, it } from "vitest";

import type { Affinity } from "../api/types";
import { avoidedLabels } from "./avoided";

const affinity = (facet: Affinity["facet"], label: string, score: number): Affinity => ({
  facet,
  term: label,
  label,
  score,
  change: 0,
});

describe("what passes say", () => {
  it("names what tells garments apart, strongest first", () => {
    const affinities = [
      affinity("season", "Spring", -0.4),
      affinity("fabric", "Leather", -0.3),
      affinity("department", "Women", -0.3),
      affinity("colour", "Red", -0.2),
      affinity("colour", "Navy", 0.3),
      affinity("pattern", "Plain", -0.01),
    ];
    expect(avoidedLabels({ affinities })).toEqual(["leather", "red"]);
  });
});
