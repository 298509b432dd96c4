import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { BusyError, ProblemError, UnreachableError } from "./client";
import { reportReachable, reportUnreachable } from "./connection";
import { forgetAnswers, queryClient, refetchOnRecovery, refetchWhenNotBusy } from "./queries";

const problem = (status: number) => ({ type: "about:blank", title: "No", status, detail: "" });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
});
afterEach(() => {
  queryClient.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// A page that shows a query, which fails so often before it is answered.
function page(failures: Error[]) {
  const asked: number[] = [];
  const observer = new QueryObserver(queryClient, {
    queryKey: ["page"],
    queryFn: () => {
      asked.push(Date.now());
      const error = failures.shift();
      return error ? Promise.reject(error) : Promise.resolve("answer");
    },
  });
  const leave = observer.subscribe(() => undefined);
  return { asked, leave, observer };
}

describe("a query that a busy shop refused", () => {
  const busy = (): Error => new BusyError(problem(503), 5_000);
  let stop: () => void;
  beforeEach(() => (stop = refetchWhenNotBusy(() => 0)));
  afterEach(() => stop());

  it("is asked again when the shop said, later after each refusal, until it is answered", async () => {
    const { asked, observer, leave } = page([busy(), busy()]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.map((at) => at - asked[0]!)).toEqual([0, 5_000, 15_000]);
    expect(observer.getCurrentResult().data).toBe("answer");
    leave();
  });

  it("is not asked again for a page that is gone", async () => {
    const { asked, leave } = page([busy(), busy()]);
    await vi.advanceTimersByTimeAsync(1_000);
    leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
  });

  it("is left to the shopper where the shop refused it for good", async () => {
    const { asked, leave } = page([new ProblemError(problem(501))]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    leave();
  });
});

describe("a recovery of the connection", () => {
  refetchOnRecovery();
  async function recover(): Promise<void> {
    reportUnreachable();
    reportReachable();
    await vi.advanceTimersByTimeAsync(100);
  }

  it("asks again for what had no answer", async () => {
    const { asked, leave } = page([new UnreachableError("away")]);
    await vi.advanceTimersByTimeAsync(100);
    await recover();
    expect(asked).toHaveLength(2);
    leave();
  });

  it("does not for what the shop refused", async () => {
    const { asked, leave } = page([new BusyError(problem(503), 5_000)]);
    await vi.advanceTimersByTimeAsync(100);
    await recover();
    expect(asked).toHaveLength(1);
    leave();
  });
});

describe("forgetAnswers", () => {
  const PERSONAL = [
    "feed",
    "outfits",
    "looks",
    "similar",
    "together",
    "search",
    "liked",
    "wardrobe",
    "style",
  ];

  it("leaves no answer that was made with what the shop knew of the shopper", async () => {
    for (const name of [...PERSONAL, "shop", "garment"]) queryClient.setQueryData([name, "a"], "before");
    await forgetAnswers();
    for (const name of PERSONAL) expect(queryClient.getQueryData([name, "a"]), name).toBeUndefined();
    expect(queryClient.getQueryData(["shop", "a"])).toBe("before");
    expect(queryClient.getQueryData(["garment", "a"])).toBe("before");
  });

  it("asks again for what the open page shows", async () => {
    let answer = "before";
    const observer = new QueryObserver(queryClient, {
      queryKey: ["wardrobe", "a"],
      queryFn: () => Promise.resolve(answer),
    });
    const leave = observer.subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(100);
    answer = "after";
    await forgetAnswers();
    expect(observer.getCurrentResult().data).toBe("after");
    leave();
  });
});
