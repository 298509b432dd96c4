import { type PointerEvent, type RefObject, useEffect, useRef } from "react";

import type { Act } from "./deck";
import {
  atRest,
  certainty,
  decide,
  type Motion,
  type Sample,
  springStep,
  tiltDeg,
  velocity,
} from "./physics";

const CLICK_SLOP_PX = 6;
const SAMPLES_MAX = 12;

// What a drag reports. `above`: the card was grabbed above its middle, which decides how it tilts.
export interface DragEnds {
  onDecide: (act: Act, motion: Motion, above: boolean) => void;
  onHold: (held: boolean) => void;
}

type Drag = { id: number; x: number; y: number; above: boolean; samples: Sample[] };

export function lessMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function place(element: HTMLElement, motion: { x: number; y: number }, grabbedAbove: boolean): void {
  const tilt = tiltDeg(motion.x, element.offsetWidth, grabbedAbove);
  element.style.transform = `translate3d(${motion.x}px, ${motion.y}px, 0) rotate(${tilt}deg)`;
  const { leaning, share } = certainty(motion.x, motion.y, element.offsetWidth);
  element.dataset.leaning = share > 0.04 ? leaning : "";
  element.style.setProperty("--sure", share.toFixed(3));
  element.parentElement?.style.setProperty("--lift", share.toFixed(3));
}

function grasp(element: HTMLElement, pointerId: number): void {
  element.setPointerCapture(pointerId);
  element.dataset.held = "true";
}

function release(element: HTMLElement): void {
  delete element.dataset.held;
}

function settle(element: HTMLElement): void {
  element.style.transform = "";
  element.dataset.leaning = "";
  element.parentElement?.style.setProperty("--lift", "0");
}

// A spring takes the card to where it lay; `frame` can be cancelled by the next grasp.
function springHome(element: HTMLElement, motion: Motion, above: boolean, frame: { current: number }): void {
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

// The card follows the finger; let go undecided, it goes home.
export function useDrag(
  card: RefObject<HTMLElement | null>,
  active: boolean,
  { onDecide, onHold }: DragEnds,
) {
  const drag = useRef<Drag | undefined>(undefined);
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
      if (Math.hypot(motion.x, motion.y) < CLICK_SLOP_PX) return;
      grasp(element, now.id);
      onHold(true);
    }
    now.samples.push({ ...motion, t: event.timeStamp });
    if (now.samples.length > SAMPLES_MAX) now.samples.shift();
    place(element, motion, now.above);
  }
  function up(event: PointerEvent): void {
    const now = drag.current;
    const element = card.current;
    drag.current = undefined;
    if (!now || !element || now.samples.length === 0) return;
    release(element);
    const [x, y] = [event.clientX - now.x, event.clientY - now.y];
    const motion: Motion = { x, y, ...velocity([...now.samples, { x, y, t: event.timeStamp }]) };
    swallowClick(element);
    const decision = event.type === "pointercancel" ? "none" : decide(motion, element.offsetWidth);
    if (decision === "none") {
      onHold(false);
      springHome(element, motion, now.above, frame);
    } else {
      settle(element);
      onDecide(decision, motion, now.above);
    }
  }
  return { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up };
}

// A drag that ends on the title is not a click on it.
function swallowClick(element: HTMLElement): void {
  const stop = (event: MouseEvent): void => (event.preventDefault(), event.stopPropagation());
  element.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => element.removeEventListener("click", stop, { capture: true }), 50);
}
