// English of the looks of the day and of their bench, see en.ts.
import { relaxed } from "./en_outfits";
import { list, weathers } from "./en_words";

export const today = {
  title: "Today",
  link: "Your looks of the day",
  text: "Three looks for your day, three for your evening.",
  parts: { day: "By day", evening: "This evening" },
  choose: "When",
  label: "Looks of the day",
  one: (at: number) => `Look ${at}`,
  like: "I like this look",
  liked: "Saved: you like this look",
  total: (price: string) => `${price} together`,
  nothing: "The shop has no look for this.",
  more: "Compose your own outfit",
  steps: "How these were chosen",
  relaxed: {
    ...relaxed,
    "composed without a lookbook": "Composed for you just now: the lookbook has no look for you today.",
    "relaxed budget": relaxed["relaxed price limit"], // looks are asked for without a budget of their own
    "lookbook of another day": "Today’s looks are not ready yet: these are earlier ones.",
    "lookbook of another weather": "We have no looks for this weather yet; these are for the nearest.",
    "lookbook of another style": "We have no looks for your style yet; these are for anybody new here.",
    "lookbook of another department": "We have no looks for your department yet; these are for everybody.",
  } as Readonly<Record<string, string>>,

  mile: {
    title: "The last mile",
    text: "From the pool of a cluster to your three looks, in five steps. No model is asked.",
    when: "Local time",
    weather: "Weather",
    unknown: "unknown",
    weathers,
    pool: "Pool",
    generator: "Made by",
    standIn: {
      none: "The shopper’s own pool of today.",
      day: "Today’s pool is not made yet: this is an earlier one.",
      weather: "No pool for this weather yet: this is the nearest.",
      style: "No pool for this style yet: this is the newcomers’.",
      department: "No pool for this department yet: this is everybody’s.",
    } as Record<string, string>,
    none: "There is no pool for this yet: the looks were composed for this request, without these steps.",
    noneLeft:
      "All looks of the pool are vetoed or sold out: the looks were composed for this request. The steps show what became of the pool.",
    steps: {
      time: {
        title: "Time",
        text: "Evening looks come first in the afternoon and evening of the shopper’s clock.",
      },
      veto: {
        title: "Veto",
        text: "What is vetoed or sold out goes. Where too few are left, soft limits give way.",
      },
      liking: { title: "Liking", text: "Liked categories and colours move up." },
      traits: { title: "Vibe, trend, dare", text: "What points where the shopper’s taste does moves up." },
      ties: { title: "Ties", text: "Ties are broken by a hash of shopper, day and look." },
    },
    gaveWay: (lacks: readonly string[]) => `Gave way: ${list(lacks)}`,
    lacks: {
      department: "your departments",
      size: "your size",
      budget: "your highest price",
      "price limit": "your highest price",
      passed: "what you passed or bought before",
      weather: "the weather",
    } as Readonly<Record<string, string>>,
    removed: (count: number) => (count === 1 ? "1 look taken away" : `${count} looks taken away`),
    same: "the order stays",
    moved: (places: number) => (places > 0 ? `up ${places}` : `down ${-places}`),
    evening: "evening",
    day: "day",
  },
};
