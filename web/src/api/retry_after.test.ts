import { describe, expect, it } from "vitest";

import { busyPauseMs, retryAfterMs } from "./retry_after";

describe("retryAfterMs", () => {
  const said = (text: string): number | undefined =>
    retryAfterMs(new Headers({ "retry-after": text }), Date.parse("2026-01-12T09:00:00Z"));

  it("reads seconds and dates, and believes no more than a minute", () => {
    expect(said("7")).toBe(7_000);
    expect(said("Mon, 12 Jan 2026 09:00:20 GMT")).toBe(20_000);
    expect(said("3600")).toBe(60_000);
  });
  it("is unknown where nothing is said, or nonsense", () => {
    expect(retryAfterMs(new Headers())).toBeUndefined();
    expect(said("0")).toBeUndefined();
    expect(said("soon")).toBeUndefined();
  });
});

describe("busyPauseMs", () => {
  it("is never shorter than what was asked for and grows with each refusal", () => {
    expect(busyPauseMs(5_000, 1, 0)).toBe(5_000);
    expect(busyPauseMs(5_000, 3, 0)).toBe(20_000);
    expect(busyPauseMs(5_000, 9, 0)).toBe(30_000);
    expect(busyPauseMs(60_000, 9, 0)).toBe(60_000);
  });
  it("is spread, so that pages do not come back together", () => {
    expect(busyPauseMs(4_000, 1, 1)).toBe(6_000);
    expect(busyPauseMs(undefined, 1, 0)).toBeGreaterThan(0);
  });
});
