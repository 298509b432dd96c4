import { describe, expect, it } from "vitest";

import type { ComposedOutfit, OutfitPiece, OutfitRole } from "../api/types";
import { budgetOf, inOrder, restyleRequest, swapRequest, toggled, triedAfter } from "./outfit";

function piece(role: OutfitRole, garment_id: string, owned = false): OutfitPiece {
  return { role, anchor: false, owned, item: { garment_id, colour: "Black" } } as OutfitPiece;
}
const outfit = {
  pieces: [piece("top", "T"), piece("bottom", "B"), piece("shoes", "S"), piece("outer", "O", true)],
} as ComposedOutfit;

describe("swapRequest", () => {
  it("keeps no piece of the shopper's own in mind that may change", () => {
    const own = {
      ...outfit,
      pieces: outfit.pieces.map((piece, i) => (i === 0 ? { ...piece, owned: true } : piece)),
    };
    const first = own.pieces[0]!;
    const asked = swapRequest(own, new Set(), own.pieces[1]!.role, {});
    expect(asked.current?.map(({ garment_id }) => garment_id)).not.toContain(first.item.garment_id);
  });

  it("keeps what is locked and lets the rest adapt", () => {
    const asked = swapRequest(outfit, new Set(["T|Black", "O|Black"]), "shoes", { budget: 200 }, ["X"]);
    expect(asked.anchors).toEqual([
      { garment_id: "T", colour: "Black" },
      { garment_id: "O", colour: "Black", owned: true },
    ]);
    expect(asked.current?.map(({ garment_id }) => garment_id)).toEqual(["B", "S"]);
    expect(asked).toMatchObject({ swap: "shoes", budget: 200, count: 1 });
    expect(asked.filter).toEqual({ exclude_garments: ["X"] });
  });
  it("swaps a locked piece when it is named", () => {
    const asked = swapRequest(outfit, new Set(["T|Black"]), "top", {});
    expect(asked.anchors).toEqual([]);
    expect(asked.current?.map(({ garment_id }) => garment_id)).toContain("T");
  });
});

it("restyleRequest leaves out what is not locked", () => {
  const asked = restyleRequest(outfit, new Set(["B|Black"]), {});
  expect(asked.anchors).toEqual([{ garment_id: "B", colour: "Black" }]);
  expect(asked.filter?.exclude_garments).toEqual(["T", "S", "O"]);
});

it("toggled locks and unlocks without changing the set", () => {
  const none = new Set<string>();
  const one = toggled(none, "a");
  expect([...one]).toEqual(["a"]);
  expect(toggled(one, "a").size).toBe(0);
  expect(none.size).toBe(0);
});

it.each([
  ["250", 250],
  ["99,50", 99.5],
  ["", undefined],
  ["-3", undefined],
  ["cheap", undefined],
])("budgetOf %j", (text, amount) => expect(budgetOf(text)).toBe(amount));

it("inOrder lists the top above the bottom, then layers and shoes", () => {
  expect(inOrder(outfit.pieces).map(({ role }) => role)).toEqual(["top", "bottom", "outer", "shoes"]);
});

describe("what was swapped away", () => {
  const next = { pieces: [piece("top", "T"), piece("shoes", "N")] } as ComposedOutfit;
  it("is left out from now on when the swap happened", () => {
    expect(triedAfter(["X"], "S", next)).toEqual(["X", "S"]);
  });
  it("is nothing when the shop had nothing else", () => {
    expect(triedAfter(["X"], "S", undefined)).toEqual(["X"]);
  });
  it("is never what is worn now", () => {
    expect(triedAfter(["N", "X"], "S", next)).toEqual(["X", "S"]);
    expect(swapRequest(outfit, new Set(), "top", {}, ["S", "X"]).filter).toEqual({ exclude_garments: ["X"] });
    expect(swapRequest(outfit, new Set(), "top", {}, ["S"]).filter).toBeUndefined();
  });
});
