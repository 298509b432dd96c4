import type { Affinity, StyleView } from "../api/types";

// What one more signal changed, for the strip that makes learning visible.

export interface Lesson {
  term: string;
  label: string;
  facet: string;
  delta: number;
}

const WORTH_SAYING = 0.004;

function key(affinity: Affinity): string {
  return `${affinity.facet}/${affinity.term}`;
}

// The strongest moves between two views of one style, at most `count`, biggest first.
export function lessons(before: StyleView | undefined, after: StyleView, count = 4): Lesson[] {
  const old = new Map((before?.affinities ?? []).map((affinity) => [key(affinity), affinity]));
  const now = new Set(after.affinities.map(key));
  const moved = after.affinities.map((affinity) =>
    toLesson(affinity, affinity.score - (old.get(key(affinity))?.score ?? 0)),
  );
  const faded = (before?.affinities ?? [])
    .filter((affinity) => !now.has(key(affinity)) && after.affinities.length < before!.affinities.length)
    .map((affinity) => toLesson(affinity, -affinity.score));
  return [...moved, ...faded]
    .filter((lesson) => Math.abs(lesson.delta) >= WORTH_SAYING)
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta))
    .slice(0, count);
}

function toLesson(affinity: Affinity, delta: number): Lesson {
  return { term: affinity.term, label: affinity.label, facet: affinity.facet, delta };
}
