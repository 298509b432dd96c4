import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { connection, reportUnreachable } from "./connection";

let probes: number[];
beforeEach(() => {
  vi.useFakeTimers();
  probes = [];
  vi.stubGlobal("fetch", () => {
    probes.push(Date.now());
    return Promise.resolve(new Response("ready"));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// How long it takes until the shop is asked whether it is back.
async function pauseMs(): Promise<number> {
  const since = Date.now();
  reportUnreachable();
  while (!connection.get().online) await vi.advanceTimersByTimeAsync(100);
  return probes.at(-1)! - since;
}

it("asks less often where each recovery is short, and soon again after one that lasted", async () => {
  const first = await pauseMs();
  const second = await pauseMs();
  const third = await pauseMs();
  expect(second).toBeGreaterThan(first);
  expect(third).toBeGreaterThan(second);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await pauseMs()).toBe(first);
});
