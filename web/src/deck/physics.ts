// How a card moves under a finger and what a release means. Pure: numbers in, numbers out.

export type Decision = "like" | "pass" | "save" | "none";

export interface Sample {
  x: number;
  y: number;
  t: number; // ms
}

export interface Motion {
  x: number;
  y: number;
  vx: number; // px per ms
  vy: number;
}

const VELOCITY_WINDOW_MS = 90;
const FLING_VELOCITY = 0.45; // px per ms
const FLING_TRAVEL = 26; // px: a tap that slips is not a fling
const TILT_DEG_MAX = 11;

export function distanceToDecide(width: number): number {
  return Math.min(130, Math.max(72, width * 0.28));
}

// Velocity over the last moments of the drag, so that a pause before the release counts as a pause.
export function velocity(samples: readonly Sample[]): { vx: number; vy: number } {
  const last = samples.at(-1);
  if (!last) return { vx: 0, vy: 0 };
  const first = samples.find((sample) => last.t - sample.t <= VELOCITY_WINDOW_MS) ?? last;
  const elapsed = last.t - first.t;
  if (elapsed < 8) return { vx: 0, vy: 0 };
  return { vx: (last.x - first.x) / elapsed, vy: (last.y - first.y) / elapsed };
}

export function decide(motion: Motion, width: number): Decision {
  const { x, y, vx, vy } = motion;
  const far = distanceToDecide(width);
  const upwards = -y > Math.abs(x);
  if (upwards) {
    const flung = vy < -FLING_VELOCITY && -y > FLING_TRAVEL;
    return -y > far || flung ? "save" : "none";
  }
  const flung = Math.abs(vx) > FLING_VELOCITY && Math.abs(x) > FLING_TRAVEL && Math.sign(vx) === Math.sign(x);
  const turnedBack = Math.abs(vx) > FLING_VELOCITY && Math.sign(vx) !== Math.sign(x);
  if (turnedBack || !(Math.abs(x) > far || flung)) return "none";
  return x > 0 ? "like" : "pass";
}

// Held above its middle the card tilts with the drag, held below against it, as paper on a table would.
export function tiltDeg(x: number, width: number, grabbedAbove: boolean): number {
  const share = Math.max(-1, Math.min(1, x / (width || 1)));
  return share * TILT_DEG_MAX * (grabbedAbove ? 1 : -1);
}

// How sure the drag already is, 0 to 1, for the stamp that fades in.
export function certainty(x: number, y: number, width: number): { leaning: Decision; share: number } {
  const far = distanceToDecide(width);
  const upwards = -y > Math.abs(x);
  const travel = upwards ? -y : Math.abs(x);
  const leaning: Decision = upwards ? "save" : x > 0 ? "like" : x < 0 ? "pass" : "none";
  return { leaning, share: Math.min(1, travel / far) };
}

const STIFFNESS = 0.00032; // per ms²
const DAMPING = 0.029; // per ms; a little under critical: one small overshoot

// One step of the spring that takes a released card home.
export function springStep(motion: Motion, elapsedMs: number): Motion {
  let { x, y, vx, vy } = motion;
  let left = Math.min(elapsedMs, 64);
  while (left > 0) {
    const dt = Math.min(left, 4);
    vx += (-STIFFNESS * x - DAMPING * vx) * dt;
    vy += (-STIFFNESS * y - DAMPING * vy) * dt;
    x += vx * dt;
    y += vy * dt;
    left -= dt;
  }
  return { x, y, vx, vy };
}

export function atRest(motion: Motion): boolean {
  return Math.hypot(motion.x, motion.y) < 0.5 && Math.hypot(motion.vx, motion.vy) < 0.01;
}

// Where a decided card leaves to, and in how many ms: faster when it was flung.
export function exit(decision: Exclude<Decision, "none">, motion: Motion, width: number, height: number) {
  const upwards = decision === "save";
  const x = upwards ? motion.x * 1.4 : (decision === "like" ? 1 : -1) * width * 1.35;
  const y = upwards ? -height * 1.25 : motion.y + motion.vy * 160;
  const speed = Math.hypot(motion.vx, motion.vy);
  const durationMs = Math.round(Math.max(190, Math.min(380, 380 - speed * 120)));
  return { x, y, durationMs };
}
