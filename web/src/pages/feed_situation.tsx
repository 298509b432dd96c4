import type { AnswerContext } from "../api/types";
import { t } from "../locale";
import { choose, OCCASIONS, type Situation, situation, WEATHER_KINDS } from "../state/situation";
import { useStore } from "../state/store";

// What the shopper dresses for: theirs to say, and what the shop took it to be.
export function FeedSituation({ context }: { context: AnswerContext | undefined }) {
  const chosen = useStore(situation);
  return (
    <div className="situation">
      <Chips
        legend={t.situation.occasion}
        values={OCCASIONS}
        words={t.situation.occasions}
        chosen={chosen.occasion}
        choose={(occasion) => choose({ occasion })}
      />
      <Chips
        legend={t.situation.weather}
        values={WEATHER_KINDS}
        words={t.situation.weathers}
        chosen={chosen.weather}
        choose={(weather) => choose({ weather })}
      />
      <p className="situation-told" role="status">
        {context ? situationWords(context, chosen) : ""}
      </p>
    </div>
  );
}

// The context of an answer in one sentence: each part with how it is known.
export function situationWords(context: AnswerContext, chosen: Situation): string {
  const how = (part: "occasion" | "season"): string => {
    const known = context.known[part] ?? "prior";
    return (part === "season" && known === "time" ? t.situation.byDate : t.situation.known[known]) ?? "";
  };
  const weather = chosen.weather
    ? t.situation.told(t.situation.weathers[chosen.weather].toLowerCase())
    : context.temperature_c !== undefined && context.known.warmth === "weather"
      ? t.situation.measured(Math.round(context.temperature_c))
      : "";
  const parts = {
    occasion: t.situation.occasions[context.occasion].toLowerCase(),
    season: t.situation.seasons[context.season].toLowerCase(),
  };
  const words = (told: boolean): string[] =>
    (["occasion", "season"] as const)
      .filter((part) => (context.known[part] === "explicit") === told)
      .map((part) => t.situation.because(parts[part], how(part)));
  return t.situation.answer(words(true), words(false), weather);
}

type ChipsProps<V extends string> = {
  legend: string;
  values: readonly V[];
  words: Record<V, string>;
  chosen: V | undefined;
  choose: (value: V) => void;
};

function Chips<V extends string>({ legend, values, words, chosen, choose: pick }: ChipsProps<V>) {
  return (
    <div className="chips" role="group" aria-label={legend}>
      <span className="chips-legend" aria-hidden="true">
        {legend}
      </span>
      {values.map((value) => (
        <button key={value} type="button" aria-pressed={chosen === value} onClick={() => pick(value)}>
          {words[value]}
        </button>
      ))}
    </div>
  );
}
