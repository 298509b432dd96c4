import type { Learned } from "../deck/use_deck";
import { Link } from "../router/router";
import { plural } from "./format";
import type { Lesson } from "./learned";

export function lessonWords({ label, delta }: Lesson): string {
  return `${delta > 0 ? "more" : "less"} ${label.toLowerCase()}`;
}

// What the last act taught, as small stitches of words. Said aloud together with the next card, not here.
export function LearnedStrip({ learned }: { learned: Learned }) {
  const { lessons, style, turn } = learned;
  return (
    <div className="learned" role="group" aria-label="What I learned">
      {lessons.length > 0 ? (
        <ul key={turn}>
          {lessons.map(({ term, facet, label, delta }) => (
            <li key={`${facet}/${term}`} data-sign={delta > 0 ? "more" : "less"}>
              <span aria-hidden="true">{delta > 0 ? "+" : "−"}</span>
              <span className="unseen">{delta > 0 ? "more " : "less "}</span> {label.toLowerCase()}
            </li>
          ))}
        </ul>
      ) : (
        <p>{style && style.signals > 0 ? "Every swipe teaches." : "Swipe, and see what is learned."}</p>
      )}
      {style && style.signals > 0 && (
        <Link to={{ page: "style" }} className="learned-count">
          {plural(style.signals, "signal")}
        </Link>
      )}
    </div>
  );
}
