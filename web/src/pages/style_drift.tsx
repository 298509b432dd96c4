import { useState } from "react";

import type { SessionOutcome, DriftMoment, StyleMode } from "../api/types";
import { t } from "../locale";
import {
  distanceWords,
  driftPoints,
  type DriftPoint,
  driftSummary,
  outcomeShort,
  outcomeWords,
} from "../ui/drift";
import { dayWords, timeWords } from "../ui/format";

type DriftProps = { moments: DriftMoment[]; modes: StyleMode[] };

// How the style changed: each visit when it ended, by how different it was. The chart is a slider, so that fingers and
// arrow keys walk from visit to visit; a list below shows the same.
export function DriftChart({ moments, modes }: DriftProps) {
  const [picked, setPicked] = useState<number>();
  const at = Math.min(picked ?? moments.length - 1, moments.length - 1);
  const chosen = moments[at]!;
  const words = (moment: DriftMoment): string => `${dayWords(moment.at)}: ${outcomeWords(moment, modes)}`;
  return (
    <section aria-labelledby="drift-title" className="drift">
      <h2 id="drift-title">{t.drift.title}</h2>
      <p className="drift-lede">{t.drift.text}</p>
      <figure>
        <div className="drift-plot">
          <Plot points={driftPoints(moments)} moments={moments} at={at} />
          {moments.length > 1 && (
            <input
              type="range"
              min={0}
              max={moments.length - 1}
              step={1}
              value={at}
              onChange={(event) => setPicked(Number(event.target.value))}
              aria-label={t.drift.slider(moments.length)}
              aria-valuetext={`${words(chosen)}. ${distanceWords(chosen)}`}
            />
          )}
        </div>
        <Legend moments={moments} />
        <figcaption>
          <Mark outcome={chosen.outcome} /> <b>{dayWords(chosen.at)}</b>
          <span>{outcomeWords(chosen, modes)}</span>
          <small>{distanceWords(chosen)}</small>
        </figcaption>
      </figure>
      <Visits moments={moments} modes={modes} />
    </section>
  );
}

const HEIGHT = 220;
const HEIGHT_OF_ONE = 96;

function Plot({ points, moments, at }: { points: DriftPoint[]; moments: DriftMoment[]; at: number }) {
  const tall = points.length > 1 ? HEIGHT : HEIGHT_OF_ONE;
  const y = (share: number): number => tall * (1 - share);
  const half = points.length > 1 ? 0.5 / (points.length - 1) : 0.5; // a limit reaches halfway to the next
  const across = (x: number): string => `${(100 * Math.min(1, Math.max(0, x))).toFixed(2)}%`;
  return (
    <div className="drift-paper">
      <svg width="100%" height={tall} role="img" aria-label={driftSummary(moments)} overflow="visible">
        {points.map(({ x, limit }, i) => (
          <line
            key={i}
            className="drift-limit"
            x1={across(x - half)}
            x2={across(x + half)}
            y1={y(limit)}
            y2={y(limit)}
          />
        ))}
        <line className="drift-ground" x1="0%" x2="100%" y1={tall} y2={tall} />
        {points.map(({ x, height }, i) => (
          <g key={i} data-chosen={i === at || undefined} className="drift-visit">
            <line x1={across(x)} x2={across(x)} y1={tall} y2={y(height)} />
            <Dot outcome={moments[i]!.outcome} cx={across(x)} cy={y(height)} />
            {i === at && points.length > 1 && (
              <circle className="drift-halo" cx={across(x)} cy={y(height)} r={10} />
            )}
          </g>
        ))}
      </svg>
      <span className="drift-line-word" style={{ top: y(points.at(-1)!.limit) }} aria-hidden="true">
        {t.drift.line}
      </span>
    </div>
  );
}

const RADIUS: Record<SessionOutcome, number> = {
  began: 4,
  joined: 4,
  returned: 4,
  tentative: 4.5,
  confirmed: 6,
};

function Dot({ outcome, cx, cy }: { outcome: SessionOutcome; cx: string | number; cy: number }) {
  return <circle className="drift-dot" data-outcome={outcome} cx={cx} cy={cy} r={RADIUS[outcome] ?? 4} />;
}

function Mark({ outcome }: { outcome: SessionOutcome }) {
  return (
    <svg className="drift-mark" width="14" height="14" aria-hidden="true">
      <Dot outcome={outcome} cx={7} cy={7} />
    </svg>
  );
}

function Legend({ moments }: { moments: DriftMoment[] }) {
  const outcomes = [...new Set(moments.map(({ outcome }) => outcome))];
  if (outcomes.length < 2) return null;
  return (
    <ul className="drift-legend" aria-hidden="true">
      {outcomes.map((outcome) => (
        <li key={outcome}>
          <Mark outcome={outcome} /> {outcomeShort(outcome)}
        </li>
      ))}
    </ul>
  );
}

function Visits({ moments, modes }: DriftProps) {
  if (moments.length < 2) return null; // the caption says it all
  return (
    <details className="drift-list">
      <summary>{t.drift.list(moments.length)}</summary>
      <ol>
        {moments.toReversed().map((moment, i) => (
          <li key={`${moment.at}/${i}`}>
            <time dateTime={moment.at}>
              {dayWords(moment.at)}, {timeWords(moment.at)}
            </time>
            <span>{outcomeWords(moment, modes)}</span>
            <small>{distanceWords(moment)}</small>
          </li>
        ))}
      </ol>
    </details>
  );
}
