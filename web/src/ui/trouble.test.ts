import { createElement } from "react";
import { describe, expect, it } from "vitest";

import { BusyError, ProblemError, UnreachableError } from "../api/client";
import { html } from "../testing/html";
import { GridSkeleton } from "./garment_card";
import { Trouble, Waiting } from "./trouble";

const problem = (status: number) => ({
  type: "about:blank",
  title: "No",
  status,
  detail: "the shop’s words",
});
const trouble = (error: Error, rest: { whole?: boolean; asked?: boolean } = {}): string =>
  html(createElement(Trouble, { error, retry: () => undefined, ...rest }));

describe("trouble", () => {
  it("is the heading of a page that it stands for", () => {
    expect(trouble(new Error("x"), { whole: true })).toMatch(/<h1 tabindex="-1">/i);
    expect(trouble(new Error("x"))).toContain("<h2>");
    expect(trouble(new ProblemError(problem(404)), { whole: true })).toContain("No longer available");
  });
  it("with a busy shop says that the page goes on by itself, and why", () => {
    expect(trouble(new BusyError(problem(503), 1_000))).toContain(
      "too much to do just now. This page continues",
    );
    expect(trouble(new BusyError(problem(429), 1_000))).toContain(
      "many visitors just now. This page continues",
    );
  });
  it("promises nothing where the shopper has to ask again", () => {
    for (const error of [new BusyError(problem(503), 1_000), new UnreachableError("away")]) {
      expect(trouble(error, { asked: true })).not.toContain("continues");
      expect(trouble(error, { asked: true })).toContain("Try again");
    }
  });
  it("tells what the shop says it lacks", () => {
    expect(trouble(new ProblemError(problem(501)))).toContain("the shop’s words");
  });
});

it("waiting is said to those who do not see it", () => {
  for (const waiting of [createElement(Waiting), createElement(GridSkeleton, { count: 2 })]) {
    expect(html(waiting)).toMatch(/role="status".*Loading/);
    expect(html(waiting)).not.toContain("aria-busy");
  }
});
