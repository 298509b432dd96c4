import { newId } from "./ids";
import { readLocal, writeLocal } from "./local";
import { createStore } from "./store";

// Who is shopping: a random id that lives in this browser until the shopper asks for deletion.
const KEY = "modiste.shopper";

export function newShopperId(): string {
  return `web-${newId()}`;
}

function load(): string {
  const kept = readLocal<unknown>(KEY, null);
  if (typeof kept === "string" && kept !== "") return kept;
  const fresh = newShopperId();
  writeLocal(KEY, fresh);
  return fresh;
}

export const shopper = createStore<string>(typeof localStorage === "undefined" ? "web-nobody" : load());

export function becomeSomeoneNew(): void {
  const fresh = newShopperId();
  writeLocal(KEY, fresh);
  shopper.set(fresh);
}
