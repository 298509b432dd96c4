// TEMPORARY: today's server calls the score breakdown `parts` and writes reasons as sentences.
import type { components } from "./schema";

export type Reason = { code: string; args: { style?: string }; text: string };
type Old = { parts: unknown; reasons: string[] };

export type Adapted<T> = T extends Old
  ? Omit<T, "parts" | "reasons"> & { score_breakdown: T["parts"]; reasons: Reason[] }
  : T extends (infer U)[]
    ? Adapted<U>[]
    : T extends object
      ? { [K in keyof T]: Adapted<T[K]> }
      : T;
export type Schemas = { [K in keyof components["schemas"]]: Adapted<components["schemas"][K]> };

export function adapted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(adapted);
  if (typeof value !== "object" || value === null) return value;
  const out = Object.fromEntries(Object.entries(value).map(([key, of]) => [key, adapted(of)]));
  if (!("parts" in value) || !("reasons" in value)) return out;
  const { parts, ...rest } = out;
  const reasons = (value.reasons as (string | Reason)[]).map((reason) =>
    typeof reason === "string"
      ? { code: "", args: { style: /“(.+)”/.exec(reason)?.[1] }, text: reason }
      : reason,
  );
  return { ...rest, score_breakdown: parts, reasons };
}
