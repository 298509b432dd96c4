// generated: do not edit. The types of Modiste's HTTP API, printed from its route table.

export type AttributeSource =
  | "supplier"
  | "photo";

export type EventType =
  | "impression"
  | "product_view"
  | "click"
  | "like"
  | "pass"
  | "undo"
  | "save"
  | "unsave"
  | "add_to_cart"
  | "remove_from_cart"
  | "purchase"
  | "return"
  | "quiz"
  | "search"
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

export type ReturnReason =
  | "too_small"
  | "too_large"
  | "not_as_described"
  | "defective"
  | "changed_mind"
  | "style";

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

/** Something a shopper did. */
export interface Event {
  /** Unique; sending it twice is harmless */
  event_id: string;
  /** What happened */
  type: EventType;
  /** Of the taxonomy */
  schema_version?: number;
  /** Who did it */
  shopper_id: string;
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
  /** Time looked at it */
  dwell_ms?: number;
  /** Share of the page seen */
  scroll_depth?: number;
  /** Pieces */
  quantity?: number;
  /** Paid for one piece */
  price?: number;
  /** Of a return */
  reason?: ReturnReason;
  /** Of a search */
  query?: string;
  /** Of an impression */
  items?: ShownItem[];
  /** Of a quiz */
  quiz?: QuizAnswers;
  /** The event an undo takes back */
  undoes?: string;
}

/** What shoppers did. */
export interface EventBatch {
  /** Judged one by one */
  events: Event[];
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
}

/** A batch is judged event by event; what is accepted is durable. */
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

/** A photo that is stored, embedded and linked. */
export interface ImageReport {
  /** Address relative to this server */
  url: string;
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
  /** Who asks */
  shopper_id: string;
  /** How many */
  count?: number;
  /** Narrows the answer */
  filter?: Filter;
  /** Makes the answer repeatable */
  seed?: number;
  /** For swiping: what was liked is left out, what was passed comes back later */
  deck?: boolean;
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
}

/** The affinities as they were after so many signals. */
export interface StylePoint {
  /** Feedback events by then */
  signals: number;
  /** By term */
  scores: Record<string, number>;
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
  /** From the quiz */
  budget_max?: number;
  /** From the quiz */
  sizes: string[];
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
    query: { colour?: string; count?: number; shopper_id?: string; };
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
    query: { count?: number; shopper_id?: string; };
    body: Blob;
    answer: Answer;
  };
  /** Tell what shoppers did. Each event is judged alone; accepted ones are on disk when this answers, and the next answer reflects them. */
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
    query: undefined;
    body: undefined;
    answer: StyleView;
  };
  /** Forget a shopper: style, history and the link from her id to them. */
  eraseShopper: {
    method: "DELETE";
    path: "/v1/shoppers/{id}";
    query: undefined;
    body: undefined;
    answer: undefined;
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
