import { describe, expect, it } from "vitest";

import {
  atRest,
  certainty,
  decide,
  distanceToDecide,
  exit,
  type Motion,
  springStep,
  tiltDeg,
  velocity,
} from "./physics";

const WIDTH = 360;
const FAR = distanceToDecide(WIDTH);

function released(rest: Partial<Motion>): Motion {
  return { x: 0, y: 0, vx: 0, vy: 0, ...rest };
}

describe("decide", () => {
  it.each([
    ["far right", { x: FAR + 1 }, "like"],
    ["far left", { x: -FAR - 1 }, "pass"],
    ["far up", { y: -FAR - 1 }, "save"],
    ["far down", { y: FAR * 3 }, "none"],
    ["not far enough", { x: FAR - 1 }, "none"],
    ["a short fling right", { x: 40, vx: 0.8 }, "like"],
    ["a short fling left", { x: -40, vx: -0.8 }, "pass"],
    ["a short fling up", { y: -40, vy: -0.8 }, "save"],
    ["a tap that slipped fast", { x: 8, vx: 2 }, "none"],
    ["far, but on the way back", { x: FAR + 40, vx: -0.9 }, "none"],
    ["a diagonal, more sideways", { x: FAR + 30, y: -FAR }, "like"],
    ["a diagonal, more upwards", { x: FAR, y: -FAR - 30 }, "save"],
    ["nothing at all", {}, "none"],
  ] as const)("%s", (_, motion, decision) => expect(decide(released(motion), WIDTH)).toBe(decision));

  it("is fair to both sides", () => {
    for (let x = -300; x <= 300; x += 7)
      for (let vx = -1; vx <= 1; vx += 0.25) {
        const there = decide(released({ x, vx }), WIDTH);
        const mirrored = decide(released({ x: -x, vx: -vx }), WIDTH);
        const swapped = { like: "pass", pass: "like", save: "save", none: "none" }[mirrored];
        expect(there).toBe(swapped);
      }
  });
});

describe("velocity", () => {
  it("is that of the last moments", () => {
    const samples = [
      { x: 0, y: 0, t: 0 },
      { x: 300, y: 0, t: 300 },
      { x: 302, y: 0, t: 360 },
      { x: 302, y: 0, t: 380 },
    ];
    expect(velocity(samples).vx).toBeLessThan(0.05);
  });
  it("is nothing without two moments", () => {
    expect(velocity([])).toEqual({ vx: 0, vy: 0 });
    expect(velocity([{ x: 90, y: 9, t: 5 }])).toEqual({ vx: 0, vy: 0 });
    expect(
      velocity([
        { x: 0, y: 0, t: 5 },
        { x: 90, y: 9, t: 5 },
      ]),
    ).toEqual({ vx: 0, vy: 0 });
  });
  it("keeps its sign", () => {
    const { vx, vy } = velocity([
      { x: 0, y: 0, t: 0 },
      { x: -40, y: 20, t: 50 },
    ]);
    expect(vx).toBeCloseTo(-0.8);
    expect(vy).toBeCloseTo(0.4);
  });
});

describe("springStep", () => {
  it("takes a card home within a second, whatever the frame rate", () => {
    for (const frameMs of [4, 8.3, 16.7, 33, 64]) {
      let motion = released({ x: 180, y: -90, vx: 1.2, vy: -0.4 });
      for (let t = 0; t < 1_000; t += frameMs) motion = springStep(motion, frameMs);
      expect(atRest(motion)).toBe(true);
    }
  });
  it("never flies off after a long stall", () => {
    const motion = springStep(released({ x: 200, vx: 3 }), 60_000);
    expect(Math.hypot(motion.x, motion.y)).toBeLessThan(400);
  });
  it("overshoots by little", () => {
    let motion = released({ x: 100 });
    let least = 0;
    for (let t = 0; t < 1_000; t += 8) {
      motion = springStep(motion, 8);
      least = Math.min(least, motion.x);
    }
    expect(least).toBeGreaterThan(-8);
  });
});

describe("what is seen of a drag", () => {
  it("tilts with the hand, against it when held below, and never too far", () => {
    expect(tiltDeg(100, WIDTH, true)).toBeGreaterThan(0);
    expect(tiltDeg(100, WIDTH, false)).toBe(-tiltDeg(100, WIDTH, true));
    expect(tiltDeg(9_999, WIDTH, true)).toBe(tiltDeg(WIDTH, WIDTH, true));
    expect(tiltDeg(5, 0, true)).toBeLessThanOrEqual(11);
  });
  it("is certain where the release would decide", () => {
    expect(certainty(FAR, 0, WIDTH)).toEqual({ leaning: "like", share: 1 });
    expect(certainty(-FAR / 2, 0, WIDTH)).toEqual({ leaning: "pass", share: 0.5 });
    expect(certainty(0, -FAR, WIDTH).leaning).toBe("save");
    expect(certainty(0, 0, WIDTH).leaning).toBe("none");
  });
  it("leaves the page to the side it was decided for", () => {
    expect(exit("like", released({}), WIDTH, 600).x).toBeGreaterThan(WIDTH);
    expect(exit("pass", released({}), WIDTH, 600).x).toBeLessThan(-WIDTH);
    expect(exit("save", released({}), WIDTH, 600).y).toBeLessThan(-600);
  });
  it("leaves faster when flung", () => {
    const calm = exit("like", released({}), WIDTH, 600).durationMs;
    expect(exit("like", released({ vx: 1 }), WIDTH, 600).durationMs).toBeLessThan(calm);
    expect(exit("like", released({ vx: 99 }), WIDTH, 600).durationMs).toBeGreaterThanOrEqual(190);
  });
});
