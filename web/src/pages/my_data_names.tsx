import type { Identifier, IdentifierKind, Identity, LinkEffect } from "../api/types";
import { linkWords } from "../ui/event_words";
import { dayWords, plural } from "../ui/format";

const kKind: Record<IdentifierKind, string> = {
  user: "Account",
  loyalty: "Loyalty card",
  email: "Email, as a fingerprint",
  external: "In another system",
  device: "Browser or app",
  session: "Visit",
};

const kEffect: Record<LinkEffect, string> = {
  merges: "taken for one person",
  shared: "kept apart, for it is shared",
  severed: "undone",
};

// Her names: the random one that the log knows, those that the shop calls her by, and why they are one.
export function Names({ identity }: { identity: Identity }) {
  return (
    <section aria-labelledby="names-title" className="names">
      <h2 id="names-title">Who you are here</h2>
      <dl className="names-list">
        <div>
          <dt>In the log</dt>
          <dd>
            <code>{identity.person}</code>
            <small>
              a random name; everything you did is kept under it, and erasing you deletes what it stands for
            </small>
          </dd>
        </div>
        {identity.identifiers.map(({ kind, id }) => (
          <div key={`${kind}/${id}`}>
            <dt>{kKind[kind] ?? kind}</dt>
            <dd>
              <code>{id || "erased"}</code>
            </dd>
          </div>
        ))}
      </dl>
      <h3>Why these are you</h3>
      {identity.links.length === 0 ? (
        <p>
          {identity.identifiers.length > 1
            ? "Nothing links them that may be shown to you."
            : "There is one name only, so nothing had to be put together."}
        </p>
      ) : (
        <ul className="links">
          {identity.links.map((link) => (
            <li key={link.link} data-effect={link.effect}>
              <p className="link-ends">
                <End of={link.a} /> <span aria-hidden="true">–</span> <End of={link.b} />
                <small>{kEffect[link.effect] ?? link.effect}</small>
              </p>
              <p>
                {linkWords(link.why, dayWords)} <small>Seen together in {plural(link.count, "event")}.</small>
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
      {kKind[kind] ?? kind} <code>{id || "erased"}</code>
    </span>
  );
}
