// Queue of events on their way from the page to the server's log.
//
// Kept in storage until acknowledged, so that a reload or a dead server loses none; sent in batches, in order,
// one request at a time; failures wait longer and longer. Sending one twice is harmless, because its id is unique.
// Limits: KEPT_MAX events kept, impressions dropped first, then the oldest.

import type { Event, EventsReport } from "../api/types";

export const KEPT_MAX = 400;
export const BATCH_MAX = 50;
export const DELAY_MS = 1_200;
export const BACKOFF_FIRST_MS = 1_000;
export const BACKOFF_MS_MAX = 60_000;

export interface EventStorage {
  read(): Event[];
  write(events: Event[]): void;
}

// What became of a batch: taken (some of it perhaps refused), refused as a whole, or try again.
export type SendResult =
  | { kind: "taken"; result: EventsReport }
  | { kind: "refused"; status: number }
  | { kind: "later"; retryAfterMs?: number };

export interface QueueParts {
  storage: EventStorage;
  send: (events: Event[]) => Promise<SendResult>;
  schedule: (task: () => void, delayMs: number) => () => void;
  random: () => number;
}

// Keeps the newest and, of the rest, what says most: impressions go first.
export function bounded(events: Event[], limit: number): Event[] {
  let excess = events.length - limit;
  if (excess <= 0) return events;
  const kept = events.filter((event) => {
    if (excess <= 0 || event.type !== "impression") return true;
    excess -= 1;
    return false;
  });
  return excess > 0 ? kept.slice(excess) : kept;
}

export function backoffMs(failures: number, random: number): number {
  const full = Math.min(BACKOFF_FIRST_MS * 2 ** (failures - 1), BACKOFF_MS_MAX);
  return full * (0.5 + 0.5 * random);
}

export class EventQueue {
  #failures = 0;
  #cancelTimer: (() => void) | undefined;
  #sending: Promise<boolean> | undefined;
  #held = false;

  readonly #parts: QueueParts;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  get pending(): number {
    return this.#parts.storage.read().length;
  }

  // Keeps the event and sends it soon, together with what comes meanwhile.
  push(event: Event): void {
    const { storage } = this.#parts;
    storage.write(bounded([...storage.read(), event], KEPT_MAX));
    if (this.#failures === 0) this.#schedule(DELAY_MS);
  }

  // Sends nothing from now on, and waits for the batch that is under way: after it no event of before can reach the
  // server.
  async hold(): Promise<void> {
    this.#held = true;
    this.#cancelTimer?.();
    await this.#sending;
  }

  release(): void {
    this.#held = false;
    if (this.pending > 0) this.#schedule(DELAY_MS);
  }

  // Sends all that is kept now. True when the server has acknowledged it.
  async flush(): Promise<boolean> {
    if (this.#sending) await this.#sending;
    this.#sending ??= this.#drain().finally(() => (this.#sending = undefined));
    return this.#sending;
  }

  // Whatever is kept, for a last attempt as the page goes; it stays kept until acknowledged.
  unsent(): Event[] {
    return this.#held ? [] : this.#parts.storage.read().slice(0, BATCH_MAX);
  }

  // Drops all events: their shopper was erased.
  clear(): void {
    this.#cancelTimer?.();
    this.#parts.storage.write([]);
  }

  async #drain(): Promise<boolean> {
    this.#cancelTimer?.();
    for (;;) {
      if (this.#held) return false;
      const batch = this.#parts.storage.read().slice(0, BATCH_MAX);
      if (batch.length === 0) return true;
      const sent = await this.#parts.send(batch);
      if (sent.kind === "later") {
        this.#failures += 1;
        this.#schedule(sent.retryAfterMs ?? backoffMs(this.#failures, this.#parts.random()));
        return false;
      }
      this.#failures = 0;
      this.#forget(batch);
    }
  }

  // A refused event would be refused again: it goes as well.
  #forget(batch: Event[]): void {
    const done = new Set(batch.map((event) => event.event_id));
    const { storage } = this.#parts;
    storage.write(storage.read().filter((event) => !done.has(event.event_id)));
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer?.();
    if (this.#held) return;
    this.#cancelTimer = this.#parts.schedule(() => void this.flush(), delayMs);
  }
}
