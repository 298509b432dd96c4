import { useCallback, useEffect, useRef } from "react";

import type { AnswerItem } from "../api/types";
import { itemKey } from "../state/marks";
import { recordImpressions } from "./record";

const kSeenShare = 0.5; // of the card
const kSeenMs = 400; // on screen that long: it was seen
const kBatchMs = 900;

type Watched = { item: AnswerItem; requestId: string; timer?: ReturnType<typeof setTimeout> };

class ImpressionWatch {
  private readonly watched_ = new Map<Element, Watched>();
  private readonly told_ = new Set<string>();
  private readonly seen_ = new Map<string, AnswerItem[]>();
  private flushTimer_: ReturnType<typeof setTimeout> | undefined;
  private readonly observer_ = new IntersectionObserver((entries) => entries.forEach((e) => this.judge_(e)), {
    threshold: [0, kSeenShare],
  });

  watch(element: Element, item: AnswerItem, requestId: string): () => void {
    this.watched_.set(element, { item, requestId });
    this.observer_.observe(element);
    return () => {
      clearTimeout(this.watched_.get(element)?.timer);
      this.watched_.delete(element);
      this.observer_.unobserve(element);
    };
  }

  // What was acted upon was seen, however short.
  saw(item: AnswerItem, requestId: string): void {
    this.saw_({ item, requestId });
    this.flush();
  }

  flush = (): void => {
    clearTimeout(this.flushTimer_);
    this.flushTimer_ = undefined;
    this.seen_.forEach((items, requestId) => recordImpressions(requestId, items));
    this.seen_.clear();
  };

  private judge_(entry: IntersectionObserverEntry): void {
    const watched = this.watched_.get(entry.target);
    if (!watched) return;
    clearTimeout(watched.timer);
    if (entry.intersectionRatio < kSeenShare || document.visibilityState === "hidden") return;
    watched.timer = setTimeout(() => this.saw_(watched), kSeenMs);
  }

  private saw_({ item, requestId }: Watched): void {
    const key = `${requestId}|${itemKey(item)}`;
    if (this.told_.has(key)) return;
    this.told_.add(key);
    this.seen_.set(requestId, [...(this.seen_.get(requestId) ?? []), item]);
    this.flushTimer_ ??= setTimeout(this.flush, kBatchMs);
  }
}

// One watch for the whole page: what was truly on screen is told once per answer, in batches.
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
