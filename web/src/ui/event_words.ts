import type { Event } from "../api/types";
import { t } from "../locale";
import { money } from "./format";

// The stored events of a shopper, in words.

export interface HeldEvent {
  received_at: string;
  event: Event;
}

// The export's events are untyped, because they are whatever the log holds: what has no type is left out.
export function heldEvents(events: readonly unknown[]): HeldEvent[] {
  return events.filter(
    (one): one is HeldEvent =>
      typeof one === "object" && one !== null && typeof (one as Partial<HeldEvent>).event?.type === "string",
  );
}

export function timeOf({ received_at, event }: HeldEvent): string {
  return event.occurred_at || received_at;
}

// The garments that events are about, each once. The export writes absent members as empty ones.
export function garmentsOf(events: readonly HeldEvent[]): string[] {
  return [...new Set(events.flatMap(({ event }) => event.garment_id || []))];
}

// An event as it is stored, without empty members.
export function keptText(held: HeldEvent): string {
  const empty = (value: unknown): boolean =>
    value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return JSON.stringify(held, (_, value: unknown) => (empty(value) ? undefined : value), 2);
}

export function newestFirst(events: readonly HeldEvent[]): HeldEvent[] {
  const at = (held: HeldEvent): number => Date.parse(timeOf(held)) || 0;
  return events.toReversed().sort((a, b) => at(b) - at(a));
}

// What was shown to the shopper is most of the log and the least of what they did.
export function isShowing({ event }: HeldEvent): boolean {
  return event.type === "impression" || event.type === "served";
}

// `thing` is the garment in words, where the event is about one. A type added by a newer server is shown by its name.
export function eventWords(event: Event, thing: string): string {
  const words = t.history;
  switch (event.type) {
    case "impression":
      return words.saw(event.items?.length ?? 0);
    case "served":
      return words.served(event.items?.length ?? 0);
    case "page_view":
      return words.opened(event.page ?? "");
    case "product_view":
      return words.looked(thing, Math.round((event.dwell_ms ?? 0) / 1_000), event.scroll_depth ?? 0);
    case "outfit_view":
      return words.lookedAtOutfit(event.garment_ids?.length ?? 0);
    case "search":
      return words.searched(event.query ?? "");
    case "filter":
      return words.filtered(Object.values(event.filters ?? {}).flat());
    case "click":
      return words.opened(thing);
    case "like":
      return words.liked(thing);
    case "pass":
      return words.passed(thing);
    case "undo":
      return words.undone(thing);
    case "save":
      return words.saved(thing);
    case "unsave":
      return words.unsaved(thing);
    case "add_to_cart":
      return words.added(thing);
    case "remove_from_cart":
      return words.removed(thing);
    case "outfit_complete":
      return words.choseOutfit(event.garment_ids?.length ?? 0);
    case "purchase": {
      const price = event.price === undefined ? "" : money(event.price, event.currency ?? "");
      return words.bought(thing, event.quantity ?? 1, price);
    }
    case "return":
      return words.returned(thing, event.reason);
    case "review":
      return words.reviewed(thing, event.rating, event.fit);
    case "quiz":
      return words.quiz;
    case "vetoes":
      return words.vetoed;
    case "body":
      return t.outfits.own.history.body;
    case "own":
      return t.outfits.own.history.owned(event.owned ? event.owned.title || t.outfits.own.seen : thing);
    case "disown":
      return t.outfits.own.history.disowned(event.owned ? event.owned.title || t.outfits.own.seen : thing);
    case "identify":
      return words.signedIn;
    case "consent":
      return words.consented(event.consent?.personalisation, event.consent?.training);
    case "unlink":
      return words.unlinked;
    case "relink":
      return words.relinked;
    default:
      return String(event.type).replaceAll("_", " ");
  }
}

// A garment in words: its title when it is known, and the colour it was in.
export function thingWords(event: Event, titles: ReadonlyMap<string, string>): string {
  const title = event.garment_id ? titles.get(event.garment_id) : undefined;
  return t.card.alt(title || t.history.garment(event.garment_id ?? ""), event.colour ?? "");
}

// The reason of a link, with its time in the reader's form and without the position in the log.
export function linkWords(why: string, day: (at: string) => string): string {
  return why
    .replace(/ \(event \d+\)/, "")
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})/g, (at) => day(at) || at);
}
