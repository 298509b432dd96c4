// generated: do not edit. The types of Modiste's HTTP API, printed from its route table.

export type AttributeSource =
  | "supplier"
  | "photo";

export type DayPart =
  | "night"
  | "morning"
  | "day"
  | "evening";

export type DeadReason =
  | "unparseable"
  | "untranslatable"
  | "invalid"
  | "late"
  | "future";

export type DeviceClass =
  | "unknown"
  | "phone"
  | "tablet"
  | "desktop"
  | "store";

export type Drift =
  | "began"
  | "joined"
  | "returned"
  | "tentative"
  | "confirmed";

export type EventType =
  | "impression"
  | "page_view"
  | "product_view"
  | "outfit_view"
  | "search"
  | "filter"
  | "click"
  | "like"
  | "pass"
  | "undo"
  | "save"
  | "unsave"
  | "add_to_cart"
  | "remove_from_cart"
  | "outfit_complete"
  | "purchase"
  | "return"
  | "review"
  | "quiz"
  | "identify"
  | "consent"
  | "served"
  | "unlink"
  | "relink"
  | "erase";

export type Facet =
  | "category"
  | "department"
  | "colour"
  | "pattern"
  | "fabric"
  | "silhouette"
  | "fit"
  | "length"
  | "sleeve"
  | "neckline"
  | "occasion"
  | "season"
  | "aesthetic";

export type FitFeedback =
  | "too_small"
  | "fits"
  | "too_large";

export type IdentifierKind =
  | "user"
  | "loyalty"
  | "email"
  | "external"
  | "device"
  | "session";

export type Known =
  | "prior"
  | "time"
  | "place"
  | "weather"
  | "behaviour"
  | "learned"
  | "explicit";

export type LinkEffect =
  | "merges"
  | "shared"
  | "severed";

export type LinkType =
  | "login"
  | "loyalty"
  | "email_hash"
  | "external"
  | "device";

export type Occasion =
  | "work"
  | "casual"
  | "party"
  | "formal"
  | "wedding"
  | "date"
  | "sport"
  | "travel"
  | "beach"
  | "lounge";

export type ReturnReason =
  | "too_small"
  | "too_large"
  | "not_as_described"
  | "defective"
  | "changed_mind"
  | "style";

export type Season =
  | "spring"
  | "summer"
  | "autumn"
  | "winter";

/** How much of a shopper one of the shop's styles is. */
export interface AestheticShare {
  /** By what sets it apart */
  name: string;
  /** 0 to 1 */
  share: number;
}

/** Something a shopper leans to (above 0) or away from (below). */
export interface Affinity {
  /** Which list the term is of */
  facet: Facet;
  /** Vocabulary name */
  term: string;
  /** For people */
  label: string;
  /** -1 to 1 */
  score: number;
  /** Over the last ten signals */
  change: number;
}

/** Garments in order, best first. */
export interface Answer {
  /** Cite it in events that answer to this */
  request_id: string;
  /** Best first */
  items: AnswerItem[];
  /** Stages replaced by a cheaper substitute */
  degraded: string[];
  /** What the answer is for, when the request told */
  context?: Context;
  /** Inside the engine */
  took_ms: number;
}

/** A garment in one colour, with why it is here. */
export interface AnswerItem {
  /** The garment */
  garment_id: string;
  /** In this colour, as the shop writes it */
  colour: string;
  /** As shown to shoppers */
  title: string;
  /** As shown to shoppers */
  brand: string;
  /** Label of the vocabulary's category */
  category: string;
  /** Of the cheapest variant in stock */
  price: number;
  /** Before a reduction */
  list_price?: number;
  /** ISO 4217 */
  currency: string;
  /** Address relative to this server; empty when there is none */
  image: string;
  /** Colours of the garment, #rrggbb, by share */
  palette: string[];
  /** As the shop writes them */
  sizes_in_stock: string[];
  /** Place in the answer, from 0 */
  position: number;
  /** Sum of the parts */
  score: number;
  /** Probability with which it is shown here */
  propensity: number;
  /** In stock and likeliest to fit her, as the shop writes it */
  size?: string;
  /** Probability that this size fits her */
  fit?: number;
  /** Shown to learn, not because it scored */
  explored: boolean;
  /** What the score is made of */
  parts: ScorePart[];
  /** Why, in plain words */
  reasons: string[];
}

/** One value of the controlled vocabulary, with the word it was understood from. */
export interface Attribute {
  /** Which list the term is of */
  facet: Facet;
  /** The vocabulary's name, or unknown */
  term: string;
  /** The supplier's word */
  word: string;
  /** Who says so */
  source: AttributeSource;
  /** Probability that it is so */
  confidence: number;
}

/** One value of the controlled vocabulary, with the word it was understood from. */
export interface AttributeInput {
  /** Which list the term is of */
  facet: Facet;
  /** The vocabulary's name, or unknown */
  term: string;
  /** The supplier's word */
  word?: string;
  /** Who says so */
  source?: AttributeSource;
  /** Probability that it is so */
  confidence?: number;
}

/** A batch is judged garment by garment. */
export interface BatchUpsertReport {
  /** Live now */
  accepted: number;
  /** Not taken */
  refused: ProductRefusal[];
}

/** What a shopper said of her body; each may be absent. */
export interface BodyProfile {
  /** Height */
  height_cm?: number;
  /** Weight */
  weight_kg?: number;
  /** Bust or chest */
  bust_cm?: number;
  /** Years */
  age?: number;
  /** As the shop calls it */
  body_type?: string;
}

/** Consent by purpose; a purpose that is absent stays as it was. */
export interface ConsentChoice {
  /** May a style be kept of her */
  personalisation?: boolean;
  /** May models learn from what she does */
  training?: boolean;
}

/** The situation an answer is for, and how each part is known. */
export interface Context {
  /** The likeliest */
  occasion: Occasion;
  /** The likeliest */
  season: Season;
  /** 0 for heat, 1 for hard frost */
  warmth: number;
  /** 0 lounge to 1 black tie */
  formality: number;
  /** As it feels, where the weather is known */
  temperature_c?: number;
  /** By her clock */
  local_time: string;
  /** Absent when her hour is not known */
  day_part?: DayPart;
  /** By her calendar */
  weekend: boolean;
  /** Rules of the calendar that hold today */
  hints: string[];
  /** Probability by name */
  occasions: Record<string, number>;
  /** How occasion, season, warmth and time are known */
  known: Record<string, Known>;
  /** What is looked for, in plain words */
  words: string[];
}

/** An event that was refused, as it was sent. */
export interface DeadLetter {
  /** Of the letter */
  id: number;
  /** Kind of refusal */
  reason: DeadReason;
  /** As sent; empty when it could not be read */
  event_id: string;
  /** What is wrong */
  what: string;
  /** JSON pointer to it, in the body that it came in */
  pointer: string;
  /** What would be right */
  expected: string;
  /** When it first came */
  received_at: string;
  /** How often it was refused */
  tries: number;
  /** The event as sent, places made coarse; null when it was no JSON or too large */
  body: unknown;
}

/** What came of a session that closed. */
export interface DriftMoment {
  /** The session's last signal */
  at: string;
  /** From what her style predicted, Jensen-Shannon, bits */
  divergence: number;
  /** From which on a session is a surprise, bits */
  threshold: number;
  /** What happened */
  outcome: Drift;
  /** To which mode */
  mode: number;
}

/** Something a shopper did. */
export interface Event {
  /** Unique; sending it twice is harmless */
  event_id: string;
  /** What happened */
  type: EventType;
  /** Of the taxonomy */
  schema_version?: number;
  /** Who did it: the account. At least one identifier is needed */
  shopper_id?: string;
  /** A browser or an app */
  device_id?: string;
  /** One visit */
  session_id?: string;
  /** A card */
  loyalty_id?: string;
  /** SHA-256 of the address, lower case, as hex */
  email_hash?: string;
  /** Of another system of the shop */
  external_id?: string;
  /** When, by the sender's clock */
  occurred_at?: string;
  /** The recommendation it answers to */
  request_id?: string;
  /** The garment it is about */
  garment_id?: string;
  /** In which colour */
  colour?: string;
  /** Which variant */
  sku?: string;
  /** As written, where no sku says it */
  size?: string;
  /** Time looked at it */
  dwell_ms?: number;
  /** Share of the page seen */
  scroll_depth?: number;
  /** Pieces */
  quantity?: number;
  /** Paid for one piece */
  price?: number;
  /** Taken off one piece */
  discount?: number;
  /** ISO 4217; absent: the shop's */
  currency?: string;
  /** Of a return */
  reason?: ReturnReason;
  /** How it sat: of a purchase, return or review */
  fit?: FitFeedback;
  /** Of a review */
  rating?: number;
  /** Of a page view */
  page?: string;
  /** Of a search */
  query?: string;
  /** Of a filter: values by facet */
  filters?: Record<string, string[]>;
  /** Of an impression; results of a search */
  items?: ShownItem[];
  /** Of an outfit view or completion */
  outfit_id?: string;
  /** What the outfit is made of */
  garment_ids?: string[];
  /** Of a quiz */
  quiz?: QuizAnswers;
  /** Of a quiz, purchase or review */
  body?: BodyProfile;
  /** Of a consent */
  consent?: ConsentChoice;
  /** The event an undo takes back */
  undoes?: string;
  /** Of an erasure; the engine's own */
  subjects?: string[];
  /** Of the identity graph; the engine's own */
  link?: string;
  /** Of served events; the engine's own */
  degraded?: string;
  /** Where, when and how it happened */
  context?: EventContext;
}

/** What shoppers did. */
export interface EventBatch {
  /** Judged one by one; Segment's and GA4's spellings are taken too */
  events: Event[];
}

/** Where, when and how something happened. */
export interface EventContext {
  /** What she holds */
  device?: DeviceClass;
  /** web, app, email, store, ... */
  channel?: string;
  /** BCP 47 */
  locale?: string;
  /** IANA name */
  time_zone?: string;
  /** ISO 3166-1 alpha-2 */
  country?: string;
  /** State or city */
  region?: string;
  /** Kept to a tenth of a degree */
  latitude?: number;
  /** Kept to a tenth of a degree */
  longitude?: number;
  /** Kept without query and fragment */
  referrer?: string;
  /** For telling robots */
  user_agent?: string;
  /** Outside */
  temperature_c?: number;
  /** rain, snow, clear, ... */
  weather?: string;
  /** What it is for, when she said so: a vocabulary occasion */
  occasion?: string;
}

/** An event of a batch that was not taken, and why. */
export interface EventRefusal {
  /** Place in the batch, from 0 */
  index: number;
  /** As sent; empty when it could not be read */
  event_id: string;
  /** What is wrong */
  reason: string;
  /** JSON pointer to it, from the root of the body */
  pointer: string;
  /** What would be right */
  expected: string;
  /** Where it is kept, to be fixed and replayed; absent when it could not be kept */
  dead_letter?: number;
}

/** A batch is judged entry by entry; what is accepted is durable. Counts are of events: a foreign entry may become several. */
export interface EventsReport {
  /** Durable now */
  accepted: number;
  /** Known already; they change nothing */
  duplicates: number;
  /** Not taken */
  refused: EventRefusal[];
}

/** Something that can be filtered by. */
export interface FacetValue {
  /** To send */
  value: string;
  /** To show */
  label: string;
  /** Items that have it */
  count: number;
  /** Of a colour, #rrggbb */
  hex?: string;
}

/** What the shop's items can be filtered by. */
export interface Facets {
  /** Most first */
  departments: FacetValue[];
  /** Most first */
  categories: FacetValue[];
  /** Most first */
  colours: FacetValue[];
  /** Most first */
  brands: FacetValue[];
}

/** Narrows what may be answered; an absent list admits all. */
export interface Filter {
  /** women, men, unisex, ... */
  departments?: string[];
  /** Vocabulary names; what is below them is admitted too */
  categories?: string[];
  /** Colour families */
  colours?: string[];
  /** As shown to shoppers */
  brands?: string[];
  /** In stock in any of these or their equivalents */
  sizes?: string[];
  /** In the shop's currency */
  price_min?: number;
  /** In the shop's currency */
  price_max?: number;
  /** Garment ids never to answer */
  exclude_garments?: string[];
}

/** A product of the shop, with its variants and photos. */
export interface Garment {
  /** Unique in the shop */
  id: string;
  /** As shown to shoppers */
  title: string;
  /** Plain text */
  description: string;
  /** As shown to shoppers */
  brand: string;
  /** The shop's own path or word */
  category: string;
  /** The shop's own word */
  department: string;
  /** ISO 4217 */
  currency: string;
  /** The shop's own attributes, by name */
  supplier_attributes: Record<string, string[]>;
  /** Understood by Modiste; values given here with source supplier are kept */
  attributes: Attribute[];
  /** First is the main one */
  images: GarmentImage[];
  /** At least one */
  variants: Variant[];
  /** Garments that people chose to be worn with it */
  goes_with: string[];
  /** When it came into the shop */
  created_at?: string;
}

/** A product of the shop, with its variants and photos. */
export interface GarmentInput {
  /** Unique in the shop */
  id: string;
  /** As shown to shoppers */
  title: string;
  /** Plain text */
  description?: string;
  /** As shown to shoppers */
  brand?: string;
  /** The shop's own path or word */
  category?: string;
  /** The shop's own word */
  department?: string;
  /** ISO 4217 */
  currency?: string;
  /** The shop's own attributes, by name */
  supplier_attributes?: Record<string, string[]>;
  /** Understood by Modiste; values given here with source supplier are kept */
  attributes?: AttributeInput[];
  /** First is the main one */
  images?: GarmentImageInput[];
  /** At least one */
  variants: VariantInput[];
  /** Garments that people chose to be worn with it */
  goes_with?: string[];
  /** When it came into the shop */
  created_at?: string;
}

/** A photo of the garment. */
export interface GarmentImage {
  /** Address, path, or stored file name */
  url: string;
  /** The colour it shows; empty for all */
  colour: string;
}

/** A photo of the garment. */
export interface GarmentImageInput {
  /** Address, path, or stored file name */
  url: string;
  /** The colour it shows; empty for all */
  colour?: string;
}

/** What the shop calls somebody. */
export interface Identifier {
  /** Of what kind the id is */
  kind: IdentifierKind;
  /** Empty once it has been erased */
  id: string;
}

/** Who one person is, and why. */
export interface Identity {
  /** Her random name in the log */
  person: string;
  /** Oldest first */
  identifiers: Identifier[];
  /** Oldest first */
  links: IdentityLink[];
  /** She consents to a style being kept */
  personalisation: boolean;
  /** She consents to models learning from what she does */
  training: boolean;
}

/** Why two identifiers are one person, or are not. */
export interface IdentityLink {
  /** Its id, for undoing it */
  link: string;
  /** How it came about */
  type: LinkType;
  /** Whether both ends are one person */
  effect: LinkEffect;
  /** It alone makes two one person */
  strong: boolean;
  /** The stronger end, or the device */
  a: Identifier;
  /** The other */
  b: Identifier;
  /** First seen */
  first_at: string;
  /** Last seen */
  last_at: string;
  /** Events that carried both */
  count: number;
  /** In words */
  why: string;
}

/** A photo that is stored, embedded and linked. */
export interface ImageReport {
  /** Address relative to this server */
  url: string;
}

/** A size that a shopper's purchases, returns and words tell of. */
export interface KnownSize {
  /** women, men, shoes_women, shoes_men */
  chart: string;
  /** The nearest of the chart */
  size: string;
  /** That tell it */
  observations: number;
}

/** A dead letter's event as it should have been. */
export interface LetterFix {
  /** What POST /v1/events takes: an event, or a batch of any spelling */
  body: unknown;
}

/** Dead letters, the oldest first. */
export interface LetterPage {
  /** By id */
  letters: DeadLetter[];
  /** How many there are in all */
  held: number;
  /** How many were too many or too old to be kept, ever */
  dropped: number;
  /** Send it as `after` for the next page; absent on the last */
  next?: number;
}

/** Whether a link of the identity graph may merge its ends. */
export interface LinkChange {
  /** As her identity names it */
  link: string;
  /** false undoes a merge; true takes that back */
  merges: boolean;
}

/** A colour of the shopper's palette. */
export interface PaletteShare {
  /** #rrggbb */
  hex: string;
  /** Colour family */
  term: string;
  /** 0 to 1 */
  share: number;
}

/** Where a shopper is, coarsely. */
export interface Place {
  /** ISO 3166, two letters */
  country?: string;
  /** Degrees north */
  latitude?: number;
  /** Degrees east */
  longitude?: number;
}

/** Why a request was refused (RFC 9457). */
export interface Problem {
  /** Kind of problem, an address */
  type: string;
  /** Kind of problem, in words */
  title: string;
  /** As in the status line */
  status: number;
  /** What is wrong */
  detail: string;
  /** The request, as the server's log names it */
  instance?: string;
  /** Where: a JSON pointer into the body, or ?name of a parameter */
  pointer?: string;
  /** What would be right */
  expected?: string;
}

/** Garments to add or replace. */
export interface ProductBatch {
  /** Judged one by one */
  products: GarmentInput[];
}

/** Garments in the order of their ids. */
export interface ProductPage {
  /** By id */
  products: Garment[];
  /** Send it as `after` for the next page; absent on the last */
  next?: string;
}

/** A garment of a batch that was not taken, and why. */
export interface ProductRefusal {
  /** Place in the batch, from 0 */
  index: number;
  /** As sent; empty when it could not be read */
  garment_id: string;
  /** What is wrong */
  reason: string;
  /** JSON pointer to it, from the root of the body */
  pointer: string;
  /** What would be right */
  expected: string;
}

/** Six questions whose answers begin a style. */
export interface Quiz {
  /** In order */
  steps: QuizStep[];
  /** Of the shop */
  price_low: number;
  /** Of the shop */
  price_high: number;
  /** ISO 4217 */
  currency: string;
}

/** Answers to the six steps; each may be empty. */
export interface QuizAnswers {
  /** women, men, unisex, ... */
  departments?: string[];
  /** Vocabulary names */
  categories?: string[];
  /** Colour families */
  colours?: string[];
  /** As shown to shoppers */
  brands?: string[];
  /** Aesthetics */
  styles?: string[];
  /** As the shopper says them */
  sizes?: string[];
  /** For one garment, in the shop's currency */
  budget_max?: number;
}

/** One answer that can be picked. */
export interface QuizOption {
  /** To send */
  value: string;
  /** To show */
  label: string;
  /** Of a colour, else empty */
  hex: string;
  /** A garment that shows it, may be empty */
  image: string;
}

/** One of the six questions. */
export interface QuizStep {
  /** Member of QuizAnswers that it fills */
  field: string;
  /** To show */
  question: string;
  /** More than one may be picked */
  many: boolean;
  /** Only what this shop sells; empty for the budget */
  options: QuizOption[];
}

/** Asks for garments that a shopper would love now. */
export interface RecommendRequest {
  /** Who asks: her account; absent for a visitor */
  shopper_id?: string;
  /** The browser or app she uses */
  device_id?: string;
  /** Her visit */
  session_id?: string;
  /** How many */
  count?: number;
  /** Narrows the answer */
  filter?: Filter;
  /** Makes the answer repeatable */
  seed?: number;
  /** For swiping: what was liked is left out, what was passed comes back later */
  deck?: boolean;
  /** For which situation; absent: for any */
  context?: RequestContext;
}

/** What became of dead letters that were sent again. */
export interface ReplayReport {
  /** Letters */
  replayed: number;
  /** Letters that are gone now */
  mended: number;
  /** Events */
  accepted: number;
  /** Events known already */
  duplicates: number;
  /** Send it as `after` to go on; absent when there are no more */
  next?: number;
}

/** The situation a request is made in. What is said of occasion, season and warmth overrides what is inferred from the rest. */
export interface RequestContext {
  /** What it is for, when she said so */
  occasion?: Occasion;
  /** For which season, when she said so */
  season?: Season;
  /** Wanted of clothes: 0 for heat, 1 for hard frost */
  warmth?: number;
  /** IANA name; also tells country and hemisphere */
  time_zone?: string;
  /** Wall clock without offset, instead of now */
  local_time?: string;
  /** Where she is, coarsely */
  place?: Place;
  /** Instead of the weather service's */
  weather?: Weather;
  /** What she looks at */
  device?: DeviceClass;
}

/** One share of a score: weight times value. */
export interface ScorePart {
  /** content, neighbours, visual, ... */
  name: string;
  /** Share of the score */
  weight: number;
  /** 0 to 1 */
  value: number;
}

/** Asks for garments by words. */
export interface SearchRequest {
  /** As a shopper would say it */
  query: string;
  /** How many */
  count?: number;
  /** Leans the order to her style */
  shopper_id?: string;
  /** The browser or app she uses */
  device_id?: string;
  /** Her visit */
  session_id?: string;
  /** Narrows the answer */
  filter?: Filter;
}

/** The shop at a glance. */
export interface ShopInfo {
  /** To show */
  name: string;
  /** How many */
  garments: number;
  /** Garments in a colour */
  items: number;
  /** Items whose photo and text are understood */
  embedded: number;
  /** ISO 4217 */
  currency: string;
}

/** Everything that is held on a shopper. */
export interface ShopperExport {
  /** Who she is */
  identity: Identity;
  /** What has been learned of her */
  style: StyleView;
  /** What she did, in order */
  events: unknown[];
}

/** An item as it was shown. */
export interface ShownItem {
  /** The garment */
  garment_id: string;
  /** The colour shown */
  colour?: string;
  /** Place in the answer, from 0 */
  position?: number;
  /** Probability with which it was shown there */
  propensity?: number;
  /** Of served events, by the engine itself */
  features?: number[];
}

/** One of a shopper's tastes. */
export interface StyleMode {
  /** Stays the same while the mode lives */
  id: number;
  /** Its most telling attributes */
  name: string;
  /** Of her present taste, 0 to 1 */
  share: number;
  /** Weight of the signals that speak for it, faded */
  evidence: number;
  /** That fed it */
  sessions: number;
  /** Hardly heard until another session agrees */
  tentative: boolean;
  /** The running session is read as part of it */
  with_session: boolean;
  /** End of the latest session that fed it */
  used_at?: string;
  /** Strongest first, at most 8 */
  affinities: Affinity[];
  /** Share by occasion of what it consists of */
  occasions: Record<string, number>;
  /** Latest first, at most 4 */
  exemplars: AnswerItem[];
}

/** The affinities as they were after so many signals. */
export interface StylePoint {
  /** Feedback events by then */
  signals: number;
  /** By term */
  scores: Record<string, number>;
}

/** What a shopper does right now; merged into her style when it closes. */
export interface StyleSession {
  /** False after 30 minutes without a signal */
  running: boolean;
  /** So far */
  signals: number;
  /** Of her present taste, when it is unlike all her modes */
  share: number;
  /** When it runs */
  started_at?: string;
}

/** What has been learned of a shopper's style. */
export interface StyleView {
  /** Whose */
  shopper_id: string;
  /** Feedback events so far */
  signals: number;
  /** So far */
  likes: number;
  /** So far */
  passes: number;
  /** So far */
  saves: number;
  /** So far */
  purchases: number;
  /** Has answered the quiz */
  quiz_done: boolean;
  /** content, neighbours, visual: how the hybrid leans now */
  source_weights: Record<string, number>;
  /** Probability that a card is explored */
  exploration: number;
  /** Strongest first */
  affinities: Affinity[];
  /** Score by brand */
  brands: Record<string, number>;
  /** Colours liked, by share */
  palette: PaletteShare[];
  /** Of what she likes */
  price_typical?: number;
  /** How much more reduced garments please her than others, -1 to 1 */
  discount_response: number;
  /** From the quiz */
  budget_max?: number;
  /** From the quiz */
  sizes: string[];
  /** What her purchases, returns and words tell */
  sizes_known: KnownSize[];
  /** Styles of the shop that she leans to, largest share first */
  aesthetics: AestheticShare[];
  /** Her tastes, largest share first; the shares and the session's sum to 1 */
  modes: StyleMode[];
  /** What she does right now */
  session: StyleSession;
  /** What came of each closed session, oldest first */
  drift: DriftMoment[];
  /** How the affinities moved, oldest first */
  history: StylePoint[];
  /** Latest first, at most 24 */
  liked: AnswerItem[];
}

/** A garment that is live now. */
export interface UpsertReport {
  /** Which */
  garment_id: string;
  /** Its colours, each of which can be recommended */
  items: number;
}

/** A garment in one size and colour: what is put in a cart. */
export interface Variant {
  /** Unique in the shop */
  sku: string;
  /** As the shop writes it */
  size: string;
  /** As the shop writes it */
  colour: string;
  /** Paid now, in the garment's currency */
  price: number;
  /** Before a reduction */
  list_price?: number;
  /** Share of the price that is kept */
  margin?: number;
  /** Pieces that can be sold now */
  stock: number;
}

/** A garment in one size and colour: what is put in a cart. */
export interface VariantInput {
  /** Unique in the shop */
  sku: string;
  /** As the shop writes it */
  size?: string;
  /** As the shop writes it */
  colour?: string;
  /** Paid now, in the garment's currency */
  price: number;
  /** Before a reduction */
  list_price?: number;
  /** Share of the price that is kept */
  margin?: number;
  /** Pieces that can be sold now */
  stock?: number;
}

/** What changes of a variant; at least one of them. */
export interface VariantPatch {
  /** Pieces that can be sold now */
  stock?: number;
  /** Paid now, in the garment's currency */
  price?: number;
  /** Before a reduction */
  list_price?: number;
}

/** The weather where she is. */
export interface Weather {
  /** Of the air */
  temperature_c?: number;
  /** As it feels */
  feels_like_c?: number;
  /** Of the preceding hour */
  precipitation_mm?: number;
  /** At 10 m */
  wind_kmh?: number;
  /** WMO weather code, 0 clear to 99 */
  code?: number;
}

/** What each route takes and answers. */
export interface Operations {
  /** Garments that a shopper would love now, each with its reasons. */
  recommend: {
    method: "POST";
    path: "/v1/recommendations";
    query: undefined;
    body: RecommendRequest;
    answer: Answer;
  };
  /** Garments that look and read like this one. */
  similar: {
    method: "GET";
    path: "/v1/products/{id}/similar";
    query: { colour?: string; count?: number; shopper_id?: string; device_id?: string; session_id?: string; };
    body: undefined;
    answer: Answer;
  };
  /** Garments that fit the words of a shopper. */
  search: {
    method: "POST";
    path: "/v1/search";
    query: undefined;
    body: SearchRequest;
    answer: Answer;
  };
  /** Garments that look like the one in a photo. */
  searchPhoto: {
    method: "POST";
    path: "/v1/search/photo";
    query: { count?: number; shopper_id?: string; device_id?: string; session_id?: string; };
    body: Blob;
    answer: Answer;
  };
  /** Tell what shoppers did. Each event is judged alone; accepted ones are on disk when this answers, and the next answer reflects them; refused ones are dead letters. Bodies of Segment and of GA4's Measurement Protocol are taken as they are. */
  sendEvents: {
    method: "POST";
    path: "/v1/events";
    query: undefined;
    body: EventBatch;
    answer: EventsReport;
  };
  /** Six questions that begin a style; the answers are sent as an event of type quiz. */
  quiz: {
    method: "GET";
    path: "/v1/quiz";
    query: undefined;
    body: undefined;
    answer: Quiz;
  };
  /** What has been learned of a shopper's style. */
  style: {
    method: "GET";
    path: "/v1/shoppers/{id}/style";
    query: { kind?: IdentifierKind; };
    body: undefined;
    answer: StyleView;
  };
  /** Which identifiers are one person, and why. */
  identity: {
    method: "GET";
    path: "/v1/shoppers/{id}/identity";
    query: { kind?: IdentifierKind; };
    body: undefined;
    answer: Identity;
  };
  /** Undo a merge, or take that back: both sides become what their own events make of them. */
  changeIdentity: {
    method: "POST";
    path: "/v1/shoppers/{id}/identity";
    query: { kind?: IdentifierKind; };
    body: LinkChange;
    answer: Identity;
  };
  /** Everything that is held on a shopper: identity, consent, style and every event. */
  exportShopper: {
    method: "GET";
    path: "/v1/shoppers/{id}/export";
    query: { kind?: IdentifierKind; };
    body: undefined;
    answer: ShopperExport;
  };
  /** Forget a shopper: style, history and the link from her id to them. */
  eraseShopper: {
    method: "DELETE";
    path: "/v1/shoppers/{id}";
    query: { kind?: IdentifierKind; };
    body: undefined;
    answer: undefined;
  };
  /** Events that were refused, the oldest first. */
  listDeadLetters: {
    method: "GET";
    path: "/v1/dead-letters";
    query: { after?: number; count?: number; reason?: DeadReason; };
    body: undefined;
    answer: LetterPage;
  };
  /** A refused event as it was sent, and why. */
  getDeadLetter: {
    method: "GET";
    path: "/v1/dead-letters/{id}";
    query: undefined;
    body: undefined;
    answer: DeadLetter;
  };
  /** Put the event right. It is judged when it is replayed. */
  fixDeadLetter: {
    method: "PUT";
    path: "/v1/dead-letters/{id}";
    query: undefined;
    body: LetterFix;
    answer: DeadLetter;
  };
  /** Throw a dead letter away. */
  dropDeadLetter: {
    method: "DELETE";
    path: "/v1/dead-letters/{id}";
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Send it through the door again, as received when it first came. It goes when it is accepted. */
  replayDeadLetter: {
    method: "POST";
    path: "/v1/dead-letters/{id}/replay";
    query: undefined;
    body: undefined;
    answer: ReplayReport;
  };
  /** The same for a page of them. */
  replayDeadLetters: {
    method: "POST";
    path: "/v1/dead-letters/replay";
    query: { after?: number; count?: number; reason?: DeadReason; };
    body: undefined;
    answer: ReplayReport;
  };
  /** Garments by id, a page at a time. */
  listProducts: {
    method: "GET";
    path: "/v1/products";
    query: { after?: string; count?: number; };
    body: undefined;
    answer: ProductPage;
  };
  /** Add or replace many garments. Each is judged alone; good ones are live at once. */
  upsertProducts: {
    method: "POST";
    path: "/v1/products";
    query: undefined;
    body: ProductBatch;
    answer: BatchUpsertReport;
  };
  /** A garment with its variants and photos. */
  getProduct: {
    method: "GET";
    path: "/v1/products/{id}";
    query: undefined;
    body: undefined;
    answer: Garment;
  };
  /** Add (201) or replace (200) a garment. It can be recommended when this answers. */
  putProduct: {
    method: "PUT";
    path: "/v1/products/{id}";
    query: undefined;
    body: GarmentInput;
    answer: UpsertReport;
  };
  /** Take a garment out of the shop, at once. */
  deleteProduct: {
    method: "DELETE";
    path: "/v1/products/{id}";
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Change stock or price of a variant, at once. */
  patchVariant: {
    method: "PATCH";
    path: "/v1/variants/{sku}";
    query: undefined;
    body: VariantPatch;
    answer: Variant;
  };
  /** Give a garment a photo: it is stored, understood and linked. */
  addImage: {
    method: "POST";
    path: "/v1/products/{id}/images";
    query: { colour?: string; };
    body: Blob;
    answer: ImageReport;
  };
  /** The shop at a glance. */
  shop: {
    method: "GET";
    path: "/v1/shop";
    query: undefined;
    body: undefined;
    answer: ShopInfo;
  };
  /** What the shop's items can be filtered by. */
  facets: {
    method: "GET";
    path: "/v1/facets";
    query: undefined;
    body: undefined;
    answer: Facets;
  };
}
