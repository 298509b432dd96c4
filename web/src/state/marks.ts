import type { AnswerItem } from "../api/types";
import { readLocal, removeLocal, writeLocal } from "./local";
import { createStore } from "./store";

// What this browser remembers for the page's sake: what was saved and what is in the bag. The truth about taste is the
// server's event log; this is only for hearts that stay filled after a reload.
const kSavedKey = "modiste.saved";
const kBagKey = "modiste.bag";
const kStartedKey = "modiste.started";
const kMarksMax = 500;

export function itemKey(item: { garment_id: string; colour: string }): string {
  return `${item.garment_id}|${item.colour}`;
}

const inBrowser = typeof localStorage !== "undefined";
export const savedKeys = createStore<readonly string[]>(inBrowser ? readLocal<string[]>(kSavedKey, []) : []);
export const bagCount = createStore<number>(inBrowser ? readLocal<number>(kBagKey, 0) : 0);
export const started = createStore<boolean>(inBrowser ? readLocal<boolean>(kStartedKey, false) : false);

export function setSaved(item: Pick<AnswerItem, "garment_id" | "colour">, saved: boolean): void {
  const key = itemKey(item);
  const others = savedKeys.get().filter((kept) => kept !== key);
  const next = saved ? [key, ...others].slice(0, kMarksMax) : others;
  savedKeys.set(next);
  writeLocal(kSavedKey, next);
}

export function addToBag(): void {
  bagCount.set(bagCount.get() + 1);
  writeLocal(kBagKey, bagCount.get());
}

export function markStarted(): void {
  started.set(true);
  writeLocal(kStartedKey, true);
}

export function forgetMarks(): void {
  savedKeys.set([]);
  bagCount.set(0);
  started.set(false);
  [kSavedKey, kBagKey, kStartedKey].forEach(removeLocal);
}
