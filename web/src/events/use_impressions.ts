import { useCallback, useEffect, useRef } from "react";

import type { AnswerItem } from "../api/types";
import { itemKey } from "../state/marks";
import { recordImpressions } from "./record";

const SEEN_SHARE = 0.5; // of the card
const SEEN_MS = 400; // on screen that long: it was seen
const BATCH_MS = 900;

type Watched = { item: AnswerItem; requestId: string; timer?: ReturnType<typeof setTimeout> };

class ImpressionWatch {
  readonly #watched = new Map<Element, Watched>();
  readonly #told = new Set<string>();
  readonly #seen = new Map<string, AnswerItem[]>();
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #observer = new IntersectionObserver((entries) => entries.forEach((e) => this.#judge(e)), {
    threshold: [0, SEEN_SHARE],
  });

  watch(element: Element, item: AnswerItem, requestId: string): () => void {
    this.#watched.set(element, { item, requestId });
    this.#observer.observe(element);
    return () => {
      clearTimeout(this.#watched.get(element)?.timer);
      this.#watched.delete(element);
      this.#observer.unobserve(element);
    };
  }

  // What was acted upon was seen, however short.
  saw(item: AnswerItem, requestId: string): void {
    this.#saw({ item, requestId });
    this.flush();
  }

  flush = (): void => {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    this.#seen.forEach((items, requestId) => recordImpressions(requestId, items));
    this.#seen.clear();
  };

  #judge(entry: IntersectionObserverEntry): void {
    const watched = this.#watched.get(entry.target);
    if (!watched) return;
    clearTimeout(watched.timer);
    if (entry.intersectionRatio < SEEN_SHARE || document.visibilityState === "hidden") return;
    watched.timer = setTimeout(() => this.#saw(watched), SEEN_MS);
  }

  #saw({ item, requestId }: Watched): void {
    const key = `${requestId}|${itemKey(item)}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#seen.set(requestId, [...(this.#seen.get(requestId) ?? []), item]);
    this.#flushTimer ??= setTimeout(this.flush, BATCH_MS);
  }
}

// One watch for the whole page: what was really on screen is sent once per answer, in batches.
let shared: ImpressionWatch | undefined;

function sharedWatch(): ImpressionWatch {
  if (!shared) {
    shared = new ImpressionWatch();
    // Before the queue's own listener, so that the last batch goes with the last beacon.
    window.addEventListener("pagehide", shared.flush, { capture: true });
  }
  return shared;
}

// To be called before an act on an item is recorded, so that the act finds its impression.
export function sawNow(item: AnswerItem, requestId: string): void {
  if (requestId) sharedWatch().saw(item, requestId);
}

export function flushImpressions(): void {
  shared?.flush();
}

// A ref for the card of an item.
export function useImpression(
  item: AnswerItem | undefined,
  requestId: string,
): (element: Element | null) => void {
  const stop = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => stop.current?.(), []);
  return useCallback(
    (element: Element | null) => {
      stop.current?.();
      stop.current = element && item && requestId ? sharedWatch().watch(element, item, requestId) : undefined;
    },
    [item, requestId],
  );
}
