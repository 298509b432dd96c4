import { describe, expect, it } from "vitest";

import type { Quiz, QuizStep } from "../api/types";
import { t } from "../locale";
import { asksBudget, quizSteps, vetoStep } from "./quiz_steps";

const step = (field: string): QuizStep => ({ field, question: field, many: true, options: [] });
const option = { value: "a", label: "A", hex: "", image: "" };
const vetoes = (some: boolean): Quiz["vetoes"] => [{ ...step("brands"), options: some ? [option] : [] }];

describe("the questions of the quiz", () => {
  it("are those of the shop and the vetoes, where there is something to veto", () => {
    const steps = [step("colours"), step("sizes")];
    expect(quizSteps({ steps, vetoes: vetoes(true) })).toEqual([...steps, vetoStep]);
    expect(quizSteps({ steps, vetoes: vetoes(false) })).toEqual(steps);
    expect(quizSteps({ steps: [], vetoes: [] })).toHaveLength(1);
  });
  it("ask for the budget once, with its own step or with the last of the shop", () => {
    const steps = [step("budget_max"), step("sizes")];
    expect(steps.map((one) => asksBudget({ steps }, one))).toEqual([true, false]);
    const last = [step("colours"), step("sizes")];
    expect([...last, vetoStep].map((one) => asksBudget({ steps: last }, one))).toEqual([false, true, false]);
  });
  it("are promised by their number", () => {
    expect(t.home.text(7)).toContain("Answer seven short questions");
    expect(t.home.text(undefined)).toContain("Answer a few short questions");
    expect(t.home.text(1)).toContain("one short question,");
  });
});
