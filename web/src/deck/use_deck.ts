import { useCallback, useEffect, useRef, useState } from "react";

import { BusyError } from "../api/client";
import { connection } from "../api/connection";
import { queryClient, styleQuery } from "../api/queries";
import { busyPauseMs } from "../api/retry_after";
import type { StyleView } from "../api/types";
import { recordAct, recordUndo } from "../events/record";
import { sawNow } from "../events/use_impressions";
import { setSaved } from "../state/marks";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { type Lesson, lessons } from "../ui/learned";
import { deal } from "./deal";
import { type Act, type Deck, emptyDeck, relaid, swiped, undone } from "./deck";

// An answer that takes longer finds the next card already looked at: it then stays.
const SWAP_MS = 500;

export interface Learned {
  lessons: Lesson[];
  turn: number;
  style?: StyleView;
}

export interface DeckHandle {
  deck: Deck;
  loading: boolean;
  error: Error | undefined; // why the next cards did not come
  retry: () => void;
  learned: Learned;
  act: (act: Act) => void;
  undo: () => Act | undefined;
  hold: (held: boolean) => void; // true while a finger holds the top card: it is not exchanged then
}

// Every act is sent at once; then the next cards and the style are fetched again, so that the next card already
// reflects it.
export function useDeck(): DeckHandle {
  const [deck, setDeck] = useState<Deck>(emptyDeck);
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<Error>();
  const [learned, setLearned] = useState<Learned>({ lessons: [], turn: 0 });
  const { recoveries } = useStore(connection);
  const latest = useRef(deck);
  const turn = useRef(0);
  const held = useRef(false);

  const put = useCallback((next: Deck) => {
    latest.current = next;
    setDeck(next);
  }, []);

  const refresh = useCallback(
    async (keepTop: boolean) => {
      const mine = ++turn.current;
      const since = performance.now();
      const shopperId = shopper.get();
      const why = await deal({
        deck: () => latest.current,
        isLatest: () => mine === turn.current,
        styled: (style) => {
          queryClient.setQueryData(styleQuery(shopperId).queryKey, style);
          setLearned((old) => ({ lessons: old.style ? lessons(old.style, style) : [], turn: mine, style }));
        },
        dealt: (answer) => {
          const late = performance.now() - since > SWAP_MS;
          put(relaid(latest.current, answer, keepTop || late || held.current));
        },
      });
      if (mine !== turn.current) return;
      setError(why);
      setLoading(false);
    },
    [put],
  );

  useEffect(() => void refresh(latest.current.cards.length > 0), [refresh, recoveries]);
  useRetryWhenNotBusy(error, () => void refresh(latest.current.cards.length > 0));

  const act = useCallback(
    (done: Act) => {
      const top = latest.current.cards[0];
      if (!top) return;
      sawNow(top.item, top.requestId);
      const eventId = recordAct(done, top);
      if (done !== "pass") setSaved(top.item, true);
      held.current = false;
      put(swiped(latest.current, done, eventId));
      void refresh(false);
    },
    [put, refresh],
  );

  const undo = useCallback(() => {
    const { deck: next, taken } = undone(latest.current);
    if (!taken) return undefined;
    recordUndo(taken.eventId, taken.shown);
    if (taken.act !== "pass") setSaved(taken.shown.item, false);
    put(next);
    void refresh(true);
    return taken.act;
  }, [put, refresh]);

  const hold = useCallback((value: boolean) => (held.current = value), []);
  const retry = useCallback(() => void refresh(false), [refresh]);
  return { deck, loading, error, retry, learned, act, undo, hold };
}

// A busy shop is asked again after the pause that it asks for, longer with each refusal.
function useRetryWhenNotBusy(error: Error | undefined, retry: () => void): void {
  const refusals = useRef(0);
  const again = useRef(retry);
  useEffect(() => {
    again.current = retry;
  });
  useEffect(() => {
    if (!(error instanceof BusyError)) {
      refusals.current = 0;
      return undefined;
    }
    refusals.current += 1;
    const pauseMs = busyPauseMs(error.retryAfterMs, refusals.current, Math.random());
    const timer = setTimeout(() => again.current(), pauseMs);
    return () => clearTimeout(timer);
  }, [error]);
}
