import { describe, expect, it } from "vitest";

import { atHour, localTime } from "./look_time";

describe("localTime", () => {
  it("is the browser's own, without an offset", () => {
    expect(localTime(new Date(2026, 0, 5, 9, 7))).toBe("2026-01-05T09:07");
    expect(localTime(new Date(2026, 10, 21, 14, 59))).toBe("2026-11-21T14:59");
  });
  it("keeps the day at another hour", () =>
    expect(atHour("2026-11-21T14:59", "19:00")).toBe("2026-11-21T19:00"));
});
