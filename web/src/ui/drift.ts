import type { SessionOutcome, DriftMoment, StyleMode } from "../api/types";
import { t } from "../locale";

// A shopper's visits as points of a chart: how different each was from the whole profile when it ended, against the
// limit. A visit above the limit may still fit one of the shopper's styles.

// A newer server may answer outcomes that this page does not know.
const outcomes: Partial<Record<SessionOutcome, { short: string; words: (style: string) => string }>> =
  t.drift.outcome;

export interface DriftPoint {
  x: number; // 0 to 1, oldest left
  height: number; // 0 to 1, of the divergence
  limit: number; // 0 to 1, of the threshold
}

const HEADROOM = 1.12; // above the highest point

// Evenly spaced, because visits are counted, not days; a single one stands in the middle. The limit is never above the
// middle, so that a visit above it is seen to be.
export function driftPoints(moments: readonly Pick<DriftMoment, "divergence" | "threshold">[]): DriftPoint[] {
  const top = Math.max(
    1e-6,
    ...moments.map(({ divergence, threshold }) => Math.max(HEADROOM * divergence, 2 * threshold)),
  );
  return moments.map(({ divergence, threshold }, i) => ({
    x: moments.length > 1 ? i / (moments.length - 1) : 0.5,
    height: Math.max(0, divergence) / top,
    limit: threshold / top,
  }));
}

export function outcomeShort(outcome: SessionOutcome): string {
  return outcomes[outcome]?.short ?? outcome;
}

// What came of a visit. A style that the shopper no longer has is not named.
export function outcomeWords(
  { outcome, mode }: Pick<DriftMoment, "outcome" | "mode">,
  modes: readonly Pick<StyleMode, "id" | "name">[],
): string {
  return outcomes[outcome]?.words(modes.find(({ id }) => id === mode)?.name ?? "") ?? outcome;
}

// How far a visit was from the shopper's profile: 0% is the same, 100% has nothing in common with it.
export function distanceWords({
  divergence,
  threshold,
  outcome,
}: Pick<DriftMoment, "divergence" | "threshold" | "outcome">): string {
  if (outcome === "began" && divergence === 0) return t.drift.nothingYet;
  return t.drift.distance(divergence, threshold);
}

// The whole chart in one sentence, for readers who do not see it.
export function driftSummary(moments: readonly Pick<DriftMoment, "outcome">[]): string {
  const counts = new Map<SessionOutcome, number>();
  for (const { outcome } of moments) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return t.drift.summary(
    moments.length,
    [...counts].map(([outcome, count]) => [outcomeShort(outcome), count]),
  );
}
