import type { Drift, DriftMoment, StyleMode } from "../api/types";
import { percent } from "./format";

// Her visits as points of a chart: how much of a surprise each was when it closed, against the limit. A surprise
// need not be unlike her: it is measured from all her styles together, and may be at home in one of them.

export interface DriftPoint {
  x: number; // 0 to 1, oldest left
  height: number; // 0 to 1, of the divergence
  limit: number; // 0 to 1, of the threshold
}

const kHeadroom = 1.12; // above the highest point

// Evenly spaced, for visits are what is counted, not days; a single one stands in the middle.
// The limit is never above the middle, so that a visit which passes it is seen to.
export function driftPoints(moments: readonly Pick<DriftMoment, "divergence" | "threshold">[]): DriftPoint[] {
  const top = Math.max(
    1e-6,
    ...moments.map(({ divergence, threshold }) => Math.max(kHeadroom * divergence, 2 * threshold)),
  );
  return moments.map(({ divergence, threshold }, i) => ({
    x: moments.length > 1 ? i / (moments.length - 1) : 0.5,
    height: Math.max(0, divergence) / top,
    limit: threshold / top,
  }));
}

const kOutcome: Record<Drift, { short: string; words: (style: string) => string }> = {
  began: {
    short: "a style began",
    words: (style) => (style ? `A style began: ${style}` : "A style began"),
  },
  joined: {
    short: "joined a style of yours",
    words: (style) => (style ? `It joined ${style}` : "It joined a style of yours"),
  },
  returned: {
    short: "back to an earlier style",
    words: (style) => (style ? `Back to an earlier style: ${style}` : "Back to an earlier style"),
  },
  tentative: {
    short: "unlike your styles, kept apart",
    words: () => "Unlike your styles, kept apart for now",
  },
  confirmed: {
    short: "a new side, confirmed",
    words: (style) =>
      style ? `A new side of you, confirmed: ${style}` : "A new side of you, seen again and confirmed",
  },
};

export function outcomeShort(outcome: Drift): string {
  return kOutcome[outcome]?.short ?? outcome;
}

// What came of a visit. A style that she no longer has is not named.
export function outcomeWords(
  { outcome, mode }: Pick<DriftMoment, "outcome" | "mode">,
  modes: readonly Pick<StyleMode, "id" | "name">[],
): string {
  const name = modes.find(({ id }) => id === mode)?.name ?? "";
  return kOutcome[outcome]?.words(name && `“${name}”`) ?? outcome;
}

// How far it was from what her style predicted: 0% is the same, 100% has nothing in common with it.
export function distanceWords({
  divergence,
  threshold,
  outcome,
}: Pick<DriftMoment, "divergence" | "threshold" | "outcome">): string {
  if (outcome === "began" && divergence === 0) return "nothing to compare with yet";
  return `${percent(divergence)} surprise, limit ${percent(threshold)}`;
}

// The whole chart in one sentence, for who does not see it.
export function driftSummary(moments: readonly Pick<DriftMoment, "outcome">[]): string {
  const counts = new Map<Drift, number>();
  for (const { outcome } of moments) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const told = [...counts].map(([outcome, count]) => `${count} ${outcomeShort(outcome)}`);
  return `${moments.length === 1 ? "One visit" : `${moments.length} visits`}: ${told.join("; ")}.`;
}
