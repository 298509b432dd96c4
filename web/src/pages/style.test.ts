import { createElement } from "react";
import { afterEach, describe, expect, it } from "vitest";

import { queryClient, quizQuery, shopQuery } from "../api/queries";
import type { AnswerItem, Quiz, StyleView } from "../api/types";
import { t } from "../locale";
import { html } from "../testing/html";
import { waitingWords } from "../ui/learned_strip";
import { Head } from "./style";
import { Fit } from "./style_facts";

const STYLE = {
  signals: 0,
  likes: 0,
  passes: 0,
  saves: 0,
  purchases: 0,
  quiz_done: false,
  affinities: [],
  liked: [] as AnswerItem[],
  brands: {},
  sizes: [],
  sizes_known: [],
  body: {},
} as unknown as StyleView;
const head = (style: Partial<StyleView>): string =>
  html(createElement(Head, { style: { ...STYLE, ...style } }));

afterEach(() => queryClient.clear());

describe("the head of My style", () => {
  it("knows what was answered in the quiz before the first swipe", () => {
    const words = head({ quiz_done: true });
    expect(words).toContain("Based on your answers to the quiz.");
    expect(words).not.toContain("Nothing has been learned");
    expect(words).not.toContain('href="/quiz"');
  });
  it("leads to the quiz who has done nothing, with the number of its questions", () => {
    queryClient.setQueryData(quizQuery.queryKey, { steps: [{}, {}, {}], vetoes: [] } as unknown as Quiz);
    expect(head({})).toContain("Nothing has been learned yet");
    expect(head({})).toContain("three questions");
    expect(head({ signals: 2, likes: 2 })).toContain("Three questions");
  });
  it("names only what there was", () => {
    expect(t.style.from({ ...STYLE, signals: 3, likes: 1, passes: 0, saves: 2 })).toBe(
      "Based on 1 like and 2 saves.",
    );
    expect(t.style.from({ ...STYLE, signals: 3 })).toBe("Based on 3 signals.");
  });
});

it("beside the deck, the quiz is not forgotten either", () => {
  expect(waitingWords({ signals: 0, quiz_done: true })).toContain("your answers");
  expect(waitingWords({ signals: 0, quiz_done: false })).toBe("Swipe, and see what we learn.");
  expect(waitingWords({ signals: 1, quiz_done: true })).toBe("We learn from every swipe.");
});

it("prices of My style are in the shop's currency, whatever was liked", () => {
  const fit = (): string => html(createElement(Fit, { style: { ...STYLE, budget_max: 80 } }));
  expect(fit()).toContain("<dd>80</dd>");
  queryClient.setQueryData(shopQuery.queryKey, {
    name: "",
    garments: 1,
    items: 1,
    embedded: 1,
    currency: "EUR",
  });
  expect(fit()).toContain("€80");
});
