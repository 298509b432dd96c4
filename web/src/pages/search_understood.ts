import type { AnswerItem, QueryReading } from "../api/types";
import { t } from "../locale";
import { facetWords, money } from "../ui/format";

// A part of the query that was understood, and the query as it is without it.
export type Chip = {
  key: string;
  label: string;
  takeBack: string; // what its button does
  wanted: boolean;
  without: string;
  literal?: boolean; // asks for the words as they are written
};

function priceLabel(reading: QueryReading, currency: string): string {
  const { price_min: low, price_max: high } = reading;
  if (low !== undefined && high !== undefined)
    return t.search.priceBetween(money(low, currency), money(high, currency));
  if (high !== undefined) return t.search.priceBelow(money(high, currency));
  return low === undefined ? "" : t.search.priceAbove(money(low, currency));
}

function chip(key: string, label: string, wanted: boolean, without: string): Chip {
  return { key, label, takeBack: t.search.without(label), wanted, without };
}

// currency: of the shop, where the query names none. query: as the shopper wrote it.
export function chipsOf(reading: QueryReading, currency: string, query: string): Chip[] {
  const chips: Chip[] = reading.mended.map(({ written, read }) => ({
    key: `mended ${written}`,
    label: t.search.mended(written, read),
    takeBack: t.search.literally(query),
    wanted: true,
    without: query,
    literal: true,
  }));
  for (const { facet, term, label, wanted, without } of reading.terms)
    chips.push(chip(`${facet} ${term} ${wanted}`, wanted ? label : t.search.not(label), wanted, without));
  const price = priceLabel(reading, reading.currency || currency);
  if (price) chips.push(chip("price", price, true, reading.without_prices ?? ""));
  if (reading.sizes.length > 0)
    chips.push(chip("size", t.search.size(reading.sizes), true, reading.without_sizes ?? ""));
  return chips;
}

// The kind of garment that the shop has none of, in the words of the query.
function missingKind(reading: QueryReading): string | undefined {
  if (!reading.relaxed.includes("category")) return undefined;
  return reading.terms.find(({ facet, wanted }) => facet === "category" && wanted)?.words;
}

// How many things the query asks a garment to be.
function parts({ terms }: QueryReading): number {
  return terms.filter(({ wanted }) => wanted).length;
}

const MATCHES: ReadonlySet<string> = new Set(["says_words", "close_in_meaning", "asked_for"]);

// Whether nothing of the query was understood, nor found in the words of any garment that is shown.
export function isUnmatched(reading: QueryReading, items: readonly AnswerItem[]): boolean {
  const { terms, mended, sizes, ignored, price_min, price_max, corrected } = reading;
  const leftOut = ignored.filter((name) => name !== "words"); // which says the same
  if ([...terms, ...mended, ...sizes, ...leftOut].length > 0) return false;
  if (price_min !== undefined || price_max !== undefined || corrected) return false;
  return items.length > 0 && items.every(({ reasons }) => !reasons.some(({ code }) => MATCHES.has(code)));
}

// What became of the query, in sentences: limits that gave way, what was left out. Mended words have chips; only
// a query that was mended otherwise is repeated. found: how many garments are shown.
export function notesOf(reading: QueryReading, found: number): string[] {
  const missing = missingKind(reading);
  const lacking = reading.relaxed.filter(
    (name) => !t.search.relaxed[name] && !(missing && name === "category"),
  );
  return [
    ...(reading.corrected && reading.mended.length === 0 ? [t.search.corrected(reading.corrected)] : []),
    ...(missing ? [t.search.noneOfKind(missing, found > 0)] : []),
    ...reading.relaxed.flatMap((name) => t.search.relaxed[name] ?? []),
    ...(lacking.length > 0
      ? [t.search.lacking(lacking.map(facetWords), parts(reading) > lacking.length)]
      : []),
    ...reading.ignored.flatMap((name) => t.search.ignored[name] ?? []),
  ];
}
