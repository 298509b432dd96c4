// English of the search, see en.ts.
import { list, number } from "./en_words";

export const search = {
  title: "Search",
  label: "Describe what you are looking for",
  placeholder: "In your own words",
  byPhoto: "Search with a photo",
  photoAlt: "The photo you search with",
  photoLabel: "Items that look like this",
  clearPhoto: "Search without the photo",
  unreadable: "The photo could not be read.",
  notAPhoto: "This file is not a photo that we can read. JPEG, PNG, WebP and GIF work.",
  notShrunk: "The photo could not be made smaller.",
  tryLabel: "Try",
  examples: ["a warm hooded jacket for the rain", "something soft to lounge in", "black, but not plain"],
  found: (count: number) => `${number(count)} found`,
  best: (count: number) => `The best ${number(count)}`,
  more: "Show more",
  noneTitle: "Nothing found",
  noneText: "Try fewer filters or other words.",
  browseLabel: "Garments, best match for you first",
  foundLabel: "Found garments",
  drop: "Drop the photo to search with it",
  understoodLabel: "What was understood",
  corrected: (text: string) => `Showing results for “${text}”.`,
  mended: (written: string, read: string) => `“${written}” read as “${read}”`,
  literally: (query: string) => `Search for “${query}” as written`,
  not: (label: string) => `not ${label}`,
  size: (sizes: readonly string[]) => `size ${sizes.join(", ")}`,
  priceBelow: (price: string) => `up to ${price}`,
  priceAbove: (price: string) => `from ${price}`,
  priceBetween: (low: string, high: string) => `${low} to ${high}`,
  without: (label: string) => `Search without “${label}”`,
  gaveWay: {
    "relaxed match": "Those without a reason are only roughly what you asked for.",
  } as Readonly<Record<string, string>>,
  relaxed: {
    price: "Nothing at this price: these are the nearest.",
    size: "Not in this size: these are other sizes.",
    unwanted: "Everything we found contains what you excluded.",
  } as Readonly<Record<string, string>>,
  noneOfKind: (words: string, others: boolean) =>
    others
      ? `Nothing here is listed as “${words}”: these are the nearest kinds.`
      : `Nothing here is listed as “${words}”, or near it.`,
  // several: the query asks for more than that, so that single garments may have it.
  lacking: (facets: readonly string[], several: boolean) =>
    several
      ? `Nothing here is all of this: the closest differs in ${list(facets)}.`
      : `None has this ${list(facets)}: these are the closest.`,
  unmatched: "Nothing here matches these words: these are guesses.",
  ignored: {
    price: "The price is in another currency and was left out.",
    size: "The size was not understood.",
  } as Readonly<Record<string, string>>,
};
