import type { QueryReading } from "../api/types";
import { t } from "../locale";
import { money } from "../ui/format";

// A part of the query that was understood, and the query as it is without it.
export type Chip = { key: string; label: string; wanted: boolean; without: string };

function priceLabel(reading: QueryReading, currency: string): string {
  const { price_min: low, price_max: high } = reading;
  if (low !== undefined && high !== undefined)
    return t.search.priceBetween(money(low, currency), money(high, currency));
  if (high !== undefined) return t.search.priceBelow(money(high, currency));
  return low === undefined ? "" : t.search.priceAbove(money(low, currency));
}

// currency: of the shop, where the query names none.
export function chipsOf(reading: QueryReading, currency: string): Chip[] {
  const chips = reading.terms.map(({ facet, term, label, wanted, without }) => ({
    key: `${facet} ${term} ${wanted}`,
    label: wanted ? label : t.search.not(label),
    wanted,
    without,
  }));
  const price = priceLabel(reading, reading.currency || currency);
  if (price) chips.push({ key: "price", label: price, wanted: true, without: reading.without_prices ?? "" });
  if (reading.sizes.length > 0)
    chips.push({
      key: "size",
      label: t.search.size(reading.sizes),
      wanted: true,
      without: reading.without_sizes ?? "",
    });
  return chips;
}

// What became of the query, in sentences: mended words, limits that gave way, what was left out.
export function notesOf(reading: QueryReading): string[] {
  const lacking = reading.relaxed.filter((name) => !t.search.relaxed[name]);
  return [
    ...(reading.corrected ? [t.search.corrected(reading.corrected)] : []),
    ...reading.relaxed.flatMap((name) => t.search.relaxed[name] ?? []),
    ...(lacking.length > 0 ? [t.search.lacking(lacking)] : []),
    ...reading.ignored.flatMap((name) => t.search.ignored[name] ?? []),
  ];
}
