import { describe, expect, it } from "vitest";

import type { AnswerContext } from "../api/types";
import { situationWords } from "./feed_situation";

const CONTEXT: AnswerContext = {
  occasion: "work",
  season: "winter",
  warmth: 0.7,
  formality: 0.5,
  local_time: "2026-01-12T09:00",
  weekend: false,
  hints: [],
  occasions: {},
  known: { occasion: "time", season: "place", warmth: "place", time: "explicit" },
  wanted: [],
};

describe("the situation of an answer in words", () => {
  it("says how each part is known", () => {
    expect(situationWords(CONTEXT, {})).toBe(
      "Leaning towards work, judged by the time of day, and towards winter, judged by where you are.",
    );
  });

  it("names the date, not the hour, for a season", () => {
    const dated: AnswerContext = { ...CONTEXT, known: { ...CONTEXT.known, season: "time" } };
    expect(situationWords(dated, {})).toContain("towards winter, judged by the date.");
  });

  it("says what the shopper told, and the weather", () => {
    const told: AnswerContext = {
      ...CONTEXT,
      occasion: "party",
      temperature_c: 30,
      known: { ...CONTEXT.known, occasion: "explicit", season: "weather", warmth: "weather" },
    };
    expect(situationWords(told, { occasion: "party", weather: "hot" })).toBe(
      "Shown for a party, as you told us. Leaning towards winter, judged by the weather. Weather: hot, as you told us.",
    );
    expect(situationWords(told, { occasion: "party" })).toContain("Weather: 30 °C.");
  });
});
