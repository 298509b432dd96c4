// The pile of cards as plain data: what lies on it, what was done, and how a fresh answer is laid under.

import type { Answer } from "../api/types";
import type { Shown } from "../events/record";
import { itemKey } from "../state/marks";
import type { Decision } from "./physics";

export type Act = Exclude<Decision, "none">;

export interface Done {
  shown: Shown;
  act: Act;
  eventId: string;
}

export interface Deck {
  cards: Shown[];
  done: Done[]; // oldest first, at most UNDO_MAX
}

export const UNDO_MAX = 30;
const JUST_DONE = 3; // these cannot come right back, whatever a late answer says

export const emptyDeck: Deck = { cards: [], done: [] };

export function keyOf(shown: Shown): string {
  return itemKey(shown.item);
}

export function swiped(deck: Deck, act: Act, eventId: string): Deck {
  const [top, ...rest] = deck.cards;
  if (!top) return deck;
  return { cards: rest, done: [...deck.done, { shown: top, act, eventId }].slice(-UNDO_MAX) };
}

// Lays a fresh answer. With `keepTop` the card on top stays, because it is already in hand or long in sight.
export function relaid(deck: Deck, answer: Answer, keepTop: boolean): Deck {
  const justDone = new Set(deck.done.slice(-JUST_DONE).map(({ shown }) => keyOf(shown)));
  const fresh = answer.items
    .map((item) => ({ item, requestId: answer.request_id }))
    .filter((shown) => !justDone.has(keyOf(shown)));
  const [top] = deck.cards;
  if (fresh.length === 0) return deck;
  if (!keepTop || !top) return { ...deck, cards: fresh };
  return { ...deck, cards: [top, ...fresh.filter((shown) => keyOf(shown) !== keyOf(top))] };
}

export function undone(deck: Deck): { deck: Deck; taken?: Done } {
  const taken = deck.done.at(-1);
  if (!taken) return { deck };
  const others = deck.cards.filter((shown) => keyOf(shown) !== keyOf(taken.shown));
  return { deck: { cards: [taken.shown, ...others], done: deck.done.slice(0, -1) }, taken };
}
