import "../styles/style.css";

import { api } from "../api/client";
import type { StyleView } from "../api/types";
import { useAnswer } from "../api/use_answer";
import { queue } from "../events/send";
import { Link } from "../router/router";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { humanTerm, list, percent, plural } from "../ui/format";
import { GarmentCard, GarmentGrid } from "../ui/garment_card";
import { Trouble } from "../ui/trouble";
import { Affinities } from "./style_affinities";
import { DriftChart } from "./style_drift";
import { Aesthetics, Fit, HowItDecides } from "./style_facts";
import { Modes } from "./style_modes";

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
      {(data.modes.length > 0 || data.session.running) && <Modes style={data} />}
      {data.drift.length > 0 && <DriftChart moments={data.drift} modes={data.modes} />}
      {data.affinities.length > 0 && <Affinities style={data} />}
      {data.aesthetics.length > 0 && <Aesthetics shares={data.aesthetics} />}
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
      <section className="yours" aria-labelledby="yours-title">
        <h2 id="yours-title">It is yours</h2>
        <p>
          See every event this was read from, take it with you, say what may be learned, or have it erased.
        </p>
        <Link className="button" to={{ page: "my-data" }}>
          What is held on you
        </Link>
      </section>
    </div>
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
