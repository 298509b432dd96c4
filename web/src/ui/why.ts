import { t } from "../locale";
import type { AnswerItem, Reason, ScorePart, StyleMode } from "../api/types";

// Why a garment is recommended, in words.

type Explained = Pick<AnswerItem, "reasons" | "score_breakdown" | "explored">;

// The server's own reasons, at most `limit`; where it gives none, what the largest part of the score says. Nothing for
// items that no request was answered with, such as the list of liked garments.
export function whyWords({ reasons, score_breakdown, explored }: Explained, limit = Infinity): string[] {
  if (reasons.length > 0) return reasons.slice(0, limit).map(({ text }) => text);
  if (explored) return [t.why.guess];
  const amount = ({ weight, value }: ScorePart): number => weight * value;
  const largest = score_breakdown.reduce<ScorePart | undefined>(
    (best, part) => (amount(part) > (best ? amount(best) : 0) ? part : best),
    undefined,
  );
  const sentence = largest && t.why.byPart[largest.name];
  return sentence ? [sentence] : [];
}

// The name of the shopper's style that a reason is about. Other reasons name a style of the shop.
export function styleOf(reasons: readonly Reason[]): string | undefined {
  return reasons.find(({ code }) => code === "style_likes_terms")?.args.style;
}

export function modeOf<M extends Pick<StyleMode, "name">>(
  reasons: readonly Reason[],
  modes: readonly M[],
): M | undefined {
  const style = styleOf(reasons);
  return modes.find(({ name }) => name === style);
}
