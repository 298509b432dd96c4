import { describe, expect, it } from "vitest";

import type { Answer } from "../api/types";
import { feedItems, FOUND_PAGE, foundPages, garmentsOf, isAllFound } from "./pages";

// A page of so many garments, the first of them numbered so.
export function page(first: number, count: number, relaxed: string[] = []): Answer {
  const items = Array.from({ length: count }, (_, i) => ({ garment_id: `g${first + i}`, colour: "Olive" }));
  return { request_id: `r${first}`, items, query: { relaxed } } as unknown as Answer;
}

describe("pages", () => {
  it("list each item once, and each garment", () => {
    const pages = [page(0, 3), page(2, 2)];
    expect(feedItems(pages).map(({ item }) => item.garment_id)).toEqual(["g0", "g1", "g2", "g3"]);
    expect(garmentsOf(pages)).toEqual(["g0", "g1", "g2", "g3"]);
  });
});

describe("a search", () => {
  it("may have more behind a full page, and nothing behind one that is not", () => {
    expect(isAllFound([page(0, FOUND_PAGE)])).toBe(false);
    expect(isAllFound([page(0, FOUND_PAGE), page(FOUND_PAGE, 2)])).toBe(true);
    expect(isAllFound([page(0, 5)])).toBe(true);
    expect(isAllFound([])).toBe(true);
  });
  it("ends where nothing new came", () => {
    expect(isAllFound([page(0, FOUND_PAGE), page(0, FOUND_PAGE)])).toBe(true);
  });
  it("ends before a page for which a limit gave way that held until then", () => {
    const within = page(0, FOUND_PAGE);
    const dearer = page(FOUND_PAGE, FOUND_PAGE, ["price"]);
    expect(foundPages([within, dearer])).toEqual([within]);
    expect(isAllFound([within, dearer])).toBe(true);
    expect(foundPages([{ ...within, query: dearer.query! }, dearer])).toHaveLength(2);
    expect(foundPages([within, page(FOUND_PAGE, FOUND_PAGE, ["fabric"])])).toHaveLength(2);
  });
});
