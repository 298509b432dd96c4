// The way of every event from the page to the server's log.
//
// Kept in storage until acknowledged, so that a reload or a dead server loses none; sent in batches, in order,
// one request at a time; failures wait longer and longer. Sending one twice is harmless, for its id is unique.
// Limits: kKeptMax events kept, impressions dropped first, then the oldest.

import type { Event, EventsReport } from "../api/types";

export const kKeptMax = 400;
export const kBatchMax = 50;
export const kDelayMs = 1_200;
export const kBackoffFirstMs = 1_000;
export const kBackoffMsMax = 60_000;

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
  const full = Math.min(kBackoffFirstMs * 2 ** (failures - 1), kBackoffMsMax);
  return full * (0.5 + 0.5 * random);
}

export class EventQueue {
  private failures_ = 0;
  private cancelTimer_: (() => void) | undefined;
  private sending_: Promise<boolean> | undefined;

  constructor(private readonly parts_: QueueParts) {}

  get pending(): number {
    return this.parts_.storage.read().length;
  }

  // Keeps the event and sends it soon, together with what comes meanwhile.
  push(event: Event): void {
    const { storage } = this.parts_;
    storage.write(bounded([...storage.read(), event], kKeptMax));
    if (this.failures_ === 0) this.schedule_(kDelayMs);
  }

  // Sends all that is kept now. True when the server has acknowledged it.
  async flush(): Promise<boolean> {
    if (this.sending_) await this.sending_;
    this.sending_ ??= this.drain_().finally(() => (this.sending_ = undefined));
    return this.sending_;
  }

  // Whatever is kept, for a last attempt as the page goes; it stays kept until acknowledged.
  unsent(): Event[] {
    return this.parts_.storage.read().slice(0, kBatchMax);
  }

  // Events of these ids shall never be sent: their shopper is forgotten.
  clear(): void {
    this.cancelTimer_?.();
    this.parts_.storage.write([]);
  }

  private async drain_(): Promise<boolean> {
    this.cancelTimer_?.();
    for (;;) {
      const batch = this.parts_.storage.read().slice(0, kBatchMax);
      if (batch.length === 0) return true;
      const sent = await this.parts_.send(batch);
      if (sent.kind === "later") {
        this.failures_ += 1;
        this.schedule_(sent.retryAfterMs ?? backoffMs(this.failures_, this.parts_.random()));
        return false;
      }
      this.failures_ = 0;
      this.forget_(batch);
    }
  }

  // A refused event would be refused again: it goes as well.
  private forget_(batch: Event[]): void {
    const done = new Set(batch.map((event) => event.event_id));
    const { storage } = this.parts_;
    storage.write(storage.read().filter((event) => !done.has(event.event_id)));
  }

  private schedule_(delayMs: number): void {
    this.cancelTimer_?.();
    this.cancelTimer_ = this.parts_.schedule(() => void this.flush(), delayMs);
  }
}
