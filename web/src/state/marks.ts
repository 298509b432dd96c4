import type { AnswerItem } from "../api/types";
import { readLocal, removeLocal, writeLocal } from "./local";
import { createStore } from "./store";

// What this browser remembers for the page's sake: what was liked or saved, and what is in the bag. The truth about taste is the
// server's event log; this is only for hearts that stay filled after a reload.
const SAVED_KEY = "modiste.saved";
const BAG_KEY = "modiste.bag";
const STARTED_KEY = "modiste.started";
const MARKS_MAX = 500;

export function itemKey(item: { garment_id: string; colour: string }): string {
  return `${item.garment_id}|${item.colour}`;
}

const inBrowser = typeof localStorage !== "undefined";
export const savedKeys = createStore<readonly string[]>(inBrowser ? readLocal<string[]>(SAVED_KEY, []) : []);
export const bagCount = createStore<number>(inBrowser ? readLocal<number>(BAG_KEY, 0) : 0);
export const started = createStore<boolean>(inBrowser ? readLocal<boolean>(STARTED_KEY, false) : false);

// Another tab of the shop changed them, or erased all.
export function rereadMarks(): void {
  savedKeys.set(readLocal<string[]>(SAVED_KEY, []));
  bagCount.set(readLocal<number>(BAG_KEY, 0));
  started.set(readLocal<boolean>(STARTED_KEY, false));
}

export function setSaved(item: Pick<AnswerItem, "garment_id" | "colour">, saved: boolean): void {
  const key = itemKey(item);
  const others = savedKeys.get().filter((kept) => kept !== key);
  const next = saved ? [key, ...others].slice(0, MARKS_MAX) : others;
  savedKeys.set(next);
  writeLocal(SAVED_KEY, next);
}

export function addToBag(): void {
  bagCount.set(bagCount.get() + 1);
  writeLocal(BAG_KEY, bagCount.get());
}

export function markStarted(): void {
  started.set(true);
  writeLocal(STARTED_KEY, true);
}

export function forgetMarks(): void {
  savedKeys.set([]);
  bagCount.set(0);
  started.set(false);
  [SAVED_KEY, BAG_KEY, STARTED_KEY].forEach(removeLocal);
}
