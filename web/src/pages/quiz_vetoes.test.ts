import { createElement } from "react";
import { describe, expect, it } from "vitest";

import type { Quiz } from "../api/types";
import { html } from "../testing/html";
import { describedToo, type QuizVetoes, saysNothing, vetoesWith, VetoQuestion } from "./quiz_vetoes";

const STATED = { brands: ["Acme"] };

describe("the vetoes that the quiz sends", () => {
  it("hold those of before and those that were described", () => {
    const said = describedToo({ described: {} }, { fabrics: ["leather"], brands: [] });
    expect(vetoesWith(STATED, said)).toEqual({ brands: ["Acme"], fabrics: ["leather"] });
    expect(vetoesWith(STATED, describedToo(said, { brands: ["ACME", "Zara"] }))).toEqual({
      brands: ["Acme", "Zara"],
      fabrics: ["leather"],
    });
  });
  it("are those that were pressed, and what is described later", () => {
    const pressed = { described: {}, pressed: { colours: ["red"] } };
    expect(vetoesWith(STATED, pressed)).toEqual({ colours: ["red"] });
    expect(vetoesWith(STATED, describedToo(pressed, { fabrics: ["leather"] }))).toEqual({
      colours: ["red"],
      fabrics: ["leather"],
    });
  });
  it("are not sent while nothing was said: those of before stay", () => {
    expect(saysNothing(describedToo({ described: {} }, { fabrics: [] }))).toBe(true);
    expect(saysNothing({ described: {}, pressed: {} })).toBe(false);
  });
});

describe("the question for vetoes", () => {
  const quiz = {
    vetoes: [
      {
        field: "brands",
        question: "",
        many: true,
        options: [{ value: "Acme", label: "Acme", hex: "", image: "" }],
      },
    ],
  } as unknown as Quiz;
  const of = (shown: QuizVetoes["shown"], error: Error | null = null): QuizVetoes =>
    ({ shown, error }) as QuizVetoes;

  it("has no buttons until those of before are known", () => {
    expect(html(createElement(VetoQuestion, { quiz, of: of(undefined) }))).not.toContain("<button");
    expect(html(createElement(VetoQuestion, { quiz, of: of(STATED) }))).toContain('aria-pressed="true"');
  });
  it("can be asked again where they could not be read", () => {
    expect(html(createElement(VetoQuestion, { quiz, of: of(undefined, new Error("x")) }))).toContain(
      "Try again",
    );
  });
});
