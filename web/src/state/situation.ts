// The situation that the shopper dresses for, as they said it: their feed is for it until they choose otherwise or
// leave. Absent: the shop infers it.
import type { RequestContext } from "../api/types";
import { createStore } from "./store";

export type Occasion = NonNullable<RequestContext["occasion"]>;

export const OCCASIONS: readonly Occasion[] = [
  "work",
  "casual",
  "party",
  "formal",
  "wedding",
  "date",
  "sport",
  "travel",
  "beach",
  "lounge",
];

// Kinds of weather as people name them, each as a weather service would measure it.
const WEATHERS = {
  hot: { temperature_c: 30 },
  mild: { temperature_c: 19 },
  cool: { temperature_c: 10 },
  frost: { temperature_c: -4 },
  rain: { temperature_c: 12, precipitation_mm: 3, code: 63 },
} as const;
export type WeatherKind = keyof typeof WEATHERS;
export const WEATHER_KINDS = Object.keys(WEATHERS) as WeatherKind[];

export interface Situation {
  readonly occasion?: Occasion;
  readonly weather?: WeatherKind;
}

export const situation = createStore<Situation>({});

// A choice made again takes it back.
export function choose(next: Situation): void {
  const now = situation.get();
  const chosen: { occasion?: Occasion; weather?: WeatherKind } = { ...now };
  if (next.occasion) {
    if (now.occasion === next.occasion) delete chosen.occasion;
    else chosen.occasion = next.occasion;
  }
  if (next.weather) {
    if (now.weather === next.weather) delete chosen.weather;
    else chosen.weather = next.weather;
  }
  situation.set(chosen);
}

// Nothing for a shopper who said nothing.
export function contextOf({ occasion, weather }: Situation): RequestContext | undefined {
  if (!occasion && !weather) return undefined;
  return { ...(occasion ? { occasion } : {}), ...(weather ? { weather: WEATHERS[weather] } : {}) };
}
