// English of the shopper's own data, see en.ts.
import type { ReactNode } from "react";

import type { FitFeedback, IdentifierKind, LinkEffect, ReturnReason } from "../api/types";
import { list, number, pair, percent, plural, quoted, rich, type Wrap } from "./en_words";

const fit: Record<FitFeedback, string> = {
  too_small: "it was too small",
  fits: "it fits",
  too_large: "it was too large",
};

const returnReason: Record<ReturnReason, string> = {
  too_small: "too small",
  too_large: "too large",
  not_as_described: "not as described",
  defective: "defective",
  changed_mind: "you changed your mind",
  style: "not your style",
  unknown: "no reason given",
};

const identifierKind: Record<IdentifierKind, string> = {
  user: "Account",
  loyalty: "Loyalty card",
  email: "Email (hashed)",
  external: "ID in another system",
  device: "Browser or app",
  session: "Visit",
};

const linkEffect: Record<LinkEffect, string> = {
  merges: "treated as one person",
  shared: "kept apart because it is shared",
  severed: "undone",
};

export const myData = {
  title: (em: Wrap): ReactNode => rich("Your ", em("data")),
  text: "Which identifiers belong to you, what you did, what was learned from it, and what you allow.",
  numbers: "In numbers",
  figures: {
    events: pair("event", "events"),
    likes: pair("like", "likes"),
    passes: pair("pass", "passes"),
    saves: pair("save", "saves"),
    purchases: pair("purchase", "purchases"),
    styles: pair("style", "styles"),
    visits: pair("finished visit", "finished visits"),
    sizes: pair("size", "sizes"),
  },
  seeStyle: (style: Wrap): ReactNode => rich("What was learned is on ", style("My style"), "."),
  takeTitle: "Download your data",
  takeText: "Everything on this page and more, as JSON: your identifiers, your style and every stored event.",
  take: "Download everything",
  takeFile: "my-data.json",
  forgetTitle: "Delete your data",
  forgetText:
    "Everything learned about you is deleted, here and in the shop, and what you did is no longer linked to you. This cannot be undone.",
  forget: "Delete my data…",
  forgetAsk: "Delete everything about you?",
  forgetAskText:
    "Your style, likes and identifiers are deleted. What you did stays in the shop’s records without any link to you. Your next visit starts from zero.",
  forgetYes: "Delete",
  forgotten: "Your data is deleted",
  nothingTitle: "No data about you",
  nothingText:
    "This shop does not know you yet. It starts to learn with your first swipe, and everything that it then stores is shown here for you to see, download or delete.",
  nothingLink: "Go to the shop",
  requestTitle: "Available on request",
  requestText: "This shop does not show your data here. Ask the shop for a copy or for deletion.",
  requestName: (id: ReactNode): ReactNode => rich("Give it this identifier: ", id, "."),
  requestLink: "See what was learned",
};

export const consents = {
  title: "What you allow",
  style: "Keep a style profile",
  styleText:
    "Likes, passes and purchases shape what you see. Without a profile you see what other shoppers like, and your profile is deleted at once.",
  training: "Use my data to train models",
  trainingText:
    "What you do helps to improve recommendations for others, under a random name. If you refuse, the next training leaves you out.",
  ask: "Delete your style profile?",
  askText:
    "Your styles, sizes and preferences are deleted at once. If you allow it again later, they start from zero.",
  askYes: "Delete profile",
  done: "Your choice applies from now on",
  later: "Your choice is saved and sent as soon as the shop answers",
};

export const history = {
  title: "What you did",
  withShown: (count: number) => `Include what you were shown (${number(count)})`,
  nothing: "Nothing yet.",
  more: "Show more",
  count: (shown: number, all: number) => `${number(shown)} of ${plural(all, "event")}`,
  garment: (id: string) => (id ? `garment ${id}` : "a garment"),
  saw: (count: number) => `You saw ${plural(count, "garment")}`,
  served: (count: number) => `The shop showed you ${plural(count, "garment")}`,
  opened: (what: string) => `You opened ${what || "a page"}`,
  looked: (thing: string, seconds: number, depth: number) => {
    const time = seconds < 90 ? `${seconds}\u00a0s` : `${Math.round(seconds / 60)}\u00a0min`;
    return `You looked at ${thing}${seconds < 1 ? "" : ` for ${time}`}${depth > 0 ? `, ${percent(depth)} of the page` : ""}`;
  },
  lookedAtOutfit: (count: number) => `You looked at an outfit of ${plural(count, "garment")}`,
  choseOutfit: (count: number) => `You chose an outfit of ${plural(count, "garment")}`,
  searched: (query: string) => `You searched for ${quoted(query)}`,
  filtered: (terms: string[]) => `You filtered by ${list(terms) || "nothing"}`,
  liked: (thing: string) => `You liked ${thing}`,
  passed: (thing: string) => `You passed on ${thing}`,
  undone: (thing: string) => `You undid your choice on ${thing}`,
  saved: (thing: string) => `You saved ${thing}`,
  unsaved: (thing: string) => `You removed ${thing} from your saved items`,
  added: (thing: string) => `You put ${thing} into the bag`,
  removed: (thing: string) => `You took ${thing} out of the bag`,
  bought: (thing: string, quantity: number, price: string) =>
    `You bought ${quantity > 1 ? `${quantity} of ` : ""}${thing}${price ? ` for ${price}` : ""}`,
  returned: (thing: string, reason: ReturnReason | undefined) =>
    `You returned ${thing}${reason ? `: ${returnReason[reason]}` : ""}`,
  reviewed: (thing: string, rating: number | undefined, fits: FitFeedback | undefined) => {
    const said = [...(rating === undefined ? [] : [`${rating} of 5`]), ...(fits ? [fit[fits]] : [])];
    return `You reviewed ${thing}${said.length > 0 ? `: ${said.join(", ")}` : ""}`;
  },
  quiz: "You answered the quiz",
  vetoed: "You chose what is never shown to you",
  signedIn: "You signed in",
  consented: (style: boolean | undefined, training: boolean | undefined) => {
    const said = (allowed: boolean | undefined, what: string): string[] =>
      allowed === undefined ? [] : [`${allowed ? "allowed" : "refused"} ${what}`];
    const all = [...said(style, "a style profile"), ...said(training, "training with your data")];
    return all.length > 0 ? `You ${list(all)}` : "You changed nothing about your consent";
  },
  unlinked: "A link between your identifiers was undone",
  relinked: "A link between your identifiers was restored",
};

export const identity = {
  title: "Who you are here",
  subject: "In the event log",
  subjectText:
    "a random name; everything you did is stored under it, and deleting your data cuts its link to you",
  kind: identifierKind,
  erased: "deleted",
  linksTitle: "Why these belong together",
  noLinks: "The reason cannot be shown.",
  oneName: "There is only one identifier.",
  effect: linkEffect,
  seen: (count: number) => `Seen together in ${plural(count, "event")}.`,
};
