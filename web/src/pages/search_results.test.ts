import { createElement } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { queryClient, searchQuery } from "../api/queries";
import type { Answer } from "../api/types";
import { FOUND_PAGE } from "../state/pages";
import { html } from "../testing/html";
import { countWords, Results } from "./search_results";

function page(first: number, count: number): Answer {
  const items = Array.from({ length: count }, (_, i) => ({
    garment_id: `g${first + i}`,
    colour: "Olive",
    title: "Shirt",
    price: 20,
    currency: "EUR",
    image: "",
    palette: [],
    reasons: [],
    score_breakdown: [],
  }));
  return { request_id: `r${first}`, items } as unknown as Answer;
}
const full = page(0, FOUND_PAGE);

describe("how many were found", () => {
  it("is not said of a page behind which there may be more", () => {
    expect(countWords([full], "words")).toBe(`The best ${FOUND_PAGE}`);
    expect(countWords([full, page(FOUND_PAGE, 4)], "words")).toBe(`${FOUND_PAGE + 4} found`);
    expect(countWords([page(0, 3)], "photo")).toBe("3 found");
    expect(countWords([], "words")).toBe("");
    expect(countWords([full], "browse")).toBe("");
  });
});

describe("the results", () => {
  const results = (more: (() => void) | undefined, error: Error | null = null): string =>
    html(
      createElement(Results, {
        pages: [full],
        error,
        busy: false,
        adding: false,
        again: () => undefined,
        more,
        query: "shirt",
        what: "words",
      }),
    );

  it("go on where there is more", () => {
    expect(results(() => undefined)).toContain("Show more");
    expect(results(undefined)).not.toContain("Show more");
  });
  it("say so where more did not come", () => {
    expect(results(() => undefined, new Error("x"))).toContain("Try again");
  });
});

describe("the next page", () => {
  afterEach(() => (queryClient.clear(), vi.unstubAllGlobals()));

  it("leaves out the garments that are shown", async () => {
    const bodies: { filter: { exclude_garments?: string[] } }[] = [];
    vi.stubGlobal("fetch", (request: string | { url: string }, init?: { body?: ArrayBuffer }) => {
      const url = typeof request === "string" ? request : request.url;
      if (!url.endsWith("/v1/search")) return Promise.resolve(Response.json({ device_id: "d", token: "t" }));
      bodies.push(JSON.parse(new TextDecoder().decode(init?.body)) as (typeof bodies)[number]);
      return Promise.resolve(Response.json(bodies.length === 1 ? full : page(FOUND_PAGE, 2)));
    });
    const asked = { query: "shirt", literal: false, filter: {}, photo: undefined, shopperId: "a" };
    const { pages } = await queryClient.fetchInfiniteQuery({ ...searchQuery(asked), pages: 3 });
    expect(pages).toHaveLength(2);
    expect(bodies.map(({ filter }) => filter.exclude_garments?.length)).toEqual([undefined, FOUND_PAGE]);
  });
});
