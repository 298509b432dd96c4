import type { Attribute } from "../api/types";
import { humanTerm } from "../ui/format";

// What the vocabulary makes of a garment, with who says so: the shop's words or the photo.
export function Understood({ attributes }: { attributes: Attribute[] }) {
  const known = attributes.filter(({ term }) => term !== "unknown");
  if (known.length === 0) return null;
  const facets = [...new Set(known.map(({ facet }) => facet))];
  return (
    <section className="understood">
      <h2>As the shop understands it</h2>
      <dl>
        {facets.map((facet) => (
          <div key={facet}>
            <dt>{humanTerm(facet)}</dt>
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
        <p className="understood-note">Underlined: read from the photo.</p>
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
  if (source === "photo") return `seen in the photo, ${Math.round((confidence ?? 1) * 100)}% sure`;
  return word ? `the shop says “${word}”` : "the shop says so";
}
