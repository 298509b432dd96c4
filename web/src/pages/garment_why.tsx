import { api } from "../api/client";
import type { AnswerItem } from "../api/types";
import { useAnswer } from "../api/use_answer";
import { Link } from "../router/router";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { percent } from "../ui/format";
import { ScoreBar } from "../ui/score_bar";
import { modeOf, whyWords } from "../ui/why";

// Why the garment was shown, which of her styles it answers, and what its score is made of.
export function Why({ item }: { item: AnswerItem }) {
  const because = whyWords(item);
  if (because.length === 0 && item.parts.length === 0) return null;
  return (
    <section className="why" aria-labelledby="why-title">
      <h2 id="why-title">{item.explored ? "A guess, to learn" : "Why you see it"}</h2>
      {because.length > 0 && (
        <ul className="reasons">
          {because.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <Answers reasons={because} />
      <ScoreBar parts={item.parts} />
    </section>
  );
}

// Her styles are asked for only when a reason quotes one.
function Answers({ reasons }: { reasons: string[] }) {
  const shopperId = useStore(shopper);
  const quoted = reasons.some((reason) => reason.includes("“"));
  const { data } = useAnswer(quoted ? `style/${shopperId}` : null, (signal) => api.style(shopperId, signal));
  const mode = modeOf(reasons, data?.modes ?? []);
  if (!mode) return null;
  return (
    <p className="why-mode">
      It answers{" "}
      <Link className="text-link" to={{ page: "style" }}>
        {mode.name}
      </Link>
      , {percent(mode.share)} of your taste now.
    </p>
  );
}
