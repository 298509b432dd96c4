import { describe, expect, it } from "vitest";

import { toggledVeto, vetoList } from "./veto_choice";

describe("vetoes", () => {
  it("are added and taken out", () => {
    const one = toggledVeto({}, "fabrics", "leather");
    const two = toggledVeto(one, "brands", "Acme");
    expect(vetoList(two)).toEqual([
      { kind: "fabrics", value: "leather" },
      { kind: "brands", value: "Acme" },
    ]);
    expect(toggledVeto(two, "brands", "ACME")).toEqual({ fabrics: ["leather"], brands: [] });
  });
});
