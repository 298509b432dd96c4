// The questions of the quiz: those that the shop asks, and what the shopper never wants to see.
import { useQuery } from "@tanstack/react-query";

import { quizQuery } from "../api/queries";
import type { Quiz, QuizStep } from "../api/types";
import { t } from "../locale";

// Its answer is one member of several lists. A shopper who skips it keeps the vetoes stated before.
export const vetoStep: QuizStep = { field: "vetoes", question: t.vetoes.question, many: true, options: [] };

export function quizSteps({ steps, vetoes }: Pick<Quiz, "steps" | "vetoes">): readonly QuizStep[] {
  const vetoed = vetoes.some(({ options }) => options.length > 0);
  return vetoed || steps.length === 0 ? [...steps, vetoStep] : steps;
}

// The budget and the measures are asked for with the step that is called so, or with the last question of the shop.
export function asksBudget({ steps }: Pick<Quiz, "steps">, step: QuizStep): boolean {
  const own = steps.find(({ field }) => field === "budget_max");
  return step === (own ?? steps.at(-1));
}

// Undefined until the shop has said what it asks.
export function useQuestionCount(): number | undefined {
  const { data } = useQuery(quizQuery);
  return data && quizSteps(data).length;
}
