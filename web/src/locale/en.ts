// English. Texts are grouped by the page that shows them; what depends on a number, a name or a link is a function.
import { createElement, Fragment, type ReactNode } from "react";

import type { FitFeedback, IdentifierKind, LinkEffect, ReturnReason, SessionOutcome } from "../api/types";
import { outfits } from "./en_outfits";
import { search } from "./en_search";
import { today } from "./en_today";

const NUMBERS = "en";

// Puts words into a link or gives them emphasis.
type Wrap = (words: string) => ReactNode;

const rich = (...parts: ReactNode[]): ReactNode => createElement(Fragment, null, ...parts);
const number = (value: number): string => value.toLocaleString(NUMBERS);
const list = (words: readonly string[]): string =>
  new Intl.ListFormat(NUMBERS, { style: "long", type: "conjunction" }).format(words);
const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;
const pair = (one: string, many: string): [one: string, many: string] => [one, many];
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const quoted = (name: string): string => `“${name}”`;

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

export const en = {
  tags: { numbers: NUMBERS, dates: "en-GB" },
  list,
  plural,
  quoted,

  app: {
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
    missing: "No longer available",
    failed: "That didn’t work",
    pageFailed: "Something went wrong on this page.",
    retry: "Try again",
  },

  dialog: { keep: "Cancel" },

  card: {
    alt: (title: string, colour: string) => (colour ? `${title} in ${colour}` : title),
    label: (title: string, colour: string) => `${title}, ${colour}`,
    priceBefore: "before ",
    save: (title: string) => `Save ${title}`,
    saved: (title: string) => `${title} is saved`,
    unsaved: (title: string) => `${title} is no longer saved`,
  },

  why: {
    title: "Why you see it",
    guessTitle: "A guess, to learn your taste",
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
    text: "Answer six short questions, then swipe a few garments. The shop learns from each swipe at once and shows you what it has learned.",
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
      `Your taste so far: ${toward.join(", ")}${away.length > 0 ? `; less ${away.join(", ")}` : ""}.`,
    passed: (count: number, away: string[]) =>
      `You passed ${plural(count, "garment")}${away.length > 0 ? `: less ${away.join(", ")}` : ""}. We don’t know yet what you like.`,
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
    weathers: { hot: "Hot", mild: "Mild", cool: "Cool", frost: "Frost", rain: "Rain" },
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
    answer: (occasion: string, season: string, weather: string) =>
      `Shown for ${occasion}, and for ${season}.${weather ? ` Weather: ${weather}.` : ""}`,
  },

  outfits,
  search,
  today,

  vetoes: {
    title: "Never shown to you",
    text: "No list shows these. A search that names one does.",
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
          ? "Nothing in it answers the quiz. The questions below do."
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
    guess: "A guess, to learn your taste",
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
    nothing: (quiz: Wrap, swipe: Wrap): ReactNode =>
      rich(
        "Nothing has been learned yet. Start with ",
        quiz("six questions"),
        " or ",
        swipe("a few swipes"),
        ".",
      ),
    from: (counts: { likes: number; passes: number; saves: number; purchases: number }, quizDone: boolean) =>
      `Based on ${list([
        plural(counts.likes, "like"),
        plural(counts.passes, "pass", "passes"),
        ...(counts.saves > 0 ? [plural(counts.saves, "save")] : []),
        ...(counts.purchases > 0 ? [plural(counts.purchases, "purchase")] : []),
        ...(quizDone ? ["your answers to the quiz"] : []),
      ])}.`,
    passed: (passes: number, avoided: string[]) =>
      `You passed ${plural(passes, "garment")} and liked none. ${
        avoided.length > 0 ? `We know what you do not like: ${avoided.join(", ")}. ` : ""
      }We don’t know yet what you like.`,
    sharpen: (quiz: Wrap): ReactNode => rich(quiz("Six questions"), " would make it more precise."),
    palette: "Your colours",
    likedTitle: "What you liked",
    likedLabel: "Liked garments",
    likedAll: "All of them",
    dataTitle: "Your data",
    dataText:
      "See every event your style is based on, download it, choose what may be learned, or delete it.",
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

  myData: {
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
    takeText:
      "Everything on this page and more, as JSON: your identifiers, your style and every stored event.",
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
  },

  consents: {
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
  },

  history: {
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
  },

  identity: {
    title: "Who you are here",
    subject: "In the event log",
    subjectText:
      "a random name; everything you did is stored under it, and deleting your data cuts its link to you",
    kind: identifierKind,
    erased: "deleted",
    linksTitle: "Why these belong together",
    noLinks: "No reason that may be shown to you.",
    oneName: "There is only one identifier.",
    effect: linkEffect,
    seen: (count: number) => `Seen together in ${plural(count, "event")}.`,
  },

  time: {
    today: "today",
    yesterday: "yesterday",
    daysAgo: (days: number) => `${number(days)} days ago`,
    weeksAgo: (weeks: number) => `${number(weeks)} weeks ago`,
    inMonth: (month: string) => `in ${month}`,
  },
};
