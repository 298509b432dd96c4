import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Answers = Record<string, () => Response>;

const DEVICE = (): Response => Response.json({ device_id: "dev_1", token: "md_1" }, { status: 201 });

function refusal(status: number, headers: Record<string, string> = {}): Response {
  return Response.json({ type: "about:blank", title: "No", status, detail: "why not" }, { status, headers });
}

// A shop that answers by path; what it was asked.
function serve(answers: Answers): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (request: Request | string) => {
    const path = new URL(typeof request === "string" ? request : request.url, "http://localhost").pathname;
    asked.push(path);
    const answer = answers[path];
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError("no network"));
  });
  return asked;
}

// Fresh modules: nothing is known of the shop yet.
async function load() {
  const { connection } = await import("./connection");
  const { api, BusyError, ProblemError, UnreachableError } = await import("./client");
  return { api, connection, BusyError, ProblemError, UnreachableError };
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a refused request", () => {
  it("was answered by a busy shop: it is not unreachable, and says when to come back", async () => {
    serve({ "/v1/devices": DEVICE, "/v1/shop": () => refusal(503, { "retry-after": "7" }) });
    const { api, connection, BusyError } = await load();
    const error = await api.shop().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BusyError);
    expect(error).toMatchObject({ retryAfterMs: 7_000, crowded: false });
    expect(connection.get().online).toBe(true);
  });

  it("is told as it is where the shop lacks what it takes", async () => {
    serve({ "/v1/devices": DEVICE, "/v1/shop": () => refusal(501) });
    const { api, connection, BusyError, ProblemError } = await load();
    const error = await api.shop().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).not.toBeInstanceOf(BusyError);
    expect((error as Error).message).toBe("why not");
    expect(connection.get().online).toBe(true);
  });

  it.each([502, 504])("was not answered by the shop where a proxy says %d", async (status) => {
    serve({ "/v1/devices": DEVICE, "/v1/shop": () => new Response("away", { status }) });
    const { api, connection, UnreachableError } = await load();
    await expect(api.shop()).rejects.toBeInstanceOf(UnreachableError);
    expect(connection.get().online).toBe(false);
  });

  it("was not answered where the network is dead", async () => {
    serve({ "/v1/devices": DEVICE });
    const { api, connection, UnreachableError } = await load();
    await expect(api.shop()).rejects.toBeInstanceOf(UnreachableError);
    expect(connection.get().online).toBe(false);
  });
});

describe("a device that is not given out", () => {
  it("is waited for where many ask for one: the shop has answered", async () => {
    const asked = serve({ "/v1/devices": () => refusal(429, { "retry-after": "30" }) });
    const { api, connection, BusyError } = await load();
    for (const call of [api.shop(), api.style()]) {
      const error = await call.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(BusyError);
      expect(error).toMatchObject({ retryAfterMs: 30_000, crowded: true });
      expect((error as Error).message).toContain("many visitors");
    }
    expect(connection.get()).toEqual({ online: true, recoveries: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.every((path) => path === "/v1/devices")).toBe(true);
  });

  it("is a problem where it fails in the shop, and not a dead network", async () => {
    serve({ "/v1/devices": () => refusal(500) });
    const { api, connection, BusyError, ProblemError } = await load();
    const error = await api.shop().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).not.toBeInstanceOf(BusyError);
    expect(connection.get().online).toBe(true);
  });
});
