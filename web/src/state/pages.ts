// Answers that are asked for page by page. Pure.
import type { Answer } from "../api/types";
import { itemKey } from "./marks";

export const FOUND_PAGE = 36; // items that a search asks for at once

// The items of all pages, each once.
export function feedItems(pages: readonly Answer[]) {
  const seen = new Set<string>();
  return pages.flatMap(({ request_id, items }) =>
    items
      .filter((item) => !seen.has(itemKey(item)) && seen.add(itemKey(item)))
      .map((item) => ({ item, requestId: request_id })),
  );
}

export function garmentsOf(pages: readonly Answer[]): string[] {
  return [...new Set(feedItems(pages).map(({ item }) => item.garment_id))];
}

const LIMITS: ReadonlySet<string> = new Set(["price", "size", "unwanted"]);

// The pages of a search that keep to its limits: one for which a limit had to give way that held on the first page shows
// what was not asked for, and so do those after it.
export function foundPages(pages: readonly Answer[]): readonly Answer[] {
  const gaveWay = ({ query }: Answer): string[] => query?.relaxed.filter((name) => LIMITS.has(name)) ?? [];
  const first = new Set(pages.slice(0, 1).flatMap(gaveWay));
  const end = pages.findIndex((page) => gaveWay(page).some((name) => !first.has(name)));
  return end < 0 ? pages : pages.slice(0, end);
}

// Whether a search has nothing more to show.
export function isAllFound(pages: readonly Answer[]): boolean {
  const found = foundPages(pages);
  const last = found.at(-1);
  if (!last || found.length < pages.length || last.items.length < FOUND_PAGE) return true;
  return feedItems(found).length === feedItems(found.slice(0, -1)).length; // nothing new came
}
