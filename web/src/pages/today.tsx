import "../styles/today.css";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { looksQuery } from "../api/queries";
import type { Look } from "../api/types";
import { recordOutfitChosen } from "../events/record";
import { t } from "../locale";
import { Link } from "../router/router";
import { atHour, localTime } from "../state/look_time";
import { shopper } from "../state/shopper";
import { contextOf, situation } from "../state/situation";
import { useStore } from "../state/store";
import { money } from "../ui/format";
import { OutfitBoard } from "../ui/outfit_board";
import { Relaxed } from "../ui/relaxed";
import { say } from "../ui/toast";
import { Trouble, Waiting } from "../ui/trouble";

type Part = "day" | "evening";
const HOURS: Record<Part, string> = { day: "12:00", evening: "19:00" };
const PARTS: readonly Part[] = ["day", "evening"];

// The looks of the day: by day, and from 15:00 on the shopper's clock for the evening; either may be chosen.
export default function TodayPage() {
  const [now] = useState(() => localTime(new Date()));
  const [chosen, setChosen] = useState<Part>();
  const told = contextOf(useStore(situation));
  const local_time = chosen ? atHour(now, HOURS[chosen]) : now;
  const asked = { context: { ...(told?.weather ? { weather: told.weather } : {}), local_time } };
  const { data, error, refetch } = useQuery(looksQuery(useStore(shopper), asked));
  const part: Part | undefined = chosen ?? (data && (data.evening ? "evening" : "day"));
  return (
    <section className="today-page">
      <div className="page-head">
        <h1 tabIndex={-1}>{t.today.title}</h1>
        <p className="lede">{t.today.text}</p>
      </div>
      <div className="today-parts" role="group" aria-label={t.today.choose}>
        {PARTS.map((one) => (
          <button type="button" key={one} aria-pressed={part === one} onClick={() => setChosen(one)}>
            {t.today.parts[one]}
          </button>
        ))}
      </div>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && <Relaxed degraded={data.degraded} words={t.today.relaxed} />}
      {data && data.looks.length === 0 && <p className="relaxed">{t.today.nothing}</p>}
      <ol className="today-looks" aria-label={t.today.label}>
        {data?.looks.map((look, i) => (
          <TodayLook key={look.look_id} at={i + 1} look={look} requestId={data.request_id} />
        ))}
      </ol>
      <p className="today-doors">
        <Link className="text-link" to={{ page: "outfits", garment: "", colour: "" }}>
          {t.today.more}
        </Link>
        <Link className="text-link" to={{ page: "last-mile" }}>
          {t.today.steps}
        </Link>
      </p>
    </section>
  );
}

function TodayLook({ at, look, requestId }: { at: number; look: Look; requestId: string }) {
  const [liked, setLiked] = useState(false);
  const client = useQueryClient();
  function like(): void {
    recordOutfitChosen({
      outfitId: look.look_id,
      garmentIds: look.pieces.map(({ item }) => item.garment_id),
      requestId,
    });
    setLiked(true);
    // The order may change: the next visit asks again.
    void client.invalidateQueries({ queryKey: ["looks"], refetchType: "none" });
    say(t.today.liked);
  }
  return (
    <li className="today-look" data-look={look.look_id} data-evening={look.evening}>
      <h2>{look.caption}</h2>
      <OutfitBoard pieces={look.pieces} requestId={requestId} label={t.today.one(at)} />
      <ul className="reasons">
        {look.reasons.map(({ code, text }) => (
          <li key={code}>{text}</li>
        ))}
      </ul>
      <p className="today-under">
        <span className="outfit-total">{t.today.total(money(look.total_price, look.currency))}</span>
        <button type="button" className="button" aria-pressed={liked} disabled={liked} onClick={like}>
          {t.today.like}
        </button>
      </p>
    </li>
  );
}
