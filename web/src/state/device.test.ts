import { afterEach, expect, it, vi } from "vitest";

import { asDevice, bearer, device, forgetDevice, keptDevice, NoTokenNowError } from "./device";

const ADDRESS = "http://localhost/v1/events";

// A server that issues numbered tokens and accepts only the newest; what it was sent, with which token.
function serve(issues = true) {
  const sent: { token: string | null; body: string }[] = [];
  let newest = 0;
  vi.stubGlobal("fetch", async (request: Request | string) => {
    if (typeof request === "string") {
      if (!issues) return new Response("{}", { status: 401 });
      newest += 1;
      return Response.json({ device_id: `dev_${newest}`, token: `md_${newest}` }, { status: 201 });
    }
    const token = request.headers.get("authorization");
    sent.push({ token, body: await request.text() });
    return new Response("{}", { status: token === `Bearer md_${newest}` ? 202 : 401 });
  });
  return { sent, changeSecret: () => (newest += 1) };
}

function post(): Promise<Response> {
  return asDevice((from) =>
    fetch(new Request(ADDRESS, { method: "POST", headers: bearer(from), body: "what happened" })),
  );
}

afterEach(() => {
  forgetDevice();
  vi.unstubAllGlobals();
});

it("is asked for once, however many requests wait for it, and kept", async () => {
  const { sent } = serve();
  await Promise.all([post(), post(), device()]);
  await post();
  expect(sent.map(({ token }) => token)).toEqual(["Bearer md_1", "Bearer md_1", "Bearer md_1"]);
  expect(keptDevice()).toEqual({ device_id: "dev_1", token: "md_1" });
});

it("is replaced when the server no longer accepts its token, and the request is sent again, whole", async () => {
  const { sent, changeSecret } = serve();
  await device();
  changeSecret();
  const response = await post();
  expect(response.status).toBe(202);
  expect(sent).toEqual([
    { token: "Bearer md_1", body: "what happened" },
    { token: "Bearer md_3", body: "what happened" },
  ]);
});

it("is done without where the shop gives none: the request gets the shop's own refusal", async () => {
  const { sent } = serve(false);
  expect((await post()).status).toBe(401);
  expect(sent).toEqual([{ token: null, body: "what happened" }]);
});

it("is another one after it was forgotten", async () => {
  serve();
  const first = await device();
  forgetDevice();
  expect(keptDevice()).toBeUndefined();
  expect(await device()).not.toEqual(first);
});

it("sends nothing without a token when the shop gives out no more now", async () => {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", (request: Request | string) => {
    if (typeof request !== "string") sent.push(request);
    return Promise.resolve(new Response("{}", { status: typeof request === "string" ? 429 : 401 }));
  });
  await expect(post()).rejects.toBeInstanceOf(NoTokenNowError);
  expect(sent).toEqual([]);
});
