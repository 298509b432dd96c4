import { describe, expect, it } from "vitest";

import { distanceWords, driftPoints, driftSummary, outcomeWords } from "./drift";

const LIMIT = 0.08;

function moments(...divergences: number[]) {
  return divergences.map((divergence) => ({ divergence, threshold: LIMIT }));
}

describe("driftPoints", () => {
  it("goes from left to right, oldest first, and up for what is more different", () => {
    const points = driftPoints(moments(0, 0.3, 0.05));
    expect(points.map(({ x }) => x)).toEqual([0, 0.5, 1]);
    expect(points[0]!.height).toBe(0);
    expect(points[1]!.height).toBeGreaterThan(points[2]!.height);
  });
  it("puts a point above the limit exactly when it was above it", () => {
    for (const [i, { height, limit }] of driftPoints(moments(0.01, 0.079, 0.081, 0.9)).entries())
      expect(height > limit).toBe(i >= 2);
  });
  it("stays inside, with room above, and the limit in the lower half", () => {
    for (const { height, limit } of driftPoints(moments(1, 0.2))) {
      expect(height).toBeLessThan(0.95);
      expect(limit).toBeLessThanOrEqual(0.5);
    }
    expect(driftPoints(moments(0.001))[0]!.limit).toBe(0.5);
  });
  it("holds for one and for sixty", () => {
    expect(driftPoints(moments(0.1))).toMatchObject([{ x: 0.5 }]);
    const many = driftPoints(moments(...Array.from({ length: 60 }, (_, i) => i / 60)));
    expect(many).toHaveLength(60);
    expect(new Set(many.map(({ x }) => x)).size).toBe(60);
    expect(driftPoints([])).toEqual([]);
    expect(driftPoints([{ divergence: 0, threshold: 0 }])[0]).toMatchObject({ height: 0, limit: 0 });
  });
});

describe("words of a visit", () => {
  const modes = [{ id: 3, name: "Romantic · Red" }];
  it("name the style that it went to", () => {
    expect(outcomeWords({ outcome: "joined", mode: 3 }, modes)).toBe("It fits your style “Romantic · Red”");
    expect(outcomeWords({ outcome: "confirmed", mode: 3 }, modes)).toContain("confirmed: “Romantic · Red”");
  });
  it("do without one that is gone, and with an outcome of a newer server", () => {
    expect(outcomeWords({ outcome: "joined", mode: 4 }, modes)).toBe("It fits one of your styles");
    expect(outcomeWords({ outcome: "split" as never, mode: 3 }, modes)).toBe("split");
  });
  it("say how far it was off", () => {
    const told = { divergence: 0.123, threshold: LIMIT };
    expect(distanceWords({ ...told, outcome: "tentative" })).toBe("12% different, limit 8%");
    expect(distanceWords({ ...told, outcome: "began", divergence: 0 })).not.toContain("%");
    expect(distanceWords({ ...told, outcome: "began" })).toContain("12%"); // from what the quiz predicted
  });
  it("sum up", () => {
    expect(driftSummary([{ outcome: "began" }, { outcome: "joined" }, { outcome: "joined" }])).toBe(
      "3 visits: 1 new style; 2 fits one of your styles.",
    );
    expect(driftSummary([{ outcome: "began" }])).toBe("1 visit: 1 new style.");
  });
});
