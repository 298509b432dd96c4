// How a shopper changes an outfit: what is locked stays, one piece is swapped, the rest adapts. Pure.
import type { ComposedOutfit, OutfitPiece, OutfitRequest, OutfitRole } from "../api/types";
import { itemKey } from "./marks";

// What every request of a page has in common.
export type Asked = Pick<OutfitRequest, "budget" | "context">;

export type Locked = ReadonlySet<string>; // by itemKey

export function toggled(locked: Locked, key: string): Locked {
  const next = new Set(locked);
  if (!next.delete(key)) next.add(key);
  return next;
}

// What was swapped away and does not come back by a swap. A swap that found nothing changes no piece.
export function triedAfter(tried: readonly string[], swapped: string, next: ComposedOutfit | undefined) {
  if (!next) return tried;
  return notWorn([...tried, swapped], next);
}

function notWorn(tried: readonly string[], { pieces }: ComposedOutfit): string[] {
  return tried.filter((id) => !pieces.some(({ item }) => item.garment_id === id));
}

const named = ({ item, owned }: OutfitPiece) => ({
  garment_id: item.garment_id,
  colour: item.colour,
  ...(owned ? { owned } : {}),
});

function split(outfit: ComposedOutfit, locked: Locked) {
  const stays = ({ item }: OutfitPiece): boolean => locked.has(itemKey(item));
  return { kept: outfit.pieces.filter(stays), open: outfit.pieces.filter((piece) => !stays(piece)) };
}

// Another piece for one role. A piece that is to be swapped is not locked, whatever the lock says.
export function swapRequest(
  outfit: ComposedOutfit,
  locked: Locked,
  role: OutfitRole,
  asked: Asked,
  tried: readonly string[] = [],
): OutfitRequest {
  const { kept, open } = split(outfit, locked);
  const stays = kept.filter((piece) => piece.role !== role);
  // A piece of the shopper's own is not of the shop, whose pieces alone can be near what was there.
  const current = [...open, ...kept.filter((piece) => piece.role === role)].filter(({ owned }) => !owned);
  const gone = notWorn(tried, outfit); // a restyle may have brought some back
  return {
    ...asked,
    count: 1,
    anchors: stays.map(named),
    current: current.map(({ item }) => ({ garment_id: item.garment_id, colour: item.colour })),
    swap: role,
    ...(gone.length > 0 ? { filter: { exclude_garments: gone } } : {}),
  };
}

// Everything new but what is locked.
export function restyleRequest(outfit: ComposedOutfit, locked: Locked, asked: Asked): OutfitRequest {
  const { kept, open } = split(outfit, locked);
  return {
    ...asked,
    count: 1,
    anchors: kept.map(named),
    filter: { exclude_garments: open.map(({ item }) => item.garment_id) },
  };
}

// A budget as it is typed; nothing where it is empty or not a number.
export function budgetOf(text: string): number | undefined {
  const amount = Number.parseFloat(text.replace(",", "."));
  return Number.isFinite(amount) && amount > 0 ? amount : undefined;
}

const ORDER: readonly OutfitRole[] = [
  "top",
  "one_piece",
  "suit",
  "bottom",
  "mid_layer",
  "outer",
  "shoes",
  "bag",
  "accessory",
  "none",
];

// What covers the body from above to below, then layers, then what goes with it.
export function inOrder(pieces: readonly OutfitPiece[]): OutfitPiece[] {
  return [...pieces].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
}
