import "../styles/today.css";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { looksQuery } from "../api/queries";
import type { Look, LooksAnswer } from "../api/types";
import { t } from "../locale";
import { atHour, localTime } from "../state/look_time";
import { type MovedLook, type ShownStep, shownSteps } from "../state/mile_steps";
import { shopper } from "../state/shopper";
import { contextOf, WEATHER_KINDS, type WeatherKind } from "../state/situation";
import { useStore } from "../state/store";
import { Photo } from "../ui/photo";
import { Trouble, Waiting } from "../ui/trouble";

const SHOWN = 3;
const POOL = 20;
const PHOTOS = 3;

// A bench: how each of the five steps of the last mile changes the order of the pool.
export default function LastMilePage() {
  const [now] = useState(() => localTime(new Date()));
  const [clock, setClock] = useState(() => now.slice(11));
  const [weather, setWeather] = useState<WeatherKind>();
  const told = weather ? contextOf({ weather }) : undefined;
  const asked = {
    context: { ...(told?.weather ? { weather: told.weather } : {}), local_time: atHour(now, clock) },
  };
  const shopperId = useStore(shopper);
  // The steps of an answer as shoppers get it; and the whole pool, for its photos.
  const { data, error, refetch } = useQuery(looksQuery(shopperId, { ...asked, count: SHOWN, debug: true }));
  const pool = useQuery(looksQuery(shopperId, { ...asked, count: POOL }));
  return (
    <section className="mile-page">
      <div className="page-head">
        <h1 tabIndex={-1}>{t.today.mile.title}</h1>
        <p className="lede">{t.today.mile.text}</p>
      </div>
      <form className="mile-controls" onSubmit={(event) => event.preventDefault()}>
        <label>
          {t.today.mile.when}{" "}
          <input
            type="time"
            value={clock}
            onChange={(event) => event.target.value && setClock(event.target.value)}
          />
        </label>
        <label>
          {t.today.mile.weather}{" "}
          <select
            value={weather ?? ""}
            onChange={(event) => setWeather(WEATHER_KINDS.find((kind) => kind === event.target.value))}
          >
            <option value="">{t.today.mile.unknown}</option>
            {WEATHER_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t.today.mile.weathers[kind]}
              </option>
            ))}
          </select>
        </label>
      </form>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && <Source answer={data} />}
      {data?.steps && (
        <ol className="mile-steps">
          {shownSteps(data.steps).map((step) => (
            <Step key={step.step} step={step} looks={pool.data?.looks ?? data.looks} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Source({ answer }: { answer: LooksAnswer }) {
  const { source } = answer;
  if (!source) return <p className="mile-source">{withoutPool(answer)}</p>;
  return (
    <dl className="mile-source">
      <div>
        <dt>{t.today.mile.pool}</dt>
        <dd>
          <code>{source.cluster_id}</code>
        </dd>
      </div>
      <div>
        <dt>{t.today.mile.generator}</dt>
        <dd>{source.generator}</dd>
      </div>
      <p>{t.today.mile.standIn[source.stand_in]}</p>
    </dl>
  );
}

// A pool of which no look is left has steps.
export function withoutPool({ steps }: Pick<LooksAnswer, "steps">): string {
  return steps && steps.length > 0 ? t.today.mile.noneLeft : t.today.mile.none;
}

export function gaveWayWords(lacks: readonly string[]): string {
  const words = lacks.map((lack) => t.today.mile.lacks[lack] ?? lack);
  return t.today.mile.gaveWay([...new Set(words)]);
}

function Step({ step, looks }: { step: ShownStep; looks: readonly Look[] }) {
  const { title, text } = t.today.mile.steps[step.step];
  return (
    <li className="mile-step" data-step={step.step}>
      <h2>{title}</h2>
      <p>{text}</p>
      <p className="mile-effect">
        {step.removed > 0 && <span>{t.today.mile.removed(step.removed)}</span>}
        {step.gaveWay.length > 0 && <span>{gaveWayWords(step.gaveWay)}</span>}
        {!step.changed && <span>{t.today.mile.same}</span>}
      </p>
      <ol>
        {step.looks.map((look, place) => (
          <Row
            key={look.id}
            look={look}
            place={place}
            shown={looks.find(({ look_id }) => look_id === look.id)}
          />
        ))}
      </ol>
    </li>
  );
}

function Row({ look, place, shown }: { look: MovedLook; place: number; shown: Look | undefined }) {
  return (
    <li className="mile-look" data-look={look.id} data-evening={look.evening}>
      <span className="mile-place">{place + 1}</span>
      <span className="mile-photos">
        {shown?.pieces.slice(0, PHOTOS).map(({ item, role }) => (
          <span className="mile-photo" key={role}>
            <Photo src={item.image} alt={item.title} palette={item.palette} />
          </span>
        ))}
      </span>
      <span className="mile-words">
        <span>{look.evening ? t.today.mile.evening : t.today.mile.day}</span>
        <span>{look.score > 0 ? look.score.toFixed(2) : ""}</span>
        {look.moved !== 0 && (
          <span className="mile-moved" data-up={look.moved > 0}>
            {t.today.mile.moved(look.moved)}
          </span>
        )}
      </span>
    </li>
  );
}
