import "../styles/style.css";

import { useRef, useState } from "react";

import { api } from "../api/client";
import type { Affinity, StyleView } from "../api/types";
import { useAnswer } from "../api/use_answer";
import { queue } from "../events/send";
import { flushImpressions } from "../events/use_impressions";
import { go, Link } from "../router/router";
import { forgetMarks } from "../state/marks";
import { becomeSomeoneNew, shopper } from "../state/shopper";
import { forgetShown } from "../state/shown";
import { useStore } from "../state/store";
import { humanTerm, list, money, percent, plural } from "../ui/format";
import { GarmentCard, GarmentGrid } from "../ui/garment_card";
import { partWords } from "../ui/score_bar";
import { Sparkline } from "../ui/sparkline";
import { say } from "../ui/toast";
import { Trouble } from "../ui/trouble";
import { forgetFeed } from "./feed";

const kShown = 14;

export default function StylePage() {
  const shopperId = useStore(shopper);
  const { data, error, reload } = useAnswer(`mine/${shopperId}`, async (signal) => {
    await queue.flush();
    return api.style(shopperId, signal);
  });
  if (error && !data) return <Trouble error={error} retry={reload} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  return (
    <div className="style">
      <Head style={data} />
      {data.palette.length > 0 && <Palette style={data} />}
      {data.modes.length > 0 && <Modes style={data} />}
      {data.affinities.length > 0 && <Affinities style={data} />}
      <div className="style-pair">
        <Fit style={data} />
        <HowItDecides style={data} />
      </div>
      {data.liked.length > 0 && (
        <section aria-labelledby="liked-title" className="liked">
          <h2 id="liked-title">What you loved</h2>
          <GarmentGrid label="Liked garments">
            {data.liked.map((item) => (
              <GarmentCard key={`${item.garment_id}|${item.colour}`} item={item} requestId="" why={false} />
            ))}
          </GarmentGrid>
        </section>
      )}
      <Forget />
    </div>
  );
}

const kOutcome: Record<string, string> = {
  began: "a style began",
  joined: "it fitted a style of yours",
  tentative: "unlike you, kept apart for now",
  confirmed: "a new side of you, confirmed",
  returned: "back to an earlier style",
};

// Her tastes, and what came of the latest visits.
function Modes({ style }: { style: StyleView }) {
  return (
    <section aria-labelledby="modes-title">
      <h2 id="modes-title">Your styles</h2>
      <ul>
        {style.modes.map((mode) => (
          <li key={mode.id}>
            <strong>{mode.name}</strong> {percent(mode.share)}
            {mode.tentative ? " (not sure yet)" : ""}
          </li>
        ))}
      </ul>
      {style.drift.length > 0 && (
        <ol aria-label="What came of your visits">
          {style.drift.slice(-5).map((moment) => (
            <li key={moment.at}>
              {new Date(moment.at).toLocaleDateString()}: {kOutcome[moment.outcome] ?? moment.outcome}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Head({ style }: { style: StyleView }) {
  const told = [
    plural(style.likes, "like"),
    plural(style.passes, "pass", "passes"),
    ...(style.saves > 0 ? [plural(style.saves, "save")] : []),
    ...(style.purchases > 0 ? [plural(style.purchases, "purchase")] : []),
  ];
  return (
    <div className="page-head">
      <h1 tabIndex={-1}>
        Your style, <em>so far</em>
      </h1>
      {style.signals === 0 ? (
        <p className="lede">
          Nothing has been learned yet. <Link to={{ page: "quiz" }}>Six questions</Link> or{" "}
          <Link to={{ page: "swipe" }}>a few swipes</Link> begin it.
        </p>
      ) : (
        <p className="lede">
          Read from {list(told)}
          {style.quiz_done && ", and your answers to the questions"}.
          {!style.quiz_done && (
            <>
              {" "}
              <Link to={{ page: "quiz" }}>Six questions</Link> would sharpen it.
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Palette({ style }: { style: StyleView }) {
  return (
    <section aria-labelledby="palette-title" className="palette">
      <h2 id="palette-title">Palette</h2>
      <div className="palette-band" aria-hidden="true">
        {style.palette.map(({ hex, share }, i) => (
          <i key={`${hex}${i}`} style={{ flexGrow: 100 * Math.max(share, 0.03), background: hex }} />
        ))}
      </div>
      <ul>
        {style.palette.map(({ hex, term, share }, i) => (
          <li key={`${hex}${i}`}>
            <i className="swatch" style={{ background: hex }} aria-hidden="true" />
            {humanTerm(term)} <small>{percent(share)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Affinities({ style }: { style: StyleView }) {
  const [all, setAll] = useState(false);
  const shown = all ? style.affinities : style.affinities.slice(0, kShown);
  const reach = Math.max(0.15, ...style.affinities.map(({ score }) => Math.abs(score)));
  return (
    <section aria-labelledby="affinities-title" className="affinities">
      <h2 id="affinities-title">What you lean to, and away from</h2>
      <p className="affinities-axis" aria-hidden="true">
        <span>
          <span>away</span>
          <span>toward</span>
        </span>
        <span>how it moved</span>
      </p>
      <ul>
        {shown.map((affinity) => (
          <AffinityRow
            key={`${affinity.facet}/${affinity.term}`}
            affinity={affinity}
            style={style}
            reach={reach}
          />
        ))}
      </ul>
      {style.affinities.length > shown.length && (
        <button type="button" className="text-link" onClick={() => setAll(true)}>
          {style.affinities.length - shown.length} more
        </button>
      )}
    </section>
  );
}

function AffinityRow({ affinity, style, reach }: { affinity: Affinity; style: StyleView; reach: number }) {
  const { score, change, label, facet, term } = affinity;
  const values = style.history.map(({ scores }) => scores[term] ?? 0);
  const sign = score < 0 ? "less" : "more";
  return (
    <li className="affinity" data-sign={sign}>
      <span className="affinity-label">
        {label} <small>{facet}</small>
      </span>
      <span className="affinity-bar" aria-hidden="true">
        <i style={{ width: `${(Math.abs(score) / reach) * 50}%` }} />
      </span>
      <Sparkline values={values} reach={reach} />
      <span className="affinity-change" data-sign={change < 0 ? "less" : "more"}>
        <span className="unseen">
          {score < 0 ? "leans away" : "leans to"}, {Math.round(Math.abs(score) * 100)} of 100; over the last
          ten signals
        </span>{" "}
        {Math.abs(change) < 0.005
          ? "steady"
          : `${change > 0 ? "+" : "−"}${Math.abs(Math.round(change * 100))}`}
      </span>
    </li>
  );
}

function Fit({ style }: { style: StyleView }) {
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
        <Fact name="Sizes" value={style.sizes.join(", ")} />
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
function HowItDecides({ style }: { style: StyleView }) {
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

function Forget() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  async function forget(): Promise<void> {
    setBusy(true);
    try {
      await api.erase(shopper.get());
      flushImpressions();
      queue.clear();
    } catch (error) {
      setBusy(false);
      say(error instanceof Error ? error.message : "That didn’t work");
      return;
    }
    dialog.current?.close();
    forgetMarks();
    forgetShown();
    forgetFeed();
    becomeSomeoneNew();
    say("You are forgotten here");
    go({ page: "home" });
  }
  return (
    <section className="forget" aria-labelledby="forget-title">
      <h2 id="forget-title">Forget me</h2>
      <p>
        <a className="text-link" href={`/v1/shoppers/${encodeURIComponent(shopper.get())}/export`} download="held-on-me.json">
          Download everything that is held on you
        </a>
      </p>
      <p>Everything learned about you is erased, here and in the shop. It cannot be brought back.</p>
      <button type="button" className="button" onClick={() => dialog.current?.showModal()}>
        Forget me…
      </button>
      <dialog ref={dialog} aria-labelledby="forget-ask">
        <h2 id="forget-ask">Erase all that was learned?</h2>
        <p>Your style, your likes and your history go. The next visit begins anew.</p>
        <p className="dialog-doors">
          <button type="button" className="button" onClick={() => dialog.current?.close()} autoFocus>
            Keep it
          </button>
          <button type="button" className="button button-solid" onClick={() => void forget()} disabled={busy}>
            Erase
          </button>
        </p>
      </dialog>
    </section>
  );
}
