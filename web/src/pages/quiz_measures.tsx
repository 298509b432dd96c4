import type { StatedBody } from "../api/types";
import { t } from "../locale";

export interface Measures {
  readonly formality?: number; // 0 loungewear to 1 black tie
  readonly body: StatedBody;
}

const BODY = [
  { member: "height_cm", min: 40, max: 260 },
  { member: "bust_cm", min: 30, max: 220 },
  { member: "weight_kg", min: 2, max: 400 },
] as const;

type Props = { measures: Measures; set: (measures: Measures) => void };

// How formal the shopper dresses, and the measurements that sizes can be told from; all of it may stay empty.
export function QuizMeasures({ measures, set }: Props) {
  const steps = t.facts.formalities;
  const { formality, body } = measures;
  return (
    <div className="measures">
      <div className="chips" role="group" aria-label={t.facts.formality}>
        <span className="chips-legend" aria-hidden="true">
          {t.facts.formality}
        </span>
        {steps.map((words, i) => {
          const value = i / (steps.length - 1);
          return (
            <button
              key={words}
              type="button"
              aria-pressed={formality === value}
              onClick={() => set(formality === value ? { body } : { body, formality: value })}
            >
              {words}
            </button>
          );
        })}
      </div>
      {BODY.map(({ member, min, max }) => (
        <label key={member} className="measure">
          {t.quiz.body[member]}
          <input
            type="number"
            inputMode="decimal"
            step="any"
            min={min}
            max={max}
            value={body[member] ?? ""}
            onChange={({ target }) =>
              set({ ...measures, body: withMeasure(body, member, target.valueAsNumber) })
            }
          />
        </label>
      ))}
    </div>
  );
}

function withMeasure(body: StatedBody, member: (typeof BODY)[number]["member"], value: number): StatedBody {
  const rest = { ...body };
  delete rest[member];
  return Number.isFinite(value) ? { ...rest, [member]: value } : rest;
}
