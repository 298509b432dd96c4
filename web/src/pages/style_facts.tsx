import type { AestheticShare, StyleView } from "../api/types";
import { humanTerm, money, percent, plural } from "../ui/format";
import { partWords } from "../ui/score_bar";

// The shop's own styles that she leans to, found in its catalog and named by what sets them apart.
export function Aesthetics({ shares }: { shares: AestheticShare[] }) {
  return (
    <section aria-labelledby="aesthetics-title" className="aesthetics">
      <h2 id="aesthetics-title">Where you are at home in this shop</h2>
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

const kCharts: Record<string, string> = {
  women: "Women’s",
  men: "Men’s",
  shoes_women: "Women’s shoes",
  shoes_men: "Men’s shoes",
};

export function Fit({ style }: { style: StyleView }) {
  const currency = style.liked[0]?.currency ?? "USD";
  const brands = Object.entries(style.brands)
    .filter(([, score]) => score > 0.02)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([brand]) => brand);
  return (
    <section aria-labelledby="fit-title" className="facts">
      <h2 id="fit-title">Sizes and means</h2>
      <dl>
        <Fact name="Sizes you named" value={style.sizes.join(", ")} />
        <div>
          <dt>Sizes that fit you</dt>
          <dd>
            {style.sizes_known.length === 0 && "not known yet"}
            {style.sizes_known.map(({ chart, size, observations }) => (
              <span key={chart} className="known-size">
                {kCharts[chart] ?? humanTerm(chart)} {size}
                <small>from {plural(observations, "piece")}</small>
              </span>
            ))}
          </dd>
        </div>
        <Fact
          name="What you love costs about"
          value={style.price_typical === undefined ? "" : money(Math.round(style.price_typical), currency)}
        />
        <Fact
          name="Most for one piece"
          value={style.budget_max === undefined ? "" : money(style.budget_max, currency)}
        />
        <Fact name="Brands" value={brands.join(", ")} />
      </dl>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value || "not known yet"}</dd>
    </div>
  );
}

// The engine's own standing: what it trusts now and how curious it is.
export function HowItDecides({ style }: { style: StyleView }) {
  const sources = Object.entries(style.source_weights).sort(([, a], [, b]) => b - a);
  const oneIn = style.exploration > 0 ? Math.round(1 / style.exploration) : 0;
  return (
    <section aria-labelledby="decides-title" className="facts">
      <h2 id="decides-title">How it decides for you, now</h2>
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
      <p className="facts-note">
        {oneIn > 1
          ? `About one card in ${oneIn} is a guess, to learn something new.`
          : "It shows what it knows you like."}
      </p>
    </section>
  );
}
