import type { StyleView } from "../api/types";
import type { Learned } from "../deck/use_deck";
import { t } from "../locale";
import { Link } from "../router/router";
import type { Lesson } from "./learned";

const LEANINGS = 9;

export function lessonWords({ label, delta }: Lesson): string {
  return (delta > 0 ? t.learned.more : t.learned.less)(label.toLowerCase());
}

// Before anything was learned from a swipe.
export function waitingWords(style: Pick<StyleView, "signals" | "quiz_done"> | undefined): string {
  if (style && style.signals > 0) return t.learned.waiting;
  return style?.quiz_done ? t.learned.quizzed : t.learned.first;
}

// What the last act taught, as small stitches of words; beside the deck, with where the style stands now.
// Said aloud together with the next card, not here.
export function LearnedStrip({ learned }: { learned: Learned }) {
  const { lessons, style, turn } = learned;
  return (
    <aside className="learned" aria-label={t.learned.label}>
      <h2>{t.learned.title}</h2>
      {lessons.length > 0 ? (
        <ul className="lessons" key={turn}>
          {lessons.map((lesson) => (
            <li key={`${lesson.facet}/${lesson.term}`} data-sign={lesson.delta > 0 ? "more" : "less"}>
              <span aria-hidden="true">
                {lesson.delta > 0 ? "+" : "−"} {lesson.label.toLowerCase()}
              </span>
              <span className="unseen">{lessonWords(lesson)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="lessons">{waitingWords(style)}</p>
      )}
      {style && style.affinities.length > 0 && <Leanings learned={learned} />}
      {style && style.signals > 0 && (
        <Link to={{ page: "style" }} className="learned-count">
          {t.learned.signals(style.signals)}
        </Link>
      )}
    </aside>
  );
}

function Leanings({ learned: { style, lessons } }: { learned: Learned }) {
  const shown = style!.affinities.slice(0, LEANINGS);
  const reach = Math.max(0.2, ...shown.map(({ score }) => Math.abs(score)));
  const moved = new Set(lessons.map(({ facet, term }) => `${facet}/${term}`));
  return (
    <ul className="leanings" aria-label={t.learned.now}>
      {shown.map(({ facet, term, label, score }) => (
        <li
          key={`${facet}/${term}`}
          data-sign={score < 0 ? "less" : "more"}
          data-moved={moved.has(`${facet}/${term}`)}
        >
          <span>{label}</span>
          <span className="leaning-bar">
            <i style={{ width: `${(Math.abs(score) / reach) * 50}%` }} />
            <span className="unseen">{t.learned.score(score)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
