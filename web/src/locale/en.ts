// English. Texts are grouped by the page that shows them; what depends on a number, a name or a link is a function.
import type { ReactNode } from "react";

import type { Facet, SessionOutcome } from "../api/types";
import { consents, history, identity, myData } from "./en_my_data";
import { outfits } from "./en_outfits";
import { search } from "./en_search";
import { today } from "./en_today";
import {
  capital,
  counted,
  guess,
  list,
  number,
  NUMBERS,
  percent,
  plural,
  quoted,
  rich,
  weathers,
  type Wrap,
} from "./en_words";

// What a finished visit did to the shopper's styles: a short form for the legend, a sentence for the visit itself.
const visitOutcome: Record<SessionOutcome, { short: string; words: (style: string) => string }> = {
  began: {
    short: "new style",
    words: (style) => (style ? `A new style started: ${quoted(style)}` : "A new style started"),
  },
  joined: {
    short: "fits one of your styles",
    words: (style) => (style ? `It fits your style ${quoted(style)}` : "It fits one of your styles"),
  },
  returned: {
    short: "back to an earlier style",
    words: (style) => (style ? `Back to an earlier style: ${quoted(style)}` : "Back to an earlier style"),
  },
  tentative: {
    short: "different, not confirmed yet",
    words: () => "Different from your styles, not confirmed yet",
  },
  confirmed: {
    short: "new style, confirmed",
    words: (style) =>
      style ? `A new style, confirmed: ${quoted(style)}` : "A new style, confirmed by a second visit",
  },
};

const facets: Record<Facet, string> = {
  category: "kind",
  department: "department",
  colour: "colour",
  pattern: "pattern",
  fabric: "fabric",
  silhouette: "silhouette",
  fit: "fit",
  length: "length",
  sleeve: "sleeve",
  neckline: "neckline",
  occasion: "occasion",
  season: "season",
  aesthetic: "look",
};

interface StyleCounts {
  signals: number;
  likes: number;
  passes: number;
  saves: number;
  purchases: number;
  quiz_done: boolean;
}

// What a style was learned from; views alone are counted as signals.
function basis({ signals, likes, passes, saves, purchases, quiz_done }: StyleCounts): string[] {
  const done = [
    ...(likes > 0 ? [plural(likes, "like")] : []),
    ...(passes > 0 ? [plural(passes, "pass", "passes")] : []),
    ...(saves > 0 ? [plural(saves, "save")] : []),
    ...(purchases > 0 ? [plural(purchases, "purchase")] : []),
    ...(quiz_done ? ["your answers to the quiz"] : []),
  ];
  return done.length > 0 ? done : [plural(signals, "signal")];
}

export const en = {
  tags: { numbers: NUMBERS, dates: "en-GB" },
  list,
  plural,
  quoted,
  facets,

  app: {
    waiting: "Loading",
    skip: "Skip to content",
    navigation: "Shop",
    home: (shop: string) => `${shop}, home page`,
    bag: (count: number) => `Bag: ${count}`,
    title: (page: string, shop: string) => `${page} · ${shop}`,
    unnamed: "Modiste",
    tabs: { home: "For you", swipe: "Swipe", outfits: "Outfits", search: "Search", style: "My style" },
    titles: {
      home: "For you",
      quiz: "Style quiz",
      swipe: "Swipe",
      search: "Search",
      outfits: "Outfits",
      today: "Today",
      "last-mile": "The last mile",
      wardrobe: "Your wardrobe",
      style: "My style",
      liked: "Liked",
      "my-data": "Your data",
      quality: "Photos that contradict descriptions",
      garment: "Garment",
      lost: "Not found",
    },
    yourData: "Your data",
    lost: { title: "Page not found", text: "There is no page at this address.", back: "Back to your feed" },
  },

  trouble: {
    offline: "The shop can’t be reached. What you do is saved and sent later.",
    unreachable: "The shop can’t be reached.",
    refused: "The request was refused",
    waitTitle: "One moment",
    waitText: "The shop isn’t answering. This page continues as soon as it does.",
    busy: "The shop has too much to do just now. Please try again in a moment.",
    busyText: "The shop has too much to do just now. This page continues by itself.",
    crowded: "The shop has many visitors just now. Please try again in a moment.",
    crowdedText: "The shop has many visitors just now. This page continues by itself.",
    missing: "No longer available",
    failed: "That didn’t work",
    pageFailed: "Something went wrong on this page.",
    retry: "Try again",
  },

  dialog: { keep: "Cancel" },

  card: {
    alt: (title: string, colour: string) => (colour ? `${title} in ${colour}` : title),
    label: (title: string, colour: string) => [title, colour].filter(Boolean).join(", "),
    priceBefore: "before ",
    save: (title: string) => `Save ${title}`,
    saved: (title: string) => `${title} is saved`,
    unsaved: (title: string) => `${title} is no longer saved`,
  },

  why: {
    title: "Why you see it",
    guessTitle: guess,
    guess: "A guess, to learn what you like",
    style: (name: ReactNode, share: number): ReactNode =>
      rich("It matches your style ", name, `, ${percent(share)} of your taste now.`),
    byPart: {
      content: "Chosen by your feedback so far",
      neighbours: "Liked by shoppers like you",
      next_choices: "A guess at your next choice",
      learned_taste: "Like what you liked and passed before",
      visual: "Chosen by how it looks",
      popularity: "Popular in this shop",
      learned: "Like what shoppers chose here",
    } as Record<string, string>,
    part: {
      content: "What it is",
      neighbours: "Shoppers like you",
      next_choices: "What comes next",
      learned_taste: "What you liked and passed",
      visual: "How it looks",
      popularity: "Popularity",
      learned: "What shoppers chose here",
      style_coherence: "Your style",
      stock: "Sizes in stock",
      margin: "The shop's margin",
      novelty: "New in the shop",
      wardrobe: "Goes with what you own",
      context: "Occasion and weather",
    } as Record<string, string>,
  },

  home: {
    title: (em: Wrap): ReactNode => rich("It starts with ", em("what you love")),
    text: (questions: number | undefined) =>
      `Answer ${counted(questions, "short question")}, then swipe a few garments. The shop learns from each swipe at once and shows you what it has learned.`,
    begin: "Start",
    swipe: "Go straight to swiping",
  },

  feed: {
    title: "For you",
    label: "Garments for you",
    end: "You have seen everything for now.",
    unknown: (swipe: Wrap): ReactNode =>
      rich("We don’t know your taste yet. ", swipe("A few swipes"), " change that."),
    leaning: (toward: string[], away: string[]) =>
      `Your taste so far: ${toward.join(", ")}${away.length > 0 ? `; rather not ${list(away)}` : ""}.`,
    passed: (count: number, away: string[]) =>
      `You passed ${plural(count, "garment")}${away.length > 0 ? `: rather not ${list(away)}` : ""}. We don’t know yet what you like.`,
    learned: "What we learned",
  },

  situation: {
    occasion: "Dressing for",
    weather: "Weather",
    occasions: {
      work: "Work",
      casual: "Every day",
      party: "A party",
      formal: "A formal occasion",
      wedding: "A wedding",
      date: "A date",
      sport: "Sport",
      travel: "Travel",
      beach: "The beach",
      lounge: "Lounging",
    },
    weathers,
    seasons: { spring: "Spring", summer: "Summer", autumn: "Autumn", winter: "Winter" },
    known: {
      explicit: "as you told us",
      learned: "judged by what shoppers chose in such moments",
      behaviour: "judged by what you looked at lately",
      weather: "judged by the weather",
      place: "judged by where you are",
      time: "judged by the time of day",
      prior: "a guess",
    } as Record<string, string>,
    byDate: "judged by the date",
    because: (what: string, how: string) => `${what}, ${how}`,
    told: (weather: string) => `${weather}, as you told us`,
    measured: (celsius: number) => `${celsius} °C`,
    // What was told decides what is shown; what is judged only leans it.
    answer: (told: string[], judged: string[], weather: string) =>
      [
        ...(told.length > 0 ? [`Shown for ${told.join(", and for ")}.`] : []),
        ...(judged.length > 0 ? [`Leaning towards ${judged.join(", and towards ")}.`] : []),
        ...(weather ? [`Weather: ${weather}.`] : []),
      ].join(" "),
  },

  outfits,
  search,
  today,
  myData,
  consents,
  history,
  identity,

  vetoes: {
    title: "Never shown to you",
    text: "These never appear in lists, only when you search for them by name.",
    none: "Anything you never want to see? No list will show it.",
    add: "Add or remove",
    remove: (what: string) => `Show ${what} again`,
    kinds: { categories: "Garments", colours: "Colours", fabrics: "Fabrics", brands: "Brands" },
    question: "Anything you never want to see?",
  },

  liked: {
    title: "What you liked",
    text: (count: number) =>
      `${plural(count, "garment")}, latest first. Your feed leaves them out for a while; you find them here.`,
    nothing: "Nothing yet.",
    swipe: "Swipe a few garments",
    more: "Show more",
    takeBack: "Remove",
    takeBackOf: (title: string) => `Remove ${title} from your likes`,
    takenBack: (title: string) => `You removed ${title} from what you liked.`,
  },

  quiz: {
    vetoesWait: "One moment: we look up what you never want to see.",
    question: "Question ",
    of: "of",
    back: "Back",
    skip: "Skip",
    next: "Continue",
    finish: "Show me",
    budget: "Highest price per item",
    noLimit: "No limit",
    body: { height_cm: "Height, cm", bust_cm: "Bust or chest, cm", weight_kg: "Weight, kg" },
    words: {
      label: "In your own words, if you like",
      example: "Minimal, mostly black and navy. I love linen shirts, never leather. Size M, up to 120.",
      fill: "Fill in the quiz",
      filled: (count: number) =>
        count === 0
          ? "We found no answers in your text. Please answer the questions below."
          : `${count === 1 ? "1 answer" : `${count} answers`} filled in. Go through the questions and change what is wrong.`,
    },
  },

  swipe: {
    label: "Swipe deck",
    title: (em: Wrap): ReactNode => rich("Love it, or ", em("leave it")),
    text: "Every swipe updates the next card.",
    keys: { pass: "pass", like: "like", save: "save", undo: "undo" },
    controls: "Decide",
    undo: "Undo",
    pass: "Pass",
    like: "Like",
    save: "Save",
    stamps: { like: "Like", pass: "Pass", save: "Save" },
    guess,
    emptyTitle: "You have seen everything",
    emptyText: "There are no more cards. Your feed shows what we learned.",
    emptyLink: "See your feed",
    announce: (learned: string[], garment: string, price: string, why: string | undefined) =>
      `${learned.length > 0 ? `Learned: ${learned.join(", ")}. ` : ""}${garment}, ${price}.${why ? ` ${why}.` : ""}`,
  },

  learned: {
    label: "What we learned",
    title: "Just learned",
    more: (term: string) => `more ${term}`,
    less: (term: string) => `less ${term}`,
    waiting: "We learn from every swipe.",
    first: "Swipe, and see what we learn.",
    quizzed: "We start from your answers. We learn from every swipe.",
    signals: (count: number) => plural(count, "signal"),
    now: "Your style now",
    score: (score: number) => `${score < 0 ? "away" : "toward"}, ${Math.round(Math.abs(score) * 100)} of 100`,
  },

  garment: {
    about: "About this item",
    photos: "Photos",
    photo: (at: number, count: number) => `Photo ${at} of ${count}`,
    colour: "Colour",
    similar: "Similar items",
    similarLabel: "Similar garments",
    bought: "Bought together",
    boughtLabel: "Garments that others bought with this one",
    chosen: "Others also chose",
    chosenLabel: "Garments that others chose beside this one",
    size: "Size",
    oneSize: "One size",
    sizeSoldOut: " sold out",
    add: "Add to bag",
    soldOut: "Sold out",
    inBag: (title: string, size: string) => `${title}${size ? `, size ${size},` : ""} is in your bag`,
    noneLeft: "Sold out in this colour.",
    chooseSize: "Please choose a size first.",
    left: (stock: number) => `Only ${stock} left.`,
    fewLeft: "Only a few left.",
    inStock: "In stock.",
    attributes: "What we know about this item",
    fromPhoto: "Underlined: recognised in the photo.",
    seenInPhoto: (confidence: number) => `recognised in the photo, ${percent(confidence)} sure`,
    shopSays: (word: string) => (word ? `the shop says ${quoted(word)}` : "from the shop"),
  },

  filters: {
    open: (count: number) => (count > 0 ? `Filter (${count})` : "Filter"),
    departments: "Department",
    categories: "Category",
    colours: "Colour",
    sizes: "Size",
    brands: "Brand",
    more: (count: number) => `${number(count)} more`,
    clear: "Clear all",
    price: "Price",
    anyPrice: "any",
    upTo: (price: string) => `up to ${price}`,
  },

  style: {
    title: (em: Wrap): ReactNode => rich("Your style, ", em("so far")),
    nothing: (questions: number | undefined, quiz: Wrap, swipe: Wrap): ReactNode =>
      rich(
        "Nothing has been learned yet. Start with ",
        quiz(counted(questions, "question")),
        " or ",
        swipe("a few swipes"),
        ".",
      ),
    from: (done: StyleCounts) => `Based on ${list(basis(done))}.`,
    passed: (passes: number, avoided: string[]) =>
      `You passed ${plural(passes, "garment")} and liked none. ${
        avoided.length > 0 ? `We know what you do not like: ${avoided.join(", ")}. ` : ""
      }We don’t know yet what you like.`,
    sharpen: (questions: number | undefined, quiz: Wrap): ReactNode =>
      rich(quiz(capital(counted(questions, "question"))), " would make it more precise."),
    palette: "Your colours",
    likedTitle: "What you liked",
    likedLabel: "Liked garments",
    likedAll: "All of them",
    dataTitle: "Your data",
    dataText: "See what the shop stores about you and what you can do about it.",
  },

  modes: {
    title: (count: number) => (count > 1 ? "Your styles" : "Your style"),
    visit: "This visit",
    share: "of your taste now",
    soFar: (signals: number) => `${plural(signals, "signal")} so far`,
    soFarUnlike: (signals: number) => `${plural(signals, "signal")} so far, different from your styles`,
    first: "Your first style starts when this visit ends.",
    unlike:
      "Recommendations follow this visit while it lasts. When it ends, it is compared with your styles; one visit alone changes none of them.",
    matches: (signals: number) => `This visit fits here, ${plural(signals, "signal")} so far`,
    tentative: "Not confirmed yet.",
    tentativeText: "Based on a single visit. It counts fully once another visit confirms it.",
    likes: "Likes",
    dislikes: "Dislikes",
    occasions: "For",
    lastVisit: "Last visit",
    started: "Started",
    visits: (when: string, count: number) =>
      `${when}, ${count === 1 ? "one visit so far" : `${number(count)} visits`}`,
    fromQuiz: "with your quiz answers",
    exemplars: (style: string) => `Chosen in ${style}`,
  },

  drift: {
    title: "How your style changed",
    text: "When a visit ends, it is compared with what we expected from you. Above the line it was different: it may fit another of your styles, or start a new one that a second visit has to confirm.",
    slider: (count: number) => `Visit, of ${count}`,
    line: "different",
    list: (count: number) => `All ${count} visits as a list`,
    outcome: visitOutcome,
    nothingYet: "nothing to compare with yet",
    distance: (divergence: number, limit: number) =>
      `${percent(divergence)} different, limit ${percent(limit)}`,
    summary: (visits: number, outcomes: [outcome: string, count: number][]) =>
      `${plural(visits, "visit")}: ${outcomes.map(([outcome, count]) => `${count} ${outcome}`).join("; ")}.`,
  },

  affinities: {
    title: "What you like and dislike",
    away: "dislike",
    toward: "like",
    moved: "change over time",
    score: (score: number) =>
      `${score < 0 ? "dislike" : "like"}, ${Math.round(Math.abs(score) * 100)} of 100; over the last ten signals`,
    steady: "steady",
    more: (count: number) => `${number(count)} more`,
  },

  facts: {
    styles: "Your styles in this shop",
    fit: "Sizes and budget",
    sizesNamed: "Sizes you told us",
    sizesKnown: "Sizes that fit you",
    pieces: (count: number) => `from ${plural(count, "item")}`,
    typicalPrice: "Typical price of what you like",
    budget: "Highest price per item",
    brands: "Brands",
    formality: "How formal you dress",
    formalities: ["Loungewear", "Casual", "Smart casual", "Dressed up", "Formal"],
    body: "Measurements you told us",
    height: (cm: number) => `${cm} cm tall`,
    weight: (kg: number) => `${kg} kg`,
    bust: (cm: number) => `bust ${cm} cm`,
    age: (years: number) => `${years} years old`,
    unknown: "not known yet",
    charts: {
      women: "Women’s",
      men: "Men’s",
      shoes_women: "Women’s shoes",
      shoes_men: "Men’s shoes",
      kids: "Children’s",
      shoes_kids: "Children’s shoes",
      accessories: "Accessories",
    } as Record<string, string>,
    decides: "How your recommendations are chosen",
    guesses: (oneIn: number) => `About one card in ${oneIn} is a guess, to learn something new.`,
    noGuesses: "You see only what we expect you to like.",
  },

  quality: {
    title: "Photos that contradict descriptions",
    text: "Garments whose photo shows something else than the shop’s words say. Until you decide, the doubted word counts for little.",
    states: { open: "To decide", settled: "Decided", all: "All" },
    stateLabel: "Which conflicts",
    count: (open: number, total: number) => `${number(open)} to decide, ${number(total)} in all`,
    nothing: "Nothing here.",
    saysShows: (said: string, shown: string) => `The words say ${said}, the photo shows ${shown}.`,
    right: (share: number) => `Photos are right in ${percent(share)} of such cases.`,
    photo: "The photo is right",
    words: "The words are right",
    reopen: "Decide again",
    settled: { photo: "You decided: the photo is right.", words: "You decided: the words are right." },
    more: "Show more",
    key: "API key of the shop, scope writer",
    enter: "Continue",
    locked: "This page is for the shop.",
  },

  time: {
    today: "today",
    yesterday: "yesterday",
    daysAgo: (days: number) => `${number(days)} days ago`,
    weeksAgo: (weeks: number) => `${number(weeks)} weeks ago`,
    inMonth: (month: string) => `in ${month}`,
  },
};
