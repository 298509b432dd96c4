import { useQuery } from "@tanstack/react-query";

import { styleQuery } from "../api/queries";
import type { AnswerItem, Reason } from "../api/types";
import { t } from "../locale";
import { Link } from "../router/router";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { ScoreBar } from "../ui/score_bar";
import { modeOf, styleOf, whyWords } from "../ui/why";

// Why the garment was recommended, which of the shopper's styles it matches, and what its score is made of.
export function Why({ item }: { item: AnswerItem }) {
  const because = whyWords(item);
  if (because.length === 0 && item.score_breakdown.length === 0) return null;
  return (
    <section className="why" aria-labelledby="why-title">
      <h2 id="why-title">{item.explored ? t.why.guessTitle : t.why.title}</h2>
      {because.length > 0 && (
        <ul className="reasons">
          {because.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <MatchedStyle reasons={item.reasons} />
      <ScoreBar parts={item.score_breakdown} />
    </section>
  );
}

// The shopper's styles are fetched only when a reason is about one.
function MatchedStyle({ reasons }: { reasons: Reason[] }) {
  const shopperId = useStore(shopper);
  const { data } = useQuery({ ...styleQuery(shopperId), enabled: styleOf(reasons) !== undefined });
  const mode = modeOf(reasons, data?.modes ?? []);
  if (!mode) return null;
  const link = (
    <Link className="text-link" to={{ page: "style" }}>
      {mode.name}
    </Link>
  );
  return <p className="why-mode">{t.why.style(link, mode.share)}</p>;
}
