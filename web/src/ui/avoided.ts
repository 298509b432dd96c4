import type { StyleView } from "../api/types";

// What the passes of a shopper without likes say, in words that tell garments apart: every garment has an occasion, a
// season and a department, so those say nothing when all was passed.
const TELLING: ReadonlySet<string> = new Set(["colour", "fabric", "pattern", "aesthetic", "silhouette"]);
const WORTH_SAYING = -0.05;
const AVOIDED_MAX = 5;

export function avoidedLabels({ affinities }: Pick<StyleView, "affinities">): string[] {
  return affinities
    .filter(({ score, facet }) => score < WORTH_SAYING && TELLING.has(facet))
    .slice(0, AVOIDED_MAX)
    .map(({ label }) => label.toLowerCase());
}
