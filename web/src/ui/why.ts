import type { AnswerItem, StyleMode } from "../api/types";

// Why a garment is here, in plain words.

type Shown = Pick<AnswerItem, "reasons" | "parts" | "explored">;

const kPartSentence: Record<string, string> = {
  content: "Close to what you like",
  neighbours: "Liked by shoppers like you",
  visual: "Looks like what you like",
  popularity: "Much liked here",
};

// The engine's own reasons, at most so many; where it gives none, what the largest part of the score says.
// Nothing for what was not answered to a request, such as a list of what she liked.
export function whyWords({ reasons, parts, explored }: Shown, most = Infinity): string[] {
  if (reasons.length > 0) return reasons.slice(0, most);
  if (explored) return ["A guess, to learn what you like"];
  const amount = ({ weight, value }: AnswerItem["parts"][number]): number => weight * value;
  const largest = parts.reduce<AnswerItem["parts"][number] | undefined>(
    (best, part) => (amount(part) > (best ? amount(best) : 0) ? part : best),
    undefined,
  );
  const sentence = largest && kPartSentence[largest.name];
  return sentence ? [sentence] : [];
}

// Which of her styles the reasons speak of: they give its name in quotes.
export function modeOf<M extends Pick<StyleMode, "name">>(
  reasons: readonly string[],
  modes: readonly M[],
): M | undefined {
  return modes.find(({ name }) => reasons.some((reason) => reason.includes(`“${name}”`)));
}
