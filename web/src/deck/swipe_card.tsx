import { type RefObject, useLayoutEffect, useRef, useState } from "react";

import { recordAct, type Shown } from "../events/record";
import { sawNow, useImpression } from "../events/use_impressions";
import { t } from "../locale";
import { Link } from "../router/router";
import { rememberShown } from "../state/shown";
import { Price } from "../ui/garment_card";
import { Photo } from "../ui/photo";
import { whyWords } from "../ui/why";
import type { Act } from "./deck";
import { exit, type Motion, tiltDeg } from "./physics";
import { type DragEnds, lessMotion, useDrag } from "./use_drag";

type CardProps = {
  shown: Shown;
  depth: number; // 0 on top
  from?: Act; // comes back from there
  ends: DragEnds;
};

export function SwipeCard({ shown, depth, from, ends }: CardProps) {
  const card = useRef<HTMLElement>(null);
  const dragged = useDrag(card, depth === 0, ends);
  const seen = useImpression(depth === 0 ? shown.item : undefined, shown.requestId);
  useReturn(card, from);
  return (
    <article
      className="swipe-card"
      data-depth={depth}
      aria-hidden={depth > 0 || undefined}
      inert={depth > 0}
      data-item={`${shown.item.garment_id}|${shown.item.colour}`}
      aria-label={shown.item.title}
      ref={card}
      {...dragged}
    >
      <div className="swipe-paper" ref={seen}>
        <CardFace shown={shown} />
        <Stamps />
      </div>
    </article>
  );
}

function Stamps() {
  return (
    <div className="stamps" aria-hidden="true">
      {(["like", "pass", "save"] as const).map((act) => (
        <span key={act} className="stamp" data-for={act}>
          {t.swipe.stamps[act]}
        </span>
      ))}
    </div>
  );
}

function CardFace({ shown }: { shown: Shown }) {
  const { item } = shown;
  function open(): void {
    rememberShown(shown);
    sawNow(item, shown.requestId);
    recordAct("click", shown);
  }
  return (
    <>
      <div className="tile">
        <Photo src={item.image} alt={t.card.alt(item.title, item.colour)} palette={item.palette} eager />
        {item.explored && <p className="guess">{t.swipe.guess}</p>}
      </div>
      <div className="swipe-words">
        <div className="swipe-name">
          <p className="brand">{[item.brand, item.category].filter(Boolean).join(" · ")}</p>
          <h2>
            <Link
              to={{ page: "garment", id: item.garment_id, colour: item.colour }}
              onClick={open}
              draggable={false}
            >
              {item.title}
            </Link>
          </h2>
        </div>
        <Price item={item} />
        <ul className="reasons" aria-label={t.why.title}>
          {whyWords(item, 2).map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
    </>
  );
}

// An undone card comes back from where it went.
function useReturn(card: RefObject<HTMLElement | null>, from: Act | undefined): void {
  useLayoutEffect(() => {
    const element = card.current;
    if (!element || !from) return;
    const away = exit(from, { x: 0, y: 0, vx: 0, vy: 0 }, element.offsetWidth, element.offsetHeight);
    const start = lessMotion()
      ? { opacity: 0 }
      : { transform: `translate3d(${away.x}px, ${away.y}px, 0) rotate(${Math.sign(away.x) * 10}deg)` };
    element.animate([start, { transform: "none", opacity: 1 }], {
      duration: 340,
      easing: "cubic-bezier(.2,.8,.2,1)",
    });
  }, [card, from]);
}

export type Leaving = { shown: Shown; act: Act; motion: Motion; above: boolean; id: number };
type LeavingProps = { leaving: Leaving; onGone: () => void };

export function LeavingCard({ leaving, onGone }: LeavingProps) {
  const [{ shown, act, motion, above }] = useState(leaving); // the flight is decided once, when the card leaves
  const card = useRef<HTMLElement>(null);
  const gone = useRef(onGone);
  useLayoutEffect(() => {
    gone.current = onGone;
  });
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return;
    const { x, y, durationMs } = exit(act, motion, element.offsetWidth, element.offsetHeight);
    const tilt = tiltDeg(x, element.offsetWidth, above);
    const from = `translate3d(${motion.x}px, ${motion.y}px, 0) rotate(${tiltDeg(motion.x, element.offsetWidth, above)}deg)`;
    const to = `translate3d(${x}px, ${y}px, 0) rotate(${tilt * 1.2}deg)`;
    const frames = lessMotion() ? [{ opacity: 1 }, { opacity: 0 }] : [{ transform: from }, { transform: to }];
    const flight = element.animate(frames, {
      duration: durationMs,
      easing: "cubic-bezier(.3,.2,.6,1)",
      fill: "forwards",
    });
    flight.onfinish = () => gone.current();
    return () => flight.cancel();
  }, [act, motion, above]);
  return (
    <article className="swipe-card swipe-leaving" aria-hidden="true" inert ref={card} data-leaning={act}>
      <div className="swipe-paper">
        <CardFace shown={shown} />
        <Stamps />
      </div>
    </article>
  );
}
