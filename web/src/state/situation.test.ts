import { afterEach, describe, expect, it } from "vitest";

import { choose, contextOf, situation } from "./situation";

afterEach(() => situation.set({}));

describe("the situation that a shopper states", () => {
  it("is nothing until they say something", () => {
    expect(contextOf(situation.get())).toBeUndefined();
  });

  it("is sent as occasion and measured weather", () => {
    choose({ occasion: "party" });
    choose({ weather: "frost" });
    expect(contextOf(situation.get())).toEqual({ occasion: "party", weather: { temperature_c: -4 } });
  });

  it("is taken back by choosing it again", () => {
    choose({ occasion: "party" });
    choose({ occasion: "work" });
    choose({ weather: "rain" });
    choose({ weather: "rain" });
    expect(situation.get()).toEqual({ occasion: "work" });
    choose({ occasion: "work" });
    expect(contextOf(situation.get())).toBeUndefined();
  });
});
