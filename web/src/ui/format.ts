// How numbers and words are written for shoppers.

export function money(amount: number, currency: string): string {
  const whole = Math.abs(amount - Math.round(amount)) < 0.005;
  try {
    return new Intl.NumberFormat("en", {
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

// "t-shirt" -> "T-shirt", "long_sleeve" -> "Long sleeve".
export function humanTerm(term: string): string {
  const words = term.replaceAll("_", " ").trim();
  return words === "" ? "" : words[0]!.toUpperCase() + words.slice(1);
}

export function list(words: readonly string[]): string {
  return new Intl.ListFormat("en", { style: "long", type: "conjunction" }).format(words);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

const kAlpha = [
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
    const letter = kAlpha.indexOf(size.toUpperCase());
    if (letter >= 0) return [0, letter];
    const number = Number.parseFloat(size.replace(/^[^\d]+/, ""));
    return Number.isNaN(number) ? [2, 0] : [1, number];
  };
  const [groupA, placeA] = rank(a);
  const [groupB, placeB] = rank(b);
  return groupA - groupB || placeA - placeB || a.localeCompare(b);
}
