import type { Learned } from "../deck/use_deck";
import { Link } from "../router/router";
import { plural } from "./format";
import type { Lesson } from "./learned";

const kLeanings = 9;

export function lessonWords({ label, delta }: Lesson): string {
  return `${delta > 0 ? "more" : "less"} ${label.toLowerCase()}`;
}

// What the last act taught, as small stitches of words; beside the deck, with where the style stands now.
// Said aloud together with the next card, not here.
export function LearnedStrip({ learned }: { learned: Learned }) {
  const { lessons, style, turn } = learned;
  return (
    <aside className="learned" aria-label="What I learned">
      <h2>Just learned</h2>
      {lessons.length > 0 ? (
        <ul className="lessons" key={turn}>
          {lessons.map(({ term, facet, label, delta }) => (
            <li key={`${facet}/${term}`} data-sign={delta > 0 ? "more" : "less"}>
              <span aria-hidden="true">{delta > 0 ? "+" : "−"}</span>
              <span className="unseen">{delta > 0 ? "more " : "less "}</span> {label.toLowerCase()}
            </li>
          ))}
        </ul>
      ) : (
        <p className="lessons">
          {style && style.signals > 0 ? "Every swipe teaches." : "Swipe, and see what is learned."}
        </p>
      )}
      {style && style.affinities.length > 0 && <Leanings learned={learned} />}
      {style && style.signals > 0 && (
        <Link to={{ page: "style" }} className="learned-count">
          {plural(style.signals, "signal")}
        </Link>
      )}
    </aside>
  );
}

function Leanings({ learned: { style, lessons } }: { learned: Learned }) {
  const shown = style!.affinities.slice(0, kLeanings);
  const reach = Math.max(0.2, ...shown.map(({ score }) => Math.abs(score)));
  const moved = new Set(lessons.map(({ facet, term }) => `${facet}/${term}`));
  return (
    <ul className="leanings" aria-label="Your style now">
      {shown.map(({ facet, term, label, score }) => (
        <li
          key={`${facet}/${term}`}
          data-sign={score < 0 ? "less" : "more"}
          data-moved={moved.has(`${facet}/${term}`)}
        >
          <span>{label}</span>
          <span className="leaning-bar">
            <i style={{ width: `${(Math.abs(score) / reach) * 50}%` }} />
            <span className="unseen">
              {score < 0 ? "away" : "toward"}, {Math.round(Math.abs(score) * 100)} of 100
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
