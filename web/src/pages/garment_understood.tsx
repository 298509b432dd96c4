import type { Attribute } from "../api/types";
import { t } from "../locale";
import { facetWords, humanTerm } from "../ui/format";

// What is less sure is not used either.
const SURE = 0.4;

// The garment's attributes, each with its source: the shop's words or the photo.
export function Understood({ attributes }: { attributes: Attribute[] }) {
  const known = attributes.filter(({ term, confidence }) => term !== "unknown" && (confidence ?? 1) >= SURE);
  if (known.length === 0) return null;
  const facets = [...new Set(known.map(({ facet }) => facet))];
  return (
    <section className="understood">
      <h2>{t.garment.attributes}</h2>
      <dl>
        {facets.map((facet) => (
          <div key={facet}>
            <dt>{humanTerm(facetWords(facet))}</dt>
            <dd>
              {unique(known.filter((attribute) => attribute.facet === facet)).map((attribute) => (
                <span key={attribute.term} title={sourceWords(attribute)} data-source={attribute.source}>
                  {humanTerm(attribute.term)}
                  <span className="unseen"> ({sourceWords(attribute)})</span>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {known.some(({ source }) => source === "photo") && (
        <p className="understood-note">{t.garment.fromPhoto}</p>
      )}
    </section>
  );
}

function unique(attributes: Attribute[]): Attribute[] {
  return [
    ...new Map(attributes.toReversed().map((attribute) => [attribute.term, attribute])).values(),
  ].reverse();
}

function sourceWords({ source, word, confidence }: Attribute): string {
  return source === "photo" ? t.garment.seenInPhoto(confidence) : t.garment.shopSays(word);
}
