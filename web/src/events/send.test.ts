import { afterEach, beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// How often events were sent to a shop that refuses them, and whether it counts as reachable.
async function sendTo(refuse: (path: string) => Response) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    return Promise.resolve(path === "/readyz" ? new Response("ready") : refuse(path));
  });
  const { connection } = await import("../api/connection");
  const { queue } = await import("./send");
  queue.push({ event_id: "1", type: "like", garment_id: "MH01" });
  const taken = await queue.flush();
  const times = (path: string): number => asked.filter((one) => one === path).length;
  return { taken, connection, times };
}

const device = (path: string): Response | undefined =>
  path === "/v1/devices" ? Response.json({ device_id: "d", token: "t" }, { status: 201 }) : undefined;
const busy = (status: number): Response => new Response("{}", { status, headers: { "retry-after": "20" } });

it("waits as long as a busy shop asks, which is not unreachable", async () => {
  const { taken, connection, times } = await sendTo((path) => device(path) ?? busy(503));
  expect(taken).toBe(false);
  expect(connection.get()).toEqual({ online: true, recoveries: 0 });
  await vi.advanceTimersByTimeAsync(19_000);
  expect(times("/v1/events")).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(times("/v1/events")).toBe(2);
});

it("waits as long for a device that is not given out now", async () => {
  const { taken, connection, times } = await sendTo(() => busy(429));
  expect(taken).toBe(false);
  expect(connection.get().online).toBe(true);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(times("/v1/devices")).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(times("/v1/devices")).toBe(2);
});
