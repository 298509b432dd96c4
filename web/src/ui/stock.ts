import type { Variant } from "../api/types";

const FEW = 3;

type Stock = Pick<Variant, "stock" | "availability">;

// A shop that is open tells how many pieces are left, a public one only whether some are.
export function isSoldOut({ stock, availability }: Stock): boolean {
  return availability ? availability === "out" : (stock ?? 0) === 0;
}

// How many are left, where few are: null when it is not few, 0 when the number is not told.
export function fewLeft({ stock, availability }: Stock): number | null {
  if (availability) return availability === "low" ? 0 : null;
  return (stock ?? 0) <= FEW ? (stock ?? 0) : null;
}
