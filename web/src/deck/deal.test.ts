import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Answer } from "../api/types";
import type { Deck } from "./deck";

const CARDS = { request_id: "r1", items: [{ garment_id: "new", colour: "Olive" }] };
const DECK = {
  cards: [],
  done: [
    { act: "like", eventId: "e1", shown: { requestId: "r0", item: { garment_id: "MH01", colour: "Navy" } } },
  ],
} as unknown as Deck;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// Deals once from a shop that answers events so; undefined: nothing can be reached.
async function dealFrom(events: number | undefined) {
  let asked: { filter?: { exclude_garments: string[] } } = {};
  vi.stubGlobal("fetch", (request: string | { url: string }, init?: { body?: ArrayBuffer }) => {
    const url = typeof request === "string" ? request : request.url;
    if (events === undefined) return Promise.reject(new TypeError("no network"));
    if (url.endsWith("/v1/devices")) return Promise.resolve(Response.json({ device_id: "d", token: "t" }));
    if (url.endsWith("/v1/events")) return Promise.resolve(Response.json({}, { status: events }));
    if (!url.endsWith("/v1/recommendations")) return Promise.resolve(Response.json({}));
    asked = JSON.parse(new TextDecoder().decode(init?.body)) as typeof asked;
    return Promise.resolve(Response.json(CARDS));
  });
  const { queue } = await import("../events/send");
  const { deal } = await import("./deal");
  const { UnreachableError } = await import("../api/client");
  queue.push({ event_id: "e1", type: "like", garment_id: "MH01" });
  const laid: Answer[] = [];
  const why = await deal({
    deck: () => DECK,
    isLatest: () => true,
    styled: () => undefined,
    dealt: (answer) => laid.push(answer),
  });
  return { why, laid, asked, UnreachableError };
}

describe("the next cards", () => {
  it("come when the act was told", async () => {
    const { why, laid, asked } = await dealFrom(202);
    expect(why).toBeUndefined();
    expect(laid).toHaveLength(1);
    expect(asked.filter).toBeUndefined();
  });
  it.each([429, 500, 501, 503])("come without what was swiped where events answer %d", async (status) => {
    const { why, laid, asked } = await dealFrom(status);
    expect(why).toBeUndefined();
    expect(laid).toHaveLength(1);
    expect(asked.filter).toEqual({ exclude_garments: ["MH01"] });
  });
  it("do not come where nothing can be reached, and it is known why", async () => {
    const { why, laid, UnreachableError } = await dealFrom(undefined);
    expect(laid).toEqual([]);
    expect(why).toBeInstanceOf(UnreachableError);
  });
});
