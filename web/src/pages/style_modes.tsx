import type { ReactNode } from "react";

import type { AnswerItem, Facet, StyleMode, StyleSession, StyleView } from "../api/types";
import { t } from "../locale";
import { Link } from "../router/router";
import { agoWords, occasionWords, percent } from "../ui/format";
import { Photo } from "../ui/photo";
import { Share } from "./style_facts";

const LEANS_SHOWN = 6;
const AWAY_SHOWN = 2;
// Occasions have their own line; departments and seasons say nothing about taste.
const SAID_ELSEWHERE: ReadonlySet<Facet> = new Set(["department", "season", "occasion"]);
const OCCASIONS_SHOWN = 3;
const OCCASION_WORTH_SAYING = 0.1;

// The shopper's styles, largest first: what someone likes for work is not what they like for the beach. The present
// visit is shown with the style it fits, or by itself when it fits none.
export function Modes({ style: { modes, session, liked } }: { style: StyleView }) {
  const apart = session.running && !modes.some(({ with_session }) => with_session);
  return (
    <section aria-labelledby="modes-title" className="modes">
      <h2 id="modes-title">{t.modes.title(modes.length)}</h2>
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

// Before there is a style, everything liked is of this visit.
function FirstVisit({ session, liked }: { session: StyleSession; liked: AnswerItem[] }) {
  return (
    <li className="mode" data-now>
      <Visit session={session} now={t.modes.soFar(session.signals)}>
        {t.modes.first}
      </Visit>
      {liked.length > 0 && <Exemplars items={liked.slice(0, 4)} name={t.modes.visit} />}
    </li>
  );
}

function UnlikeVisit({ session }: { session: StyleSession }) {
  return (
    <li className="mode" data-now>
      <Visit session={session} now={t.modes.soFarUnlike(session.signals)}>
        {t.modes.unlike}
      </Visit>
    </li>
  );
}

function Visit({ session, now, children }: { session: StyleSession; now: string; children: ReactNode }) {
  return (
    <div className="mode-words">
      <h3>
        <em>{t.modes.visit}</em>
      </h3>
      <Share value={session.share} of={t.modes.share} />
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
        <Share value={mode.share} of={t.modes.share} />
        {now && <p className="mode-now">{t.modes.matches(session.signals)}</p>}
        {mode.tentative && (
          <p className="mode-note">
            <b>{t.modes.tentative}</b> {t.modes.tentativeText}
          </p>
        )}
        <Facts mode={mode} />
      </div>
      {mode.exemplars.length > 0 && <Exemplars items={mode.exemplars} name={mode.name} />}
    </li>
  );
}

function Facts({ mode }: { mode: StyleMode }) {
  const leans = mode.affinities.filter(({ facet }) => !SAID_ELSEWHERE.has(facet));
  const toward = leans.filter(({ score }) => score > 0).slice(0, LEANS_SHOWN);
  const away = leans.filter(({ score }) => score < 0).slice(0, AWAY_SHOWN);
  const occasions = Object.entries(mode.occasions)
    .filter(([, share]) => share >= OCCASION_WORTH_SAYING)
    .sort(([, a], [, b]) => b - a)
    .slice(0, OCCASIONS_SHOWN);
  return (
    <dl className="mode-facts">
      {toward.length > 0 && (
        <div>
          <dt>{t.modes.likes}</dt>
          <dd>{toward.map(({ label }) => label).join(", ")}</dd>
        </div>
      )}
      {away.length > 0 && (
        <div>
          <dt>{t.modes.dislikes}</dt>
          <dd>{away.map(({ label }) => label).join(", ")}</dd>
        </div>
      )}
      {occasions.length > 0 && (
        <div>
          <dt>{t.modes.occasions}</dt>
          <dd>
            {occasions.map(([name, share]) => (
              <span key={name} className="mode-occasion">
                {occasionWords(name)} <small>{percent(share)}</small>
              </span>
            ))}
          </dd>
        </div>
      )}
      <div>
        <dt>{mode.used_at ? t.modes.lastVisit : t.modes.started}</dt>
        <dd>{mode.used_at ? t.modes.visits(agoWords(mode.used_at), mode.sessions) : t.modes.fromQuiz}</dd>
      </div>
    </dl>
  );
}

function Exemplars({ items, name }: { items: AnswerItem[]; name: string }) {
  return (
    <ul className="exemplars" aria-label={t.modes.exemplars(name)}>
      {items.map((item) => (
        <li key={`${item.garment_id}|${item.colour}`}>
          <Link to={{ page: "garment", id: item.garment_id, colour: item.colour }} className="tile">
            <Photo src={item.image} alt={t.card.alt(item.title, item.colour)} palette={item.palette} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
