import type { Shown } from "../events/record";
import { itemKey } from "./marks";

// What was last shown of an item and why, so that its page can say why it was shown. Bounded; gone with the tab.
const KEY = "modiste.shown";
const MAX = 60;

function load(): [string, Shown][] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as [string, Shown][];
  } catch {
    return [];
  }
}

let shown: Map<string, Shown> | undefined;

export function rememberShown(entry: Shown): void {
  shown ??= new Map(load());
  const key = itemKey(entry.item);
  shown.delete(key);
  shown.set(key, entry);
  while (shown.size > MAX) shown.delete(shown.keys().next().value!);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...shown]));
  } catch {
    // Only a reload would miss it.
  }
}

export function recallShown(garmentId: string, colour: string): Shown | undefined {
  shown ??= new Map(load());
  return shown.get(itemKey({ garment_id: garmentId, colour }));
}

export function forgetShown(): void {
  shown = new Map();
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
