// How numbers, dates and sizes are written for shoppers.
import { t } from "../locale";

export function money(amount: number, currency: string): string {
  const whole = Math.abs(amount - Math.round(amount)) < 0.005;
  try {
    return new Intl.NumberFormat(t.tags.numbers, {
      style: "currency",
      currency,
      minimumFractionDigits: whole ? 0 : 2,
      maximumFractionDigits: whole ? 0 : 2,
    }).format(amount);
  } catch {
    return `${amount.toFixed(whole ? 0 : 2)} ${currency}`.trim();
  }
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

// The share taken off, or nothing when nothing worth saying was.
export function reduction(price: number, listPrice: number | undefined): string {
  if (listPrice === undefined || listPrice <= price) return "";
  const share = 1 - price / listPrice;
  return share >= 0.01 ? `−${percent(share)}` : "";
}

// What is written with its hyphen stays so: "t-shirt", "tie-dye".
const JOINS = /(?<=\w\w)-(?!(garde|dye|up|ord)\b)|_/g;

// "t-shirt" -> "T-shirt", "light-blue" -> "Light blue", "long_sleeve" -> "Long sleeve".
export function humanTerm(term: string): string {
  const words = term.replace(JOINS, " ").trim();
  return words === "" ? "" : words[0]!.toUpperCase() + words.slice(1);
}

// A facet of the vocabulary as shoppers call it; one that this page does not know by its own name.
export function facetWords(facet: string): string {
  const known: Readonly<Record<string, string>> = t.facets;
  return known[facet] ?? facet.replaceAll("_", " ");
}

export function occasionWords(occasion: string): string {
  const known: Readonly<Record<string, string>> = t.situation.occasions;
  return known[occasion] ?? humanTerm(occasion);
}

const ALPHA = [
  "3XS",
  "XXXS",
  "2XS",
  "XXS",
  "XS",
  "S",
  "M",
  "L",
  "XL",
  "XXL",
  "2XL",
  "XXXL",
  "3XL",
  "4XL",
  "5XL",
];

// Sizes as people lay them out: letters from small to large, then numbers upwards, then the rest.
export function compareSizes(a: string, b: string): number {
  const rank = (size: string): [number, number] => {
    const letter = ALPHA.indexOf(size.toUpperCase());
    if (letter >= 0) return [0, letter];
    const number = Number.parseFloat(size.replace(/^[^\d]+/, ""));
    return Number.isNaN(number) ? [2, 0] : [1, number];
  };
  const [groupA, placeA] = rank(a);
  const [groupB, placeB] = rank(b);
  return groupA - groupB || placeA - placeB || a.localeCompare(b);
}

const DAY = new Intl.DateTimeFormat(t.tags.dates, { day: "numeric", month: "long", year: "numeric" });
const TIME = new Intl.DateTimeFormat(t.tags.dates, { hour: "2-digit", minute: "2-digit" });

// By the reader's own clock: "27 November 2026", "10:35". An absurd date says nothing rather than throwing.
export function dayWords(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? "" : DAY.format(time);
}

export function timeWords(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? "" : TIME.format(time);
}

// How long ago in calendar days: what was before midnight was yesterday.
export function agoWords(at: string, now: Date = new Date()): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return "";
  const midnight = (day: Date): number => Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days <= 0) return t.time.today;
  if (days === 1) return t.time.yesterday;
  if (days < 14) return t.time.daysAgo(days);
  if (days < 61) return t.time.weeksAgo(Math.floor(days / 7));
  return t.time.inMonth(
    new Intl.DateTimeFormat(t.tags.dates, { month: "long", year: "numeric" }).format(then),
  );
}
