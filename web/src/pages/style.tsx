import "../styles/style.css";

import { useQuery } from "@tanstack/react-query";

import { styleQuery } from "../api/queries";
import type { StyleView } from "../api/types";
import { t } from "../locale";
import { Link } from "../router/router";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { avoidedLabels } from "../ui/avoided";
import { humanTerm, percent } from "../ui/format";
import { GarmentCard, GarmentGrid } from "../ui/garment_card";
import { Trouble, Waiting } from "../ui/trouble";
import { useQuestionCount } from "./quiz_steps";
import { Affinities } from "./style_affinities";
import { DriftChart } from "./style_drift";
import { Aesthetics, Fit, HowItDecides } from "./style_facts";
import { Modes } from "./style_modes";
import { StyleVetoes } from "./style_vetoes";

export default function StylePage() {
  const shopperId = useStore(shopper);
  const { data, error, refetch } = useQuery(styleQuery(shopperId));
  if (error && !data) return <Trouble whole error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
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
      <StyleVetoes style={data} />
      {data.liked.length > 0 && (
        <section aria-labelledby="liked-title" className="liked">
          <div className="liked-head">
            <h2 id="liked-title">{t.style.likedTitle}</h2>
            <Link className="text-link" to={{ page: "liked" }}>
              {t.style.likedAll}
            </Link>
          </div>
          <GarmentGrid label={t.style.likedLabel}>
            {data.liked.map((item) => (
              <GarmentCard key={`${item.garment_id}|${item.colour}`} item={item} requestId="" why={false} />
            ))}
          </GarmentGrid>
        </section>
      )}
      <section className="yours" aria-labelledby="yours-title">
        <h2 id="yours-title">{t.style.dataTitle}</h2>
        <p>{t.style.dataText}</p>
        <Link className="button" to={{ page: "my-data" }}>
          {t.app.yourData}
        </Link>
      </section>
    </div>
  );
}

// Passes alone say what the shopper does not like, not what they like.
function onlyPassed(style: StyleView): boolean {
  const chosen = style.likes + style.saves + style.purchases > 0;
  return style.passes > 0 && !chosen && !style.affinities.some(({ score }) => score > 0.05);
}

// What the shopper answered in the quiz is known before the first swipe.
export const knowsNothing = ({ signals, quiz_done }: Pick<StyleView, "signals" | "quiz_done">): boolean =>
  signals === 0 && !quiz_done;

export function Head({ style }: { style: StyleView }) {
  const questions = useQuestionCount();
  const quiz = (words: string) => <Link to={{ page: "quiz" }}>{words}</Link>;
  const swipe = (words: string) => <Link to={{ page: "swipe" }}>{words}</Link>;
  return (
    <div className="page-head">
      <h1 tabIndex={-1}>
        {t.style.title((words) => (
          <em>{words}</em>
        ))}
      </h1>
      {knowsNothing(style) ? (
        <p className="lede">{t.style.nothing(questions, quiz, swipe)}</p>
      ) : (
        <p className="lede">
          {onlyPassed(style) ? t.style.passed(style.passes, avoidedLabels(style)) : t.style.from(style)}{" "}
          {!style.quiz_done && t.style.sharpen(questions, quiz)}
        </p>
      )}
    </div>
  );
}

function Palette({ style }: { style: StyleView }) {
  return (
    <section aria-labelledby="palette-title" className="palette">
      <h2 id="palette-title">{t.style.palette}</h2>
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
