import { useEffect, useMemo, useState } from "react";

import { api } from "../api/client";
import type { StyleView } from "../api/types";
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
import { dayWords, plural, timeWords } from "../ui/format";

const kPage = 30;

// Every event that is kept, newest first, by day. What she was shown is by far the most and stands back until
// it is asked for.
export function Doings({ events, style }: { events: HeldEvent[]; style: StyleView }) {
  const [all, setAll] = useState(false);
  const [count, setCount] = useState(kPage);
  const sorted = useMemo(() => newestFirst(events), [events]);
  const showings = useMemo(() => sorted.filter(isShowing).length, [sorted]);
  const listed = all ? sorted : sorted.filter((held) => !isShowing(held));
  const shown = listed.slice(0, count);
  const titles = useTitles(shown, style);
  return (
    <section aria-labelledby="doings-title" className="doings">
      <h2 id="doings-title">What you did</h2>
      {showings > 0 && (
        <label className="switch doings-all">
          <span>With what you were shown ({showings.toLocaleString("en")})</span>
          <input
            type="checkbox"
            role="switch"
            checked={all}
            onChange={(event) => setAll(event.target.checked)}
          />
        </label>
      )}
      {listed.length === 0 && <p>Nothing yet.</p>}
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
        <button type="button" className="button" onClick={() => setCount(count + kPage)}>
          Show more
        </button>
      )}
      <p className="doings-count" role="status">
        {listed.length > 0 &&
          `${Math.min(count, listed.length).toLocaleString("en")} of ${plural(listed.length, "event")}`}
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

const kAtOnce = 4; // requests on their way for titles

// Garments by title: her style brings some, the others are asked for, each once. What is no longer sold has
// none.
function useTitles(shown: readonly HeldEvent[], style: StyleView): ReadonlyMap<string, string> {
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(
    () => new Map(style.liked.map(({ garment_id, title }) => [garment_id, title])),
  );
  const wanted = garmentsOf(shown).filter((id) => !titles.has(id));
  const key = wanted.slice(0, kAtOnce).join("\n");
  useEffect(() => {
    if (key === "") return;
    const control = new AbortController();
    const asked = key.split("\n").map(async (id): Promise<[string, string]> => {
      try {
        return [id, (await api.garment(id, control.signal)).title];
      } catch {
        return [id, ""];
      }
    });
    void Promise.all(asked).then((found) => {
      if (!control.signal.aborted) setTitles((old) => new Map([...old, ...found]));
    });
    return () => control.abort();
  }, [key]);
  return titles;
}
