import { describe, expect, it } from "vitest";

import type { Event, EventType } from "../api/types";
import {
  eventWords,
  garmentsOf,
  heldEvents,
  isShowing,
  keptText,
  linkWords,
  newestFirst,
  thingWords,
} from "./event_words";

function event(type: EventType, rest: Partial<Event> = {}): Event {
  return { event_id: "e", type, ...rest };
}

describe("eventWords", () => {
  it.each<[Event, string]>([
    [event("like"), "You liked a coat"],
    [
      event("product_view", { dwell_ms: 12_400, scroll_depth: 0.5 }),
      "You looked at a coat for 12\u00a0s, 50% of the page",
    ],
    [event("product_view", { dwell_ms: 400 }), "You looked at a coat"],
    [event("product_view", { dwell_ms: 180_000 }), "You looked at a coat for 3\u00a0min"],
    [event("purchase", { quantity: 2, price: 40, currency: "EUR" }), "You bought 2 of a coat for €40"],
    [event("return", { reason: "too_small" }), "You returned a coat: too small"],
    [event("review", { rating: 4, fit: "fits" }), "You reviewed a coat: 4 of 5, it fits"],
    [event("search", { query: "warm" }), "You searched for “warm”"],
    [event("filter", { filters: { colour: ["red"], brand: ["Aa"] } }), "You filtered by red and Aa"],
    [event("impression", { items: [{ garment_id: "a" }] }), "You saw 1 garment"],
    [event("served", { items: [] }), "The shop showed you 0 garments"],
    [
      event("consent", { consent: { personalisation: false, training: true } }),
      "You refused a style profile and allowed training with your data",
    ],
    [event("sang_along" as EventType), "sang along"],
  ])("%j", (told, words) => expect(eventWords(told, "a coat")).toBe(words));
});

describe("thingWords", () => {
  const titles = new Map([["MH01", "Ada coat"]]);
  it("gives title and colour, or the id of what is gone", () => {
    expect(thingWords(event("like", { garment_id: "MH01", colour: "Red" }), titles)).toBe("Ada coat in Red");
    expect(thingWords(event("like", { garment_id: "X9" }), titles)).toBe("garment X9");
    expect(thingWords(event("undo"), titles)).toBe("a garment");
  });
});

describe("held events", () => {
  it("skip entries that are not events", () => {
    const held = { received_at: "2026-11-27T10:00:00Z", event: event("like") };
    expect(heldEvents([held, null, 7, {}, { event: {} }])).toEqual([held]);
  });
  it("are laid newest first by when they happened, the later of the log first where that is the same", () => {
    const held = (event_id: string, occurred_at?: string) => ({
      received_at: "2026-11-27T10:00:00Z",
      event: { ...event("like"), event_id, occurred_at },
    });
    const all = [
      held("old", "2026-11-20T10:00:00Z"),
      held("now"),
      held("now too"),
      held("mid", "2026-11-21T10:00:00Z"),
    ];
    expect(newestFirst(all).map((one) => one.event.event_id)).toEqual(["now too", "now", "mid", "old"]);
  });
  it("name each garment once, and none where the export writes an empty one", () => {
    const about = (garment_id: string) => ({ received_at: "", event: event("like", { garment_id }) });
    expect(garmentsOf([about("a"), about(""), about("b"), about("a")])).toEqual(["a", "b"]);
  });
  it("are shown as they are kept, without what they have not", () => {
    const held = { received_at: "now", event: event("like", { sku: "", items: [], filters: {}, price: 0 }) };
    expect(JSON.parse(keptText(held))).toEqual({
      received_at: "now",
      event: { event_id: "e", type: "like", price: 0 },
    });
  });
  it("tell what was done from what was shown", () => {
    const kinds = (["impression", "served", "like", "search"] as const).map((type) =>
      isShowing({ received_at: "", event: event(type) }),
    );
    expect(kinds).toEqual([true, true, false, false]);
  });
});

describe("linkWords", () => {
  it("writes the time for readers and leaves the position in the log out", () => {
    const why = "ada signed in on d1, and nobody else did; first on 2026-11-27T10:00:00.25Z (event 12).";
    expect(linkWords(why, () => "27 November 2026")).toBe(
      "ada signed in on d1, and nobody else did; first on 27 November 2026.",
    );
    expect(linkWords("a and b", () => "")).toBe("a and b");
  });
});
