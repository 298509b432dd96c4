import type { ReactNode } from "react";

import type { AnswerItem, Facet, StyleMode, StyleSession, StyleView } from "../api/types";
import { Link } from "../router/router";
import { agoWords, humanTerm, percent, plural } from "../ui/format";
import { Photo } from "../ui/photo";
import { Share } from "./style_facts";

const kLeansShown = 6;
const kAwayShown = 2;
// Occasions have their own line, and nobody leans to women or to winter.
const kSaidElsewhere: ReadonlySet<Facet> = new Set(["department", "season", "occasion"]);
const kOccasionsShown = 3;
const kOccasionWorthSaying = 0.1;

// Her tastes, largest first: what she likes for work is not what she likes for the beach. What she does right
// now is told where it belongs, or stands by itself when it is unlike all of them.
export function Modes({ style: { modes, session, liked } }: { style: StyleView }) {
  const apart = session.running && !modes.some(({ with_session }) => with_session);
  return (
    <section aria-labelledby="modes-title" className="modes">
      <h2 id="modes-title">{modes.length > 1 ? "Your styles" : "Your style"}</h2>
      <ul>
        {apart && modes.length === 0 && <FirstVisit session={session} liked={liked} />}
        {apart && modes.length > 0 && <UnlikeVisit session={session} />}
        {modes.map((mode) => (
          <ModeRow key={mode.id} mode={mode} session={session} />
        ))}
      </ul>
    </section>
  );
}

// Before there is a style, all she liked is of this visit.
function FirstVisit({ session, liked }: { session: StyleSession; liked: AnswerItem[] }) {
  return (
    <li className="mode" data-now>
      <Visit session={session} now={`${plural(session.signals, "signal")} so far`}>
        Your first style begins when the visit ends.
      </Visit>
      {liked.length > 0 && <Exemplars items={liked.slice(0, 4)} name="this visit" />}
    </li>
  );
}

function UnlikeVisit({ session }: { session: StyleSession }) {
  return (
    <li className="mode" data-now>
      <Visit session={session} now={`${plural(session.signals, "signal")} so far, unlike your styles`}>
        It speaks for itself while it lasts. When it ends it is compared with your styles and changes none of
        them at once.
      </Visit>
    </li>
  );
}

function Visit({ session, now, children }: { session: StyleSession; now: string; children: ReactNode }) {
  return (
    <div className="mode-words">
      <h3>
        <em>This visit</em>
      </h3>
      <Share value={session.share} of="of your present taste" />
      <p className="mode-now">{now}</p>
      <p className="mode-note">{children}</p>
    </div>
  );
}

function ModeRow({ mode, session }: { mode: StyleMode; session: StyleSession }) {
  const now = mode.with_session && session.running;
  return (
    <li className="mode" data-tentative={mode.tentative || undefined} data-now={now || undefined}>
      <div className="mode-words">
        <h3>{mode.name.replaceAll(" · ", "\u00a0· ")}</h3>
        <Share value={mode.share} of="of your present taste" />
        {now && (
          <p className="mode-now">This visit goes with it, {plural(session.signals, "signal")} so far</p>
        )}
        {mode.tentative && (
          <p className="mode-note">
            <b>Not sure yet.</b> One visit alone may be a gift or a whim; it is hardly heard until another
            agrees.
          </p>
        )}
        <Facts mode={mode} />
      </div>
      {mode.exemplars.length > 0 && <Exemplars items={mode.exemplars} name={mode.name} />}
    </li>
  );
}

function Facts({ mode }: { mode: StyleMode }) {
  const leans = mode.affinities.filter(({ facet }) => !kSaidElsewhere.has(facet));
  const toward = leans.filter(({ score }) => score > 0).slice(0, kLeansShown);
  const away = leans.filter(({ score }) => score < 0).slice(0, kAwayShown);
  const occasions = Object.entries(mode.occasions)
    .filter(([, share]) => share >= kOccasionWorthSaying)
    .sort(([, a], [, b]) => b - a)
    .slice(0, kOccasionsShown);
  return (
    <dl className="mode-facts">
      {toward.length > 0 && (
        <div>
          <dt>Leans to</dt>
          <dd>{toward.map(({ label }) => label).join(", ")}</dd>
        </div>
      )}
      {away.length > 0 && (
        <div>
          <dt>Away from</dt>
          <dd>{away.map(({ label }) => label).join(", ")}</dd>
        </div>
      )}
      {occasions.length > 0 && (
        <div>
          <dt>For</dt>
          <dd>
            {occasions.map(([name, share]) => (
              <span key={name} className="mode-occasion">
                {humanTerm(name)} <small>{percent(share)}</small>
              </span>
            ))}
          </dd>
        </div>
      )}
      <div>
        <dt>{mode.used_at ? "Last visit" : "Begun"}</dt>
        <dd>
          {mode.used_at
            ? `${agoWords(mode.used_at)}, ${mode.sessions === 1 ? "the only one so far" : `${mode.sessions} in all`}`
            : "by your answers to the questions"}
        </dd>
      </div>
    </dl>
  );
}

function Exemplars({ items, name }: { items: AnswerItem[]; name: string }) {
  return (
    <ul className="exemplars" aria-label={`Chosen in ${name}`}>
      {items.map((item) => (
        <li key={`${item.garment_id}|${item.colour}`}>
          <Link to={{ page: "garment", id: item.garment_id, colour: item.colour }} className="tile">
            <Photo src={item.image} alt={`${item.title} in ${item.colour}`} palette={item.palette} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
