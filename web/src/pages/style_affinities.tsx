import { useState } from "react";

import type { Affinity, StyleView } from "../api/types";
import { t } from "../locale";
import { facetWords } from "../ui/format";
import { Sparkline } from "../ui/sparkline";

const SHOWN = 14;

// What the shopper likes and dislikes over all their styles, and how that changed.
export function Affinities({ style }: { style: StyleView }) {
  const [all, setAll] = useState(false);
  const shown = all ? style.affinities : style.affinities.slice(0, SHOWN);
  const reach = Math.max(0.15, ...style.affinities.map(({ score }) => Math.abs(score)));
  return (
    <section aria-labelledby="affinities-title" className="affinities">
      <h2 id="affinities-title">{t.affinities.title}</h2>
      <p className="affinities-axis" aria-hidden="true">
        <span>
          <span>{t.affinities.away}</span>
          <span>{t.affinities.toward}</span>
        </span>
        <span>{t.affinities.moved}</span>
      </p>
      <ul>
        {shown.map((affinity) => (
          <AffinityRow
            key={`${affinity.facet}/${affinity.term}`}
            affinity={affinity}
            style={style}
            reach={reach}
          />
        ))}
      </ul>
      {style.affinities.length > shown.length && (
        <button type="button" className="text-link" onClick={() => setAll(true)}>
          {t.affinities.more(style.affinities.length - shown.length)}
        </button>
      )}
    </section>
  );
}

function AffinityRow({ affinity, style, reach }: { affinity: Affinity; style: StyleView; reach: number }) {
  const { score, change, label, facet, term } = affinity;
  const values = style.history.map(({ scores }) => scores[term] ?? 0);
  const sign = score < 0 ? "less" : "more";
  return (
    <li className="affinity" data-sign={sign}>
      <span className="affinity-label">
        {label} <small>{facetWords(facet)}</small>
      </span>
      <span className="affinity-bar" aria-hidden="true">
        <i style={{ width: `${(Math.abs(score) / reach) * 50}%` }} />
      </span>
      <Sparkline values={values} reach={reach} />
      <span className="affinity-change" data-sign={change < 0 ? "less" : "more"}>
        <span className="unseen">{t.affinities.score(score)}</span>{" "}
        {Math.abs(change) < 0.005
          ? t.affinities.steady
          : `${change > 0 ? "+" : "−"}${Math.abs(Math.round(change * 100))}`}
      </span>
    </li>
  );
}
