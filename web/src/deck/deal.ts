// What the deck asks the shop for after each act.
import { api } from "../api/client";
import type { Answer, StyleView } from "../api/types";
import { queue } from "../events/send";
import type { Deck } from "./deck";

const CARDS = 6;

// The next cards. Acts that the shop could not be told are not in its answer: their garments are left out here.
export function nextCards(told: boolean, { done }: Pick<Deck, "done">): Promise<Answer> {
  const acted = [...new Set(done.map(({ shown }) => shown.item.garment_id))];
  const filter = told || acted.length === 0 ? {} : { filter: { exclude_garments: acted } };
  return api.recommend({ count: CARDS, deck: true, ...filter });
}

export interface DealParts {
  deck: () => Deck; // as it is when the acts were sent
  isLatest: () => boolean; // false: another act came meanwhile
  styled: (style: StyleView) => void;
  dealt: (answer: Answer) => void;
}

// Sends the acts, then asks for cards and style together. Cards come also where the acts have to wait. Answers why no
// cards came, if none did; nothing is laid when another act came meanwhile.
export async function deal({ deck, isLatest, styled, dealt }: DealParts): Promise<Error | undefined> {
  const told = await queue.flush();
  if (!isLatest()) return undefined;
  const style = api.style().then((answer) => {
    if (isLatest()) styled(answer);
  });
  const cards = nextCards(told, deck()).then((answer) => {
    if (isLatest()) dealt(answer);
  });
  const [, came] = await Promise.allSettled([style, cards]);
  return came.status === "rejected" ? (came.reason as Error) : undefined;
}
