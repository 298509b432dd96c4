import type { Event, FitFeedback, ReturnReason } from "../api/types";
import { list, money, percent, plural } from "./format";

// What is kept of her doings, said plainly.

export interface HeldEvent {
  received_at: string;
  event: Event;
}

// The export's events are untyped, for they are whatever the log holds: what has no type is passed over.
export function heldEvents(events: readonly unknown[]): HeldEvent[] {
  return events.filter(
    (one): one is HeldEvent =>
      typeof one === "object" && one !== null && typeof (one as Partial<HeldEvent>).event?.type === "string",
  );
}

export function timeOf({ received_at, event }: HeldEvent): string {
  return event.occurred_at || received_at;
}

// The garments that events are about, each once. The export writes what an event has not as empty.
export function garmentsOf(events: readonly HeldEvent[]): string[] {
  return [...new Set(events.flatMap(({ event }) => event.garment_id || []))];
}

// An event as it is kept, without what it has not.
export function keptText(held: HeldEvent): string {
  const empty = (value: unknown): boolean =>
    value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return JSON.stringify(held, (_, value: unknown) => (empty(value) ? undefined : value), 2);
}

export function newestFirst(events: readonly HeldEvent[]): HeldEvent[] {
  const at = (held: HeldEvent): number => Date.parse(timeOf(held)) || 0;
  return events.toReversed().sort((a, b) => at(b) - at(a));
}

// What was shown to her is most of the log and least of what she did.
export function isShowing({ event }: HeldEvent): boolean {
  return event.type === "impression" || event.type === "served";
}

const kReturnReason: Record<ReturnReason, string> = {
  too_small: "too small",
  too_large: "too large",
  not_as_described: "not as described",
  defective: "defective",
  changed_mind: "you changed your mind",
  style: "not your style",
};

const kFit: Record<FitFeedback, string> = {
  too_small: "it was too small",
  fits: "it fits",
  too_large: "it was too large",
};

function garments(count: number): string {
  return plural(count, "garment");
}

function consentWords({ consent }: Event): string {
  const told = (purpose: boolean | undefined, what: string): string[] =>
    purpose === undefined ? [] : [`${purpose ? "allowed" : "refused"} ${what}`];
  const all = [
    ...told(consent?.personalisation, "a style to be kept of you"),
    ...told(consent?.training, "models to learn from you"),
  ];
  return all.length > 0 ? `You ${list(all)}` : "You spoke of consent";
}

function boughtWords(event: Event, thing: string): string {
  const pieces = (event.quantity ?? 1) > 1 ? `${event.quantity} of ` : "";
  const paid = event.price === undefined ? "" : ` for ${money(event.price, event.currency ?? "")}`;
  return `You bought ${pieces}${thing}${paid}`;
}

function reviewWords(event: Event, thing: string): string {
  const told = [
    ...(event.rating === undefined ? [] : [`${event.rating} of 5`]),
    ...(event.fit ? [kFit[event.fit]] : []),
  ];
  return `You reviewed ${thing}${told.length > 0 ? `: ${told.join(", ")}` : ""}`;
}

function lookedWords(event: Event, thing: string): string {
  const seconds = Math.round((event.dwell_ms ?? 0) / 1_000);
  const long =
    seconds < 1 ? "" : seconds < 90 ? ` for ${seconds}\u00a0s` : ` for ${Math.round(seconds / 60)}\u00a0min`;
  const far = event.scroll_depth ? `, ${percent(event.scroll_depth)} of the page` : "";
  return `You looked at ${thing}${long}${far}`;
}

function searchWords(event: Event): string {
  return `You searched for “${event.query ?? ""}”`;
}

// `thing` is the garment in words, where the event is about one. What a newer server may tell is told by its
// name.
export function eventWords(event: Event, thing: string): string {
  switch (event.type) {
    case "impression":
      return `You saw ${garments(event.items?.length ?? 0)}`;
    case "served":
      return `The shop laid out ${garments(event.items?.length ?? 0)} for you`;
    case "page_view":
      return `You opened ${event.page || "a page"}`;
    case "product_view":
      return lookedWords(event, thing);
    case "outfit_view":
      return `You looked at an outfit of ${garments(event.garment_ids?.length ?? 0)}`;
    case "search":
      return searchWords(event);
    case "filter":
      return `You narrowed by ${list(Object.values(event.filters ?? {}).flat()) || "nothing"}`;
    case "click":
      return `You opened ${thing}`;
    case "like":
      return `You liked ${thing}`;
    case "pass":
      return `You passed on ${thing}`;
    case "undo":
      return `You took back what you said of ${thing}`;
    case "save":
      return `You saved ${thing}`;
    case "unsave":
      return `You no longer saved ${thing}`;
    case "add_to_cart":
      return `You put ${thing} into the bag`;
    case "remove_from_cart":
      return `You took ${thing} out of the bag`;
    case "outfit_complete":
      return `You chose an outfit of ${garments(event.garment_ids?.length ?? 0)}`;
    case "purchase":
      return boughtWords(event, thing);
    case "return":
      return `You returned ${thing}${event.reason ? `: ${kReturnReason[event.reason]}` : ""}`;
    case "review":
      return reviewWords(event, thing);
    case "quiz":
      return "You answered the questions";
    case "identify":
      return "You signed in";
    case "consent":
      return consentWords(event);
    case "unlink":
      return "A link between your names was undone";
    case "relink":
      return "A link between your names was put back";
    default:
      return String(event.type).replaceAll("_", " ");
  }
}

// A garment in words: its title when it is known, which colour it was in.
export function thingWords(event: Event, titles: ReadonlyMap<string, string>): string {
  const title = event.garment_id ? titles.get(event.garment_id) : undefined;
  const name = title || (event.garment_id ? `garment ${event.garment_id}` : "a garment");
  return event.colour ? `${name} in ${event.colour}` : name;
}

// The reason a link is there, with its time as she reads times and without the place in the log.
export function linkWords(why: string, day: (at: string) => string): string {
  return why
    .replace(/ \(event \d+\)/, "")
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})/g, (at) => day(at) || at);
}
