import { afterEach, describe, expect, it, vi } from "vitest";

import { api } from "../api/client";
import { recordAct, recordConsent } from "../events/record";
import { queue } from "../events/send";
import { timeZone } from "./time_zone";

function standIn(zone: string | undefined): void {
  const whole = Intl.DateTimeFormat().resolvedOptions();
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
    ...whole,
    timeZone: zone as string,
  });
}

// A server that answers from a script, and what it was asked.
function serve(...script: { status: number; body: unknown }[]): unknown[] {
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", async (address: string, { body: sent }: RequestInit) => {
    if (address === "/v1/devices")
      return Response.json({ device_id: "dev_1", token: "md_1" }, { status: 201 });
    asked.push(JSON.parse(await new Response(sent).text()));
    const { status, body } = script.shift()!;
    return new Response(JSON.stringify(body), { status });
  });
  return asked;
}

afterEach(() => {
  queue.clear();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("timeZone", () => {
  it.each(["Europe/Vienna", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC", "America/Port-au-Prince"])(
    "%s is used as it is",
    (zone) => {
      standIn(zone);
      expect(timeZone()).toBe(zone);
    },
  );
  it.each([undefined, "", "Etc/Unknown", "+02:00", "a b", "x".repeat(61)])("%j is not used", (zone) => {
    standIn(zone);
    expect(timeZone()).toBeUndefined();
  });
});

describe("events", () => {
  const shown = { item: { garment_id: "MH01", colour: "Red" } as never, requestId: "r1" };
  it("carry the zone in their context", () => {
    standIn("Asia/Tokyo");
    recordAct("like", shown);
    recordConsent({ training: false });
    const sent = queue.unsent();
    expect(sent.map(({ context }) => context)).toEqual([
      { time_zone: "Asia/Tokyo" },
      { time_zone: "Asia/Tokyo" },
    ]);
    expect(sent[1]).toMatchObject({ type: "consent", consent: { training: false } });
  });
  it("have no context where it is not known", () => {
    standIn(undefined);
    recordAct("like", shown);
    expect(queue.unsent()[0]).not.toHaveProperty("context");
  });
});

describe("recommendations", () => {
  const ANSWER = { status: 200, body: { request_id: "r1", items: [], degraded: [], took_ms: 1 } };
  it("are asked for with the zone, beside whatever else is said of the situation", async () => {
    standIn("Europe/Vienna");
    const asked = serve(ANSWER);
    await api.recommend({ count: 3, context: { occasion: "work" } });
    expect(asked).toEqual([{ count: 3, context: { time_zone: "Europe/Vienna", occasion: "work" } }]);
  });
  it("are asked for without a context where it is not known", async () => {
    standIn(undefined);
    const asked = serve(ANSWER);
    await api.recommend({ count: 3 });
    expect(asked).toEqual([{ count: 3 }]);
  });
  it("are sent without it once the server has refused the zone", async () => {
    standIn("Mars/Olympus");
    const refused = { status: 400, body: { status: 400, title: "Invalid", pointer: "/context/time_zone" } };
    const asked = serve(refused, ANSWER, ANSWER);
    await expect(api.recommend({ count: 3 })).resolves.toMatchObject({ request_id: "r1" });
    await api.recommend({ count: 3 });
    expect(asked).toEqual([{ count: 3, context: { time_zone: "Mars/Olympus" } }, { count: 3 }, { count: 3 }]);
  });
  it("are not asked for twice when something else is refused", async () => {
    standIn("Europe/Vienna");
    const asked = serve({ status: 400, body: { status: 400, title: "Invalid", pointer: "/count" } });
    await expect(api.recommend({ count: -1 })).rejects.toThrow("Invalid");
    expect(asked).toHaveLength(1);
  });
});
