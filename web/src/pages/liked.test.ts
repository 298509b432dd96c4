import { expect, it } from "vitest";

import type { LikedPage } from "../api/types";
import { likedLeft } from "./liked";

const page = (ids: string[], total: number): LikedPage =>
  ({
    total,
    garments: ids.map((id) => ({ item: { garment_id: id, colour: "Olive" } })),
  }) as unknown as LikedPage;

it("what was taken back is neither listed nor counted", () => {
  const pages = [page(["a", "b"], 12), page(["c"], 12)];
  expect(likedLeft(pages, []).total).toBe(12);
  const { items, total } = likedLeft(pages, ["b|Olive", "of another list|Olive"]);
  expect(items.map(({ garment_id }) => garment_id)).toEqual(["a", "c"]);
  expect(total).toBe(11);
  expect(likedLeft([], ["b|Olive"]).total).toBe(0);
});
