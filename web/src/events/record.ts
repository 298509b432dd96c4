import type { AnswerItem, StatedBody, ConsentChoice, Event, EventType, QuizAnswers } from "../api/types";
import { newId } from "../state/ids";
import { timeZone } from "../state/time_zone";
import { queue } from "./send";

export interface Shown {
  item: AnswerItem;
  requestId: string;
}

// It names nobody: the token that it is sent with says who it was.
function newEvent(type: EventType, rest: Partial<Event> = {}): Event {
  const zone = timeZone();
  return {
    event_id: newId(),
    type,
    schema_version: 1,
    occurred_at: new Date().toISOString(),
    ...(zone ? { context: { time_zone: zone } } : {}),
    ...rest,
  };
}

function keep(event: Event): string {
  queue.push(event);
  return event.event_id;
}

// Records what was done with a shown item and answers the event's id, which an undo cites.
export function recordAct(
  type: "like" | "pass" | "save" | "unsave" | "click",
  shown: Shown,
  rest: Partial<Event> = {},
): string {
  const { item, requestId } = shown;
  return keep(
    newEvent(type, {
      garment_id: item.garment_id,
      colour: item.colour,
      ...(requestId ? { request_id: requestId } : {}),
      ...rest,
    }),
  );
}

export function recordUndo(undone: string, shown: Shown): string {
  return keep(
    newEvent("undo", { undoes: undone, garment_id: shown.item.garment_id, colour: shown.item.colour }),
  );
}

export function recordImpressions(requestId: string, shown: AnswerItem[]): void {
  if (shown.length === 0) return;
  keep(
    newEvent("impression", {
      request_id: requestId,
      items: shown.map(({ garment_id, colour, position, propensity }) => ({
        garment_id,
        colour,
        position,
        propensity,
      })),
    }),
  );
}

export function recordView(view: {
  garmentId: string;
  colour: string;
  requestId: string;
  dwellMs: number;
  scrollDepth: number;
}): void {
  keep(
    newEvent("product_view", {
      garment_id: view.garmentId,
      colour: view.colour,
      ...(view.requestId ? { request_id: view.requestId } : {}),
      dwell_ms: Math.round(Math.min(view.dwellMs, 86_400_000)),
      scroll_depth: Math.round(Math.min(1, Math.max(0, view.scrollDepth)) * 100) / 100,
    }),
  );
}

export function recordCart(cart: {
  garmentId: string;
  colour: string;
  sku: string;
  price: number;
  requestId: string;
}): void {
  keep(
    newEvent("add_to_cart", {
      garment_id: cart.garmentId,
      colour: cart.colour,
      sku: cart.sku,
      quantity: 1,
      price: cart.price,
      ...(cart.requestId ? { request_id: cart.requestId } : {}),
    }),
  );
}

export function recordQuiz(quiz: QuizAnswers, body: StatedBody): string {
  return keep(newEvent("quiz", { quiz, ...(Object.keys(body).length > 0 ? { body } : {}) }));
}

// A purpose that is not named stays as it was.
export function recordConsent(consent: ConsentChoice): void {
  keep(newEvent("consent", { consent }));
}

export function recordSearch(query: string, requestId: string): void {
  keep(newEvent("search", { query, request_id: requestId }));
}

export function recordOutfitChosen(outfit: {
  outfitId: string;
  garmentIds: string[];
  requestId: string;
}): void {
  keep(
    newEvent("outfit_complete", {
      outfit_id: outfit.outfitId,
      garment_ids: outfit.garmentIds,
      ...(outfit.requestId ? { request_id: outfit.requestId } : {}),
    }),
  );
}
