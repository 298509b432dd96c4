import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { garmentQuery } from "../api/queries";
import type { StyleView } from "../api/types";
import { t } from "../locale";
import {
  eventWords,
  garmentsOf,
  type HeldEvent,
  isShowing,
  keptText,
  newestFirst,
  thingWords,
  timeOf,
} from "../ui/event_words";
import { dayWords, timeWords } from "../ui/format";

const PAGE = 30;

// Every stored event, newest first, by day. What was only shown is by far the most and is left out until the reader
// includes it.
export function MyHistory({ events, style }: { events: HeldEvent[]; style: StyleView }) {
  const [all, setAll] = useState(false);
  const [count, setCount] = useState(PAGE);
  const sorted = useMemo(() => newestFirst(events), [events]);
  const showings = useMemo(() => sorted.filter(isShowing).length, [sorted]);
  const listed = all ? sorted : sorted.filter((held) => !isShowing(held));
  const shown = listed.slice(0, count);
  const titles = useTitles(shown, style);
  return (
    <section aria-labelledby="doings-title" className="doings">
      <h2 id="doings-title">{t.history.title}</h2>
      {showings > 0 && (
        <label className="switch doings-all">
          <span>{t.history.withShown(showings)}</span>
          <input
            type="checkbox"
            role="switch"
            checked={all}
            onChange={(event) => setAll(event.target.checked)}
          />
        </label>
      )}
      {listed.length === 0 && <p>{t.history.nothing}</p>}
      {byDay(shown).map(([day, ofDay]) => (
        <div key={day} className="doings-day">
          <h3>{day}</h3>
          <ol>
            {ofDay.map((held) => (
              <Doing key={held.event.event_id} held={held} titles={titles} />
            ))}
          </ol>
        </div>
      ))}
      {listed.length > count && (
        <button type="button" className="button" onClick={() => setCount(count + PAGE)}>
          {t.history.more}
        </button>
      )}
      <p className="doings-count" role="status">
        {listed.length > 0 && t.history.count(Math.min(count, listed.length), listed.length)}
      </p>
    </section>
  );
}

function byDay(events: HeldEvent[]): [string, HeldEvent[]][] {
  const days = new Map<string, HeldEvent[]>();
  for (const held of events) {
    const day = dayWords(timeOf(held));
    days.set(day, [...(days.get(day) ?? []), held]);
  }
  return [...days];
}

function Doing({ held, titles }: { held: HeldEvent; titles: ReadonlyMap<string, string> }) {
  return (
    <li>
      <details>
        <summary>
          <time dateTime={timeOf(held)}>{timeWords(timeOf(held))}</time>
          <span>{eventWords(held.event, thingWords(held.event, titles))}</span>
        </summary>
        <pre>{keptText(held)}</pre>
      </details>
    </li>
  );
}

// Garments by title: the profile brings some, the others are fetched, each once. A garment that is no longer sold has
// no title.
function useTitles(shown: readonly HeldEvent[], style: StyleView): ReadonlyMap<string, string> {
  const known = useMemo(
    () => new Map(style.liked.map(({ garment_id, title }) => [garment_id, title])),
    [style],
  );
  const wanted = garmentsOf(shown).filter((id) => !known.has(id));
  return useQueries({
    queries: wanted.map((id) => ({ ...garmentQuery(id), staleTime: Infinity })),
    combine: (found) =>
      new Map([
        ...known,
        ...found.flatMap(({ data }): [string, string][] => (data ? [[data.id, data.title]] : [])),
      ]),
  });
}
