import { describe, expect, it } from "vitest";

import { fitWithin } from "../ui/small_photo";
import { countOf, limitAt, sliderAt, toggled } from "./search_filters";

describe("toggled", () => {
  it("adds, removes, and leaves no empty list behind", () => {
    const one = toggled({}, "colours", "red");
    expect(one).toEqual({ colours: ["red"] });
    const two = toggled(one, "colours", "blue");
    expect(two).toEqual({ colours: ["red", "blue"] });
    expect(toggled(toggled(two, "colours", "red"), "colours", "blue")).toEqual({});
  });
  it("leaves the other limits alone", () => {
    const filter = { price_max: 80, sizes: ["M"] };
    expect(toggled(filter, "departments", "women")).toEqual({
      price_max: 80,
      sizes: ["M"],
      departments: ["women"],
    });
    expect(filter).toEqual({ price_max: 80, sizes: ["M"] });
  });
});

describe("countOf", () => {
  it("counts every limit once", () => {
    expect(countOf({})).toBe(0);
    expect(countOf({ colours: ["red", "blue"], sizes: ["M"], price_max: 0 })).toBe(4);
  });
});

describe("fitWithin", () => {
  it("makes large photos small and leaves small ones be", () => {
    expect(fitWithin(4000, 3000, 896)).toEqual({ width: 896, height: 672 });
    expect(fitWithin(28, 28, 896)).toEqual({ width: 28, height: 28 });
    expect(fitWithin(5000, 1, 896)).toEqual({ width: 896, height: 1 });
  });
});

describe("the price slider", () => {
  it("shows the limit that is set, also when it is cleared from outside", () => {
    expect(sliderAt(undefined, 50, 200)).toBe(50);
    expect(sliderAt(undefined, undefined, 200)).toBe(200);
  });
  it("shows where it is held while it is dragged", () => {
    expect(sliderAt(70, 50, 200)).toBe(70);
  });
  it("sets no limit at its right end", () => {
    expect(limitAt(200, 200)).toBeUndefined();
    expect(limitAt(199, 200)).toBe(199);
  });
});
