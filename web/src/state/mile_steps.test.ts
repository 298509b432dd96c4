import { describe, expect, it } from "vitest";

import { shownSteps } from "./mile_steps";

const place = (look_id: string) => ({ look_id, evening: false, score: 0.5 });

describe("shownSteps", () => {
  it("says how far each look moved among those that are left", () => {
    const [time, veto, liking] = shownSteps([
      { step: "time", order: ["a", "b", "c"].map(place), gave_way: [] },
      { step: "veto", order: ["b", "c"].map(place), gave_way: ["size"] },
      { step: "liking", order: ["c", "b"].map(place), gave_way: [] },
    ]);
    expect(time?.changed).toBe(false);
    expect(veto?.removed).toBe(1);
    expect(veto?.looks.map(({ moved }) => moved)).toEqual([0, 0]);
    expect(veto?.gaveWay).toEqual(["size"]);
    expect(liking?.looks.map(({ moved }) => moved)).toEqual([1, -1]);
    expect(liking?.changed).toBe(true);
  });
});
