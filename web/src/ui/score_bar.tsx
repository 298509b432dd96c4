import type { ScorePart } from "../api/types";
import { t } from "../locale";
import { humanTerm, percent } from "./format";

export function partWords(name: string): string {
  return t.why.part[name] ?? humanTerm(name);
}

// What a score is made of: one bar, each part as long as its share of the whole.
export function ScoreBar({ parts }: { parts: ScorePart[] }) {
  const shares = parts
    .map((part) => ({ ...part, amount: Math.max(0, part.weight * part.value) }))
    .filter(({ amount }) => amount > 0.0005);
  const total = shares.reduce((sum, { amount }) => sum + amount, 0);
  if (total <= 0) return null;
  return (
    <div className="score">
      <div className="score-bar" aria-hidden="true">
        {shares.map(({ name, amount }, i) => (
          <i key={name} data-shade={i} style={{ flexGrow: (100 * amount) / total }} />
        ))}
      </div>
      <dl>
        {shares.map(({ name, amount }, i) => (
          <div key={name}>
            <dt>
              <i data-shade={i} aria-hidden="true" />
              {partWords(name)}
            </dt>
            <dd>{percent(amount / total)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
