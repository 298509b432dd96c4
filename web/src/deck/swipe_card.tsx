import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef } from "react";

import { recordAct, type Shown } from "../events/record";
import { sawNow, useImpression } from "../events/use_impressions";
import { Link } from "../router/router";
import { rememberShown } from "../state/shown";
import { Price } from "../ui/garment_card";
import { Photo } from "../ui/photo";
import type { Act } from "./deck";
import {
  atRest,
  certainty,
  decide,
  exit,
  type Motion,
  type Sample,
  springStep,
  tiltDeg,
  velocity,
} from "./physics";

const kClickSlopPx = 6;
const kSamplesMax = 12;

function lessMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

type CardProps = {
  shown: Shown;
  depth: number; // 0 on top
  from?: Act; // comes back from there
  onDecide: (act: Act, motion: Motion) => void;
  onHold: (held: boolean) => void;
};

export function SwipeCard({ shown, depth, from, onDecide, onHold }: CardProps) {
  const card = useRef<HTMLElement>(null);
  const dragged = useDrag(card, depth === 0, onDecide, onHold);
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
      <span className="stamp" data-for="like">
        Love
      </span>
      <span className="stamp" data-for="pass">
        Pass
      </span>
      <span className="stamp" data-for="save">
        Save
      </span>
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
        <Photo src={item.image} alt={`${item.title} in ${item.colour}`} palette={item.palette} eager />
        {item.explored && <p className="guess">A guess, to learn</p>}
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
        <ul className="reasons" aria-label="Why you see it">
          {item.reasons.slice(0, 2).map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
    </>
  );
}

function place(element: HTMLElement, motion: { x: number; y: number }, grabbedAbove: boolean): void {
  const tilt = tiltDeg(motion.x, element.offsetWidth, grabbedAbove);
  element.style.transform = `translate3d(${motion.x}px, ${motion.y}px, 0) rotate(${tilt}deg)`;
  const { leaning, share } = certainty(motion.x, motion.y, element.offsetWidth);
  element.dataset.leaning = share > 0.04 ? leaning : "";
  element.style.setProperty("--sure", share.toFixed(3));
  element.parentElement?.style.setProperty("--lift", share.toFixed(3));
}

function settle(element: HTMLElement): void {
  element.style.transform = "";
  element.dataset.leaning = "";
  element.parentElement?.style.setProperty("--lift", "0");
}

// The card follows the finger; let go undecided, a spring takes it home.
function useDrag(
  card: RefObject<HTMLElement | null>,
  active: boolean,
  onDecide: (act: Act, motion: Motion) => void,
  onHold: (held: boolean) => void,
) {
  const drag = useRef<{ id: number; x: number; y: number; above: boolean; samples: Sample[] } | undefined>(
    undefined,
  );
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  function down(event: PointerEvent): void {
    if (!active || !event.isPrimary || event.button !== 0 || !card.current) return;
    cancelAnimationFrame(frame.current);
    const box = card.current.getBoundingClientRect();
    const above = event.clientY < box.top + box.height * 0.6;
    drag.current = { id: event.pointerId, x: event.clientX, y: event.clientY, above, samples: [] };
  }
  function move(event: PointerEvent): void {
    const now = drag.current;
    const element = card.current;
    if (!now || !element || event.pointerId !== now.id) return;
    const motion = { x: event.clientX - now.x, y: event.clientY - now.y };
    if (now.samples.length === 0) {
      if (Math.hypot(motion.x, motion.y) < kClickSlopPx) return;
      element.setPointerCapture(now.id);
      element.dataset.held = "true";
      onHold(true);
    }
    now.samples.push({ ...motion, t: event.timeStamp });
    if (now.samples.length > kSamplesMax) now.samples.shift();
    place(element, motion, now.above);
  }
  function up(event: PointerEvent): void {
    const now = drag.current;
    const element = card.current;
    drag.current = undefined;
    if (!now || !element || now.samples.length === 0) return;
    delete element.dataset.held;
    const motion: Motion = {
      x: event.clientX - now.x,
      y: event.clientY - now.y,
      ...velocity([
        ...now.samples,
        { x: event.clientX - now.x, y: event.clientY - now.y, t: event.timeStamp },
      ]),
    };
    swallowClick(element);
    const decision = event.type === "pointercancel" ? "none" : decide(motion, element.offsetWidth);
    if (decision === "none") home(element, motion, now.above);
    else {
      settle(element);
      onDecide(decision, motion);
    }
  }
  function home(element: HTMLElement, motion: Motion, above: boolean): void {
    onHold(false);
    if (lessMotion()) return settle(element);
    let now = motion;
    let before = performance.now();
    const tick = (time: number): void => {
      now = springStep(now, time - before);
      before = time;
      if (atRest(now)) return settle(element);
      place(element, now, above);
      frame.current = requestAnimationFrame(tick);
    };
    frame.current = requestAnimationFrame(tick);
  }
  return { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up };
}

// A drag that ends on the title is not a click on it.
function swallowClick(element: HTMLElement): void {
  const stop = (event: MouseEvent): void => (event.preventDefault(), event.stopPropagation());
  element.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => element.removeEventListener("click", stop, { capture: true }), 50);
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

type LeavingProps = { shown: Shown; act: Act; motion: Motion; onGone: () => void };

export function LeavingCard({ shown, act, motion, onGone }: LeavingProps) {
  const card = useRef<HTMLElement>(null);
  const gone = useRef(onGone);
  gone.current = onGone;
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return;
    const { x, y, durationMs } = exit(act, motion, element.offsetWidth, element.offsetHeight);
    const tilt = tiltDeg(x, element.offsetWidth, true);
    const from = `translate3d(${motion.x}px, ${motion.y}px, 0) rotate(${tiltDeg(motion.x, element.offsetWidth, true)}deg)`;
    const to = `translate3d(${x}px, ${y}px, 0) rotate(${tilt * 1.2}deg)`;
    const frames = lessMotion() ? [{ opacity: 1 }, { opacity: 0 }] : [{ transform: from }, { transform: to }];
    const flight = element.animate(frames, {
      duration: durationMs,
      easing: "cubic-bezier(.3,.2,.6,1)",
      fill: "forwards",
    });
    flight.onfinish = () => gone.current();
    return () => flight.cancel();
    // The flight is decided once, when the card leaves.
  }, []);
  return (
    <article className="swipe-card swipe-leaving" aria-hidden="true" inert ref={card} data-leaning={act}>
      <div className="swipe-paper">
        <CardFace shown={shown} />
        <Stamps />
      </div>
    </article>
  );
}
