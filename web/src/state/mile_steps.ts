// How the order of looks changes from step to step. Pure.
import type { LookStep } from "../api/types";

export interface MovedLook {
  id: string;
  evening: boolean;
  score: number;
  moved: number; // places up; 0: stays
}
export interface ShownStep {
  step: LookStep["step"];
  looks: MovedLook[];
  removed: number; // since the step before
  changed: boolean;
  gaveWay: readonly string[];
}

export function shownSteps(steps: readonly LookStep[]): ShownStep[] {
  return steps.map((step, s) => {
    const before =
      steps[s - 1]?.order.map(({ look_id }) => look_id) ?? step.order.map(({ look_id }) => look_id);
    const left = before.filter((id) => step.order.some(({ look_id }) => look_id === id));
    const looks = step.order.map(({ look_id, evening, score }, place) => ({
      id: look_id,
      evening,
      score,
      moved: left.indexOf(look_id) - place,
    }));
    return {
      step: step.step,
      looks,
      removed: before.length - left.length,
      changed: looks.some(({ moved }) => moved !== 0) || before.length !== left.length,
      gaveWay: step.gave_way,
    };
  });
}
