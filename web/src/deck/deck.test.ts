import { describe, expect, it } from "vitest";

import type { Answer, AnswerItem } from "../api/types";
import { type Deck, emptyDeck, keyOf, UNDO_MAX, relaid, swiped, undone } from "./deck";

function item(id: string): AnswerItem {
  return {
    garment_id: id,
    colour: "Red",
    title: id,
    brand: "",
    category: "",
    price: 1,
    currency: "EUR",
    image: "",
    palette: [],
    sizes_in_stock: [],
    position: 0,
    score: 0,
    propensity: 1,
    explored: false,
    score_breakdown: [],
    reasons: [],
  };
}

function answer(...ids: string[]): Answer {
  return { request_id: `r-${ids.join("")}`, items: ids.map(item), degraded: [], took_ms: 1 };
}

function names(deck: Deck): string {
  return deck.cards.map(({ item: { garment_id } }) => garment_id).join("");
}

const DECK = relaid(emptyDeck, answer("a", "b", "c", "d"), false);

describe("a deck", () => {
  it("shows the next card after a swipe and remembers the last", () => {
    const deck = swiped(DECK, "like", "e1");
    expect(names(deck)).toBe("bcd");
    expect(deck.done.map(({ eventId, act }) => [eventId, act])).toEqual([["e1", "like"]]);
  });

  it("lets a fresh answer change the very next card", () => {
    const deck = relaid(swiped(DECK, "like", "e1"), answer("x", "b", "y"), false);
    expect(names(deck)).toBe("xby");
    expect(deck.cards[0]!.requestId).toBe("r-xby");
  });

  it("keeps the card in hand on top and cites its own answer", () => {
    const deck = relaid(swiped(DECK, "like", "e1"), answer("x", "b", "y"), true);
    expect(names(deck)).toBe("bxy");
    expect(deck.cards[0]!.requestId).toBe("r-abcd");
  });

  it("does not bring right back what was just swiped", () => {
    expect(names(relaid(swiped(DECK, "pass", "e1"), answer("a", "c"), false))).toBe("c");
  });

  it("keeps its cards when the answer is empty", () => {
    expect(names(relaid(DECK, answer(), false))).toBe("abcd");
  });

  it("gives back the last card and says which event that undoes", () => {
    const { deck, taken } = undone(swiped(swiped(DECK, "like", "e1"), "pass", "e2"));
    expect(names(deck)).toBe("bcd");
    expect(taken!.eventId).toBe("e2");
    expect(undone(undone(deck).deck).taken).toBeUndefined();
  });

  it("never holds a card twice after an undo", () => {
    const swipedOnce = { ...swiped(DECK, "pass", "e1"), cards: DECK.cards };
    const keys = undone(swipedOnce).deck.cards.map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("remembers a bounded number of acts", () => {
    let deck = DECK;
    for (let i = 0; i < UNDO_MAX + 9; i += 1) deck = swiped({ ...deck, cards: DECK.cards }, "like", `e${i}`);
    expect(deck.done).toHaveLength(UNDO_MAX);
  });

  it("cannot be swiped when it is empty", () => {
    expect(swiped(emptyDeck, "like", "e1")).toBe(emptyDeck);
  });
});
