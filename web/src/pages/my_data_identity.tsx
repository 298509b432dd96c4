import type { Identifier, IdentifierKind, Identity, LinkEffect } from "../api/types";
import { t } from "../locale";
import { linkWords } from "../ui/event_words";
import { dayWords } from "../ui/format";

// A newer server may answer kinds and effects that this page does not know.
const kinds: Partial<Record<IdentifierKind, string>> = t.identity.kind;
const effects: Partial<Record<LinkEffect, string>> = t.identity.effect;

// The shopper's identifiers: the random one in the log, those that the shop uses, and why they belong together.
export function MyIdentity({ identity }: { identity: Identity }) {
  return (
    <section aria-labelledby="names-title" className="names">
      <h2 id="names-title">{t.identity.title}</h2>
      <dl className="names-list">
        <div>
          <dt>{t.identity.subject}</dt>
          <dd>
            <code>{identity.person}</code>
            <small>{t.identity.subjectText}</small>
          </dd>
        </div>
        {identity.identifiers.map(({ kind, id }) => (
          <div key={`${kind}/${id}`}>
            <dt>{kinds[kind] ?? kind}</dt>
            <dd>
              <code>{id || t.identity.erased}</code>
            </dd>
          </div>
        ))}
      </dl>
      <h3>{t.identity.linksTitle}</h3>
      {identity.links.length === 0 ? (
        <p>{identity.identifiers.length > 1 ? t.identity.noLinks : t.identity.oneName}</p>
      ) : (
        <ul className="links">
          {identity.links.map((link) => (
            <li key={link.link} data-effect={link.effect}>
              <p className="link-ends">
                <End of={link.a} /> <span aria-hidden="true">–</span> <End of={link.b} />
                <small>{effects[link.effect] ?? link.effect}</small>
              </p>
              <p>
                {linkWords(link.why, dayWords)} <small>{t.identity.seen(link.count)}</small>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function End({ of: { kind, id } }: { of: Identifier }) {
  return (
    <span>
      {kinds[kind] ?? kind} <code>{id || t.identity.erased}</code>
    </span>
  );
}
