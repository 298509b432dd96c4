import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import { api, isAbort } from "../api/client";
import { connection } from "../api/connection";
import type { StyleView } from "../api/types";
import { useAnswer } from "../api/use_answer";
import type { Shown } from "../events/record";
import { queue } from "../events/send";
import { Link, useRoute } from "../router/router";
import { itemKey } from "../state/marks";
import { shopper } from "../state/shopper";
import { createStore, useStore } from "../state/store";
import { GarmentCard, GarmentGrid, GridSkeleton } from "../ui/garment_card";
import { list } from "../ui/format";
import { Trouble } from "../ui/trouble";

const kPage = 24;
const kKeptMs = 10 * 60_000;

type FeedState = { shopperId: string; at: number; shown: Shown[]; ended: boolean };

// Kept while the tab lives, so that coming back from a garment finds the page as it was left.
const kept = createStore<FeedState | null>(null);

export function forgetFeed(): void {
  kept.set(null);
}

async function nextPage(shopperId: string, shown: Shown[], signal: AbortSignal): Promise<FeedState> {
  await queue.flush();
  const exclude = [...new Set(shown.map(({ item }) => item.garment_id))].slice(-900);
  const answer = await api.recommend(
    {
      shopper_id: shopperId,
      count: kPage,
      ...(exclude.length > 0 ? { filter: { exclude_garments: exclude } } : {}),
    },
    signal,
  );
  const have = new Set(shown.map(({ item }) => itemKey(item)));
  const fresh = answer.items
    .filter((item) => !have.has(itemKey(item)))
    .map((item) => ({ item, requestId: answer.request_id }));
  return { shopperId, at: Date.now(), shown: [...shown, ...fresh], ended: fresh.length === 0 };
}

// Come back to, it is as it was left; gone to anew, it knows what was learned meanwhile.
function useFeed() {
  const { returned } = useRoute();
  const shopperId = useStore(shopper);
  const { recoveries } = useStore(connection);
  const state = useStore(kept);
  const [error, setError] = useState<Error>();
  const busy = useRef<AbortController | undefined>(undefined);
  const entered = useRef(true);

  const more = useCallback(async () => {
    if (busy.current) return;
    const control = new AbortController();
    busy.current = control;
    const now = kept.get();
    const shown = now?.shopperId === shopperId ? now.shown : [];
    try {
      kept.set(await nextPage(shopperId, shown, control.signal));
      setError(undefined);
    } catch (caught) {
      if (!isAbort(caught)) setError(caught as Error);
    } finally {
      if (busy.current === control) busy.current = undefined;
    }
  }, [shopperId]);

  useLayoutEffect(() => {
    const now = kept.get();
    const stale = entered.current && (!returned || Date.now() - (now?.at ?? 0) > kKeptMs);
    entered.current = false;
    if (stale || now?.shopperId !== shopperId) kept.set(null);
    if (kept.get() === null) void more();
    return () => {
      busy.current?.abort();
      busy.current = undefined;
    };
  }, [more, shopperId, recoveries, returned]);

  const mine = state?.shopperId === shopperId ? state : null;
  return { shown: mine?.shown ?? [], ended: mine?.ended ?? false, error, more };
}

export function Feed() {
  const { shown, ended, error, more } = useFeed();
  const shopperId = useStore(shopper);
  const style = useAnswer(`style/${shopperId}`, (signal) => api.style(shopperId, signal));
  const end = useMoreAtEnd(more, shown.length > 0 && !ended && !error);
  return (
    <section className="feed">
      <div className="page-head">
        <h1 tabIndex={-1}>For you</h1>
        <Leaning style={style.data} />
      </div>
      {shown.length === 0 && error && <Trouble error={error} retry={() => void more()} />}
      {shown.length === 0 && !error && <GridSkeleton count={8} />}
      {shown.length > 0 && (
        <GarmentGrid label="Garments for you">
          {shown.map(({ item, requestId }, i) => (
            <GarmentCard
              key={itemKey(item)}
              item={item}
              requestId={requestId}
              eager={i < 6}
              lead={i % 13 === 0}
            />
          ))}
        </GarmentGrid>
      )}
      <div ref={end} className="feed-end" aria-live="polite">
        {ended ? "That is all there is, for now." : ""}
      </div>
    </section>
  );
}

// The learned style in one sentence, or the way to it.
function Leaning({ style }: { style: StyleView | undefined }) {
  if (!style) return <p className="lede">&nbsp;</p>;
  const toward = style.affinities.filter(({ score }) => score > 0.05).slice(0, 3);
  const away = style.affinities.filter(({ score }) => score < -0.05).slice(0, 2);
  if (toward.length === 0) {
    return (
      <p className="lede">
        Nothing is known of your taste yet. <Link to={{ page: "swipe" }}>A few swipes</Link> change that.
      </p>
    );
  }
  return (
    <p className="lede">
      Led by {list(toward.map(({ label }) => label.toLowerCase()))}
      {away.length > 0 && <>, away from {list(away.map(({ label }) => label.toLowerCase()))}</>}.{" "}
      <Link to={{ page: "style" }}>What I learned</Link>
    </p>
  );
}

// Loads more shortly before the end is reached.
function useMoreAtEnd(more: () => Promise<void>, active: boolean) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!active || !end.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((e) => e.isIntersecting) && void more(),
      {
        rootMargin: "600px",
      },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [active, more]);
  return end;
}
