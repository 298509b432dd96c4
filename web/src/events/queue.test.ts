import { describe, expect, it } from "vitest";

import type { Event, EventType } from "../api/types";
import {
  backoffMs,
  bounded,
  EventQueue,
  BACKOFF_FIRST_MS,
  BACKOFF_MS_MAX,
  BATCH_MAX,
  KEPT_MAX,
  type SendResult,
} from "./queue";

function event(id: string, type: EventType = "like"): Event {
  return { event_id: id, type, shopper_id: "ada", garment_id: "MH01" };
}

const TAKEN: SendResult = {
  kind: "taken",
  result: { accepted: 1, duplicates: 0, ignored: 0, refused: [], warnings: [] },
};

// A queue over an array, with a server that answers from a script and a clock moved by hand.
function bench(script: (SendResult | Promise<SendResult>)[] = []) {
  let kept: Event[] = [];
  const sent: string[][] = [];
  const timers: { task: () => void; delayMs: number; live: boolean }[] = [];
  const parts = {
    storage: { read: () => kept, write: (events: Event[]) => void (kept = events) },
    send: async (events: Event[]) => {
      sent.push(events.map(({ event_id }) => event_id));
      return script.shift() ?? TAKEN;
    },
    schedule: (task: () => void, delayMs: number) => {
      const timer = { task, delayMs, live: true };
      timers.push(timer);
      return () => void (timer.live = false);
    },
    random: () => 1,
  };
  const live = () => timers.filter((timer) => timer.live);
  return { queue: new EventQueue(parts), parts, sent, live, kept: () => kept };
}

describe("EventQueue", () => {
  it("sends what was pushed, in order, once", async () => {
    const { queue, sent, kept } = bench();
    queue.push(event("a"));
    queue.push(event("b"));
    expect(await queue.flush()).toBe(true);
    expect(sent).toEqual([["a", "b"]]);
    expect(kept()).toEqual([]);
    expect(await queue.flush()).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it("keeps everything while the server is away and waits longer each time", async () => {
    const later: SendResult = { kind: "later" };
    const { queue, kept, live } = bench([later, later, later]);
    queue.push(event("a"));
    const delays: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      expect(await queue.flush()).toBe(false);
      delays.push(live().at(-1)!.delayMs);
    }
    expect(kept()).toHaveLength(1);
    expect(delays).toEqual([1_000, 2_000, 4_000]);
    expect(await queue.flush()).toBe(true);
    expect(kept()).toEqual([]);
  });

  it("obeys the pause that the server asks for", async () => {
    const { queue, live } = bench([{ kind: "later", retryAfterMs: 7_000 }]);
    queue.push(event("a"));
    await queue.flush();
    expect(live().at(-1)!.delayMs).toBe(7_000);
  });

  it("does not hammer a server that is away with each push", async () => {
    const { queue, live } = bench([{ kind: "later" }]);
    queue.push(event("a"));
    await queue.flush();
    const timers = live().length;
    queue.push(event("b"));
    expect(live()).toHaveLength(timers);
  });

  it("lets a refused batch go: it would be refused again", async () => {
    const { queue, kept, sent } = bench([{ kind: "refused", status: 400 }]);
    queue.push(event("a"));
    expect(await queue.flush()).toBe(true);
    expect(kept()).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  it("sends in batches of bounded size", async () => {
    const { queue, sent } = bench();
    for (let i = 0; i < BATCH_MAX + 3; i += 1) queue.push(event(`e${i}`));
    await queue.flush();
    expect(sent.map((batch) => batch.length)).toEqual([BATCH_MAX, 3]);
  });

  it("does not lose what is pushed while a batch is on its way", async () => {
    let answer: (result: SendResult) => void = () => undefined;
    const slow = new Promise<SendResult>((resolve) => (answer = resolve));
    const { queue, sent } = bench([slow]);
    queue.push(event("a"));
    const first = queue.flush();
    queue.push(event("b"));
    const second = queue.flush();
    answer(TAKEN);
    expect(await first).toBe(true);
    expect(await second).toBe(true);
    expect(sent).toEqual([["a"], ["b"]]);
  });

  it("never has two batches on their way", async () => {
    let underway = 0;
    let most = 0;
    const { parts } = bench();
    const queue = new EventQueue({
      ...parts,
      send: async () => {
        most = Math.max(most, ++underway);
        await Promise.resolve();
        underway -= 1;
        return TAKEN;
      },
    });
    queue.push(event("a"));
    await Promise.all([queue.flush(), queue.flush(), queue.flush()]);
    expect(most).toBe(1);
  });

  it("survives a reload: a new queue over the same storage sends it", async () => {
    const { queue, parts, sent } = bench([{ kind: "later" }]);
    queue.push(event("a"));
    await queue.flush();
    await new EventQueue(parts).flush();
    expect(sent).toEqual([["a"], ["a"]]);
  });

  it("sends nothing while it is held, and is held when what is under way has ended", async () => {
    let arrive: (result: SendResult) => void = () => undefined;
    const { queue, sent, live } = bench([new Promise((resolve) => (arrive = resolve))]);
    queue.push(event("a"));
    void queue.flush();
    let held = false;
    const holding = queue.hold().then(() => (held = true));
    queue.push(event("b"));
    await Promise.resolve();
    expect(held).toBe(false);
    arrive(TAKEN);
    await holding;
    expect(await queue.flush()).toBe(false);
    expect(queue.unsent()).toEqual([]);
    expect(live()).toEqual([]);
    expect(sent).toEqual([["a"]]);
    queue.release();
    expect(live()).toHaveLength(1);
    expect(await queue.flush()).toBe(true);
    expect(sent).toEqual([["a"], ["b"]]);
  });

  it("forgets all when the shopper is forgotten", async () => {
    const { queue, sent } = bench();
    queue.push(event("a"));
    queue.clear();
    await queue.flush();
    expect(sent).toEqual([]);
  });
});

describe("bounded", () => {
  it("drops impressions before what shoppers did", () => {
    const events = [event("like"), event("seen", "impression"), event("pass", "pass")];
    expect(bounded(events, 2).map(({ event_id }) => event_id)).toEqual(["like", "pass"]);
  });

  it("drops the oldest when there are no impressions", () => {
    expect(bounded([event("a"), event("b"), event("c")], 2).map(({ event_id }) => event_id)).toEqual([
      "b",
      "c",
    ]);
  });

  it("holds for the queue as a whole", () => {
    const { queue, kept } = bench();
    for (let i = 0; i < KEPT_MAX + 20; i += 1) queue.push(event(`e${i}`));
    expect(kept()).toHaveLength(KEPT_MAX);
    expect(kept().at(-1)!.event_id).toBe(`e${KEPT_MAX + 19}`);
  });
});

describe("backoffMs", () => {
  it("doubles, with jitter, up to its limit", () => {
    expect(backoffMs(1, 1)).toBe(BACKOFF_FIRST_MS);
    expect(backoffMs(1, 0)).toBe(BACKOFF_FIRST_MS / 2);
    expect(backoffMs(3, 1)).toBe(BACKOFF_FIRST_MS * 4);
    expect(backoffMs(40, 1)).toBe(BACKOFF_MS_MAX);
  });
});
