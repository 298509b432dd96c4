import type { AestheticShare, BodyProfile, StyleView } from "../api/types";
import { t } from "../locale";
import { humanTerm, money, percent } from "../ui/format";
import { partWords } from "../ui/score_bar";
import { useShopCurrency } from "../ui/shop_name";

// The shop's own styles that the shopper likes: clusters of its catalog, named by what sets them apart.
export function Aesthetics({ shares }: { shares: AestheticShare[] }) {
  return (
    <section aria-labelledby="aesthetics-title" className="aesthetics">
      <h2 id="aesthetics-title">{t.facts.styles}</h2>
      <ul>
        {shares.map(({ name, share }) => (
          <li key={name}>
            <h3>{name}</h3>
            <Share value={share} />
          </li>
        ))}
      </ul>
    </section>
  );
}

// A share as a thread of that length, with its number.
export function Share({ value, of }: { value: number; of?: string }) {
  return (
    <p className="share">
      <span className="share-bar" aria-hidden="true">
        <i style={{ width: percent(value) }} />
      </span>
      <span>
        {percent(value)}
        {of && <span className="unseen"> {of}</span>}
      </span>
    </p>
  );
}

export function Fit({ style }: { style: StyleView }) {
  const currency = useShopCurrency();
  const brands = Object.entries(style.brands)
    .filter(([, score]) => score > 0.02)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([brand]) => brand);
  return (
    <section aria-labelledby="fit-title" className="facts">
      <h2 id="fit-title">{t.facts.fit}</h2>
      <dl>
        <Fact name={t.facts.sizesNamed} value={style.sizes.join(", ")} />
        <div>
          <dt>{t.facts.sizesKnown}</dt>
          <dd>
            {style.sizes_known.length === 0 && t.facts.unknown}
            {style.sizes_known.map(({ chart, size, observations }) => (
              <span key={chart} className="known-size">
                {t.facts.charts[chart] ?? humanTerm(chart)} {size}
                <small>{t.facts.pieces(observations)}</small>
              </span>
            ))}
          </dd>
        </div>
        <Fact
          name={t.facts.typicalPrice}
          value={style.price_typical === undefined ? "" : money(Math.round(style.price_typical), currency)}
        />
        <Fact
          name={t.facts.budget}
          value={style.budget_max === undefined ? "" : money(style.budget_max, currency)}
        />
        <Fact name={t.facts.formality} value={formalityWords(style.formality ?? style.formality_stated)} />
        <Fact name={t.facts.body} value={bodyWords(style.body)} />
        <Fact name={t.facts.brands} value={brands.join(", ")} />
      </dl>
    </section>
  );
}

function formalityWords(formality: number | undefined): string {
  if (formality === undefined) return "";
  const steps = t.facts.formalities;
  return steps[Math.min(steps.length - 1, Math.floor(formality * steps.length))]!;
}

function bodyWords(body: BodyProfile): string {
  return [
    body.height_cm !== undefined && t.facts.height(body.height_cm),
    body.weight_kg !== undefined && t.facts.weight(body.weight_kg),
    body.bust_cm !== undefined && t.facts.bust(body.bust_cm),
    body.age !== undefined && t.facts.age(body.age),
    body.body_type,
  ]
    .filter(Boolean)
    .join(", ");
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value || t.facts.unknown}</dd>
    </div>
  );
}

// How the recommender weighs its sources for this shopper, and how often it explores.
export function HowItDecides({ style }: { style: StyleView }) {
  const sources = Object.entries(style.source_weights).sort(([, a], [, b]) => b - a);
  const oneIn = style.exploration > 0 ? Math.round(1 / style.exploration) : 0;
  return (
    <section aria-labelledby="decides-title" className="facts">
      <h2 id="decides-title">{t.facts.decides}</h2>
      <dl>
        {sources.map(([name, weight]) => (
          <div key={name}>
            <dt>{partWords(name)}</dt>
            <dd className="weight">
              <i aria-hidden="true" style={{ width: percent(weight) }} />
              {percent(weight)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="facts-note">{oneIn > 1 ? t.facts.guesses(oneIn) : t.facts.noGuesses}</p>
    </section>
  );
}
