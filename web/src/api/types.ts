// The server's contracts, member for member. Replaced by `modiste api --typescript` once the binary has it;
// until then kept by hand beside src/engine/requests.h, src/catalog/garment.h and src/events/event.h.

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

export interface Filter {
  departments?: string[];
  categories?: string[];
  colours?: string[];
  brands?: string[];
  sizes?: string[];
  price_min?: number;
  price_max?: number;
  exclude_garments?: string[];
}

export interface RecommendRequest {
  shopper_id: string;
  count?: number;
  filter?: Filter;
  seed?: number;
  deck?: boolean;
}

export interface SearchRequest {
  query: string;
  count?: number;
  shopper_id?: string;
  filter?: Filter;
}

export interface ScorePart {
  name: string;
  weight: number;
  value: number;
}

export interface AnswerItem {
  garment_id: string;
  colour: string;
  title: string;
  brand: string;
  category: string;
  price: number;
  list_price?: number;
  currency: string;
  image: string;
  palette: string[];
  sizes_in_stock: string[];
  position: number;
  score: number;
  propensity: number;
  explored: boolean;
  parts: ScorePart[];
  reasons: string[];
}

export interface Answer {
  request_id: string;
  items: AnswerItem[];
  degraded: string[];
  took_ms: number;
}

export interface Affinity {
  facet: Facet;
  term: string;
  label: string;
  score: number;
  change: number;
}

export interface PaletteShare {
  hex: string;
  term: string;
  share: number;
}

export interface StylePoint {
  signals: number;
  scores: Record<string, number>;
}

export interface StyleView {
  shopper_id: string;
  signals: number;
  likes: number;
  passes: number;
  saves: number;
  purchases: number;
  quiz_done: boolean;
  source_weights: Record<string, number>;
  exploration: number;
  affinities: Affinity[];
  brands: Record<string, number>;
  palette: PaletteShare[];
  price_typical?: number;
  budget_max?: number;
  sizes: string[];
  history: StylePoint[];
  liked: AnswerItem[];
}

export interface QuizOption {
  value: string;
  label: string;
  hex: string;
  image: string;
}

export interface QuizStep {
  field: keyof QuizAnswers;
  question: string;
  many: boolean;
  options: QuizOption[];
}

export interface Quiz {
  steps: QuizStep[];
  price_low: number;
  price_high: number;
  currency: string;
}

export interface QuizAnswers {
  departments?: string[];
  categories?: string[];
  colours?: string[];
  brands?: string[];
  styles?: string[];
  sizes?: string[];
  budget_max?: number;
}

export interface Variant {
  sku: string;
  size?: string;
  colour?: string;
  price: number;
  list_price?: number;
  margin?: number;
  stock?: number;
}

export interface GarmentImage {
  url: string;
  colour?: string;
}

export interface Attribute {
  facet: Facet;
  term: string;
  word?: string;
  source?: "supplier" | "photo";
  confidence?: number;
}

export interface Garment {
  id: string;
  title: string;
  description?: string;
  brand?: string;
  category?: string;
  department?: string;
  currency?: string;
  supplier_attributes?: Record<string, string[]>;
  attributes?: Attribute[];
  images?: GarmentImage[];
  variants: Variant[];
  goes_with?: string[];
  created_at?: string;
}

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

export interface ShownItem {
  garment_id: string;
  colour?: string;
  position?: number;
  propensity?: number;
}

export interface Event {
  event_id: string;
  type: EventType;
  schema_version?: number;
  shopper_id: string;
  occurred_at?: string;
  request_id?: string;
  garment_id?: string;
  colour?: string;
  sku?: string;
  dwell_ms?: number;
  scroll_depth?: number;
  quantity?: number;
  price?: number;
  query?: string;
  items?: ShownItem[];
  quiz?: QuizAnswers;
  undoes?: string;
}

export interface RefusedEvent {
  index: number;
  event_id: string;
  reason: string;
  pointer: string;
  expected: string;
}

export interface IngestResult {
  accepted: number;
  duplicates: number;
  refused: RefusedEvent[];
}

export interface ShopInfo {
  name: string;
  garments: number;
  items: number;
  embedded: number;
  currency: string;
}

export interface FacetValue {
  value: string;
  label: string;
  hex: string;
  count: number;
}

export interface Facets {
  departments: FacetValue[];
  categories: FacetValue[];
  colours: FacetValue[];
  brands: FacetValue[];
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  pointer?: string;
  expected?: string;
}
