import createClient from "openapi-fetch";

import { t } from "../locale";
import { asDevice, bearer, device, isAwayStatus, NoTokenNowError } from "../state/device";
import { timeZone } from "../state/time_zone";
import { reportReachable, reportUnreachable } from "./connection";
import { retryAfterMs } from "./retry_after";
import type { paths } from "./schema";
import type {
  Answer,
  ConflictState,
  ConflictVerdict,
  LooksAnswer,
  LooksRequest,
  OutfitAnswer,
  OutfitRequest,
  Problem,
  RecommendRequest,
  RequestContext,
  SearchRequest,
  StatedBody,
  StatedVetoes,
  WardrobeCorrection,
} from "./types";

const TIMEOUT_MS = 12_000;
const MANY_VISITORS = 429;
const BUSY = new Set([MANY_VISITORS, 503]);

// The server refused the request and says why.
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

// The server answered that it cannot serve now: what was asked is asked again after a pause.
export class BusyError extends ProblemError {
  readonly crowded: boolean; // with visitors, rather than with work

  constructor(
    problem: Problem,
    readonly retryAfterMs: number | undefined,
  ) {
    super(problem);
    this.crowded = problem.status === MANY_VISITORS;
    this.message = this.crowded ? t.trouble.crowded : t.trouble.busy;
  }
}

// The server could not be reached.
export class UnreachableError extends Error {}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

// Fetches with a time limit, reports whether the server can be reached, and throws for every answer that is an error.
async function send(request: Request): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  let response: Response;
  try {
    const { method, headers } = request;
    const body = method === "GET" || method === "HEAD" ? undefined : await request.arrayBuffer();
    response = await asDevice((from) =>
      fetch(request.url, {
        method,
        headers: { ...Object.fromEntries(headers), ...bearer(from) },
        body,
        signal,
      }),
    );
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw withoutAnswer(error);
  }
  if (isAwayStatus(response.status)) throw unreachable();
  reportReachable();
  if (response.ok) return response;
  throw refusal(await readProblem(response), retryAfterMs(response.headers));
}

// The same for a device that has to be asked for first.
async function reached<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw withoutAnswer(error);
  }
}

// A shop that gave no device token has answered; anything else that is thrown is a dead network.
function withoutAnswer(error: unknown): Error {
  if (!(error instanceof NoTokenNowError)) return unreachable();
  reportReachable();
  return refusal(emptyProblem(error.status), error.retryAfterMs);
}

function unreachable(): UnreachableError {
  reportUnreachable();
  return new UnreachableError(t.trouble.unreachable);
}

function refusal(problem: Problem, waitMs: number | undefined): ProblemError {
  return BUSY.has(problem.status) ? new BusyError(problem, waitMs) : new ProblemError(problem);
}

function emptyProblem(status: number, title = ""): Problem {
  return { type: "about:blank", title: title || t.trouble.refused, status, detail: "" };
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback = emptyProblem(response.status, response.statusText);
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>), status: response.status };
  } catch {
    return fallback;
  }
}

const client = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "http://localhost" : location.origin,
  fetch: send,
});

// What a call answered; `send` has thrown for every error.
async function dataOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

// A browser may know time zones that the server's database does not: the request is then sent without one.
let unknownZone = "";

type Situated = { context?: RequestContext };

// Posts with this browser's time zone, by which the server knows season and hemisphere.
async function inZone<B extends Situated, A>(post: (body: B) => Promise<A>, body: B): Promise<A> {
  const zone = timeZone();
  if (!zone || zone === unknownZone) return post(body);
  try {
    return await post({ ...body, context: { time_zone: zone, ...body.context } });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.pointer !== "/context/time_zone") throw error;
    unknownZone = zone;
    return post(body);
  }
}

const recommend = (asked: RecommendRequest, signal?: AbortSignal): Promise<Answer> =>
  inZone((body) => dataOf(client.POST("/v1/recommendations", { body, signal })), asked);

const outfits = (asked: OutfitRequest, signal?: AbortSignal): Promise<OutfitAnswer> =>
  inZone((body) => dataOf(client.POST("/v1/outfits", { body, signal })), asked);

const looks = (asked: LooksRequest, signal?: AbortSignal): Promise<LooksAnswer> =>
  inZone((body) => dataOf(client.POST("/v1/looks", { body, signal })), asked);

// What a merchant does: with an API key of scope writer, or without one where the server asks for none.
const merchant = (key: string) =>
  createClient<paths>({
    baseUrl: typeof location === "undefined" ? "http://localhost" : location.origin,
    headers: key ? { authorization: `Bearer ${key}` } : {},
    fetch: async (request) => {
      const response = await fetch(request);
      if (!response.ok) throw new ProblemError(await readProblem(response));
      return response;
    },
  });

export const quality = {
  conflicts: (key: string, query: { state: ConflictState; after: string }, signal?: AbortSignal) =>
    dataOf(merchant(key).GET("/v1/quality/conflicts", { params: { query }, signal })),
  settle: (key: string, id: string, right: ConflictVerdict | undefined) =>
    dataOf(
      merchant(key).PUT("/v1/quality/conflicts/{id}", {
        params: { path: { id } },
        body: right ? { right } : {},
      }),
    ),
};

// This device, as a path names it.
async function myself() {
  const mine = await device();
  return { path: { id: mine?.device_id ?? "unknown" }, query: { kind: "device" as const } };
}

export const api = {
  recommend,
  outfits,
  looks,
  shop: (signal?: AbortSignal) => dataOf(client.GET("/v1/shop", { signal })),
  facets: (signal?: AbortSignal) => dataOf(client.GET("/v1/facets", { signal })),
  quiz: (signal?: AbortSignal) => dataOf(client.GET("/v1/quiz", { signal })),
  describeStyle: (text: string) => dataOf(client.POST("/v1/quiz/describe", { body: { text } })),
  search: (body: SearchRequest, signal?: AbortSignal) => dataOf(client.POST("/v1/search", { body, signal })),
  garment: (id: string, signal?: AbortSignal) =>
    dataOf(client.GET("/v1/garments/{id}", { params: { path: { id } }, signal })),
  style: async (signal?: AbortSignal) =>
    dataOf(client.GET("/v1/shoppers/{id}/style", { params: await reached(myself()), signal })),
  liked: async (after: string, signal?: AbortSignal) => {
    const { path, query } = await reached(myself());
    return dataOf(
      client.GET("/v1/shoppers/{id}/liked", {
        params: { path, query: { ...query, ...(after ? { after } : {}) } },
        signal,
      }),
    );
  },
  setVetoes: async (body: StatedVetoes) =>
    dataOf(client.PUT("/v1/shoppers/{id}/vetoes", { params: await reached(myself()), body })),
  wardrobe: async (signal?: AbortSignal) =>
    dataOf(client.GET("/v1/shoppers/{id}/wardrobe", { params: await reached(myself()), signal })),
  ownPhoto: async (photo: Blob) =>
    dataOf(
      client.POST("/v1/shoppers/{id}/wardrobe/photos", {
        params: await reached(myself()),
        body: photo,
        bodySerializer: () => photo,
        headers: { "content-type": photo.type || "image/jpeg" },
      }),
    ),
  correctOwned: async (piece: string, body: WardrobeCorrection) => {
    const { path, query } = await reached(myself());
    return dataOf(
      client.PATCH("/v1/shoppers/{id}/wardrobe/{piece}", {
        params: { path: { ...path, piece }, query },
        body,
      }),
    );
  },
  disown: async (piece: string) => {
    const { path, query } = await reached(myself());
    return dataOf(
      client.DELETE("/v1/shoppers/{id}/wardrobe/{piece}", { params: { path: { ...path, piece }, query } }),
    );
  },
  body: async (signal?: AbortSignal) =>
    dataOf(client.GET("/v1/shoppers/{id}/body", { params: await reached(myself()), signal })),
  setBody: async (body: StatedBody) =>
    dataOf(client.PUT("/v1/shoppers/{id}/body", { params: await reached(myself()), body })),
  held: async (signal?: AbortSignal) =>
    dataOf(client.GET("/v1/shoppers/{id}/export", { params: await reached(myself()), signal })),
  erase: async () => dataOf(client.DELETE("/v1/shoppers/{id}", { params: await reached(myself()) })),

  similar: (id: string, query: { colour: string; count: number }, signal?: AbortSignal) =>
    dataOf(client.GET("/v1/garments/{id}/similar", { params: { path: { id }, query }, signal })),

  together: (id: string, query: { by: "chosen" | "bought"; count: number }, signal?: AbortSignal) =>
    dataOf(client.GET("/v1/garments/{id}/together", { params: { path: { id }, query }, signal })),

  searchPhoto: (photo: Blob, query: { count: number }, signal?: AbortSignal) =>
    dataOf(
      client.POST("/v1/search/photo", {
        params: { query },
        body: photo,
        bodySerializer: () => photo,
        headers: { "content-type": photo.type || "image/jpeg" },
        signal,
      }),
    ),
};

// Whether an image is a shopper's own: the browser must say who asks for it, so an <img> cannot fetch it.
export const isPrivate = (url: string): boolean => url.startsWith("/v1/");

// Such an image as a data: address, which goes with the memory that holds it.
export async function privateImage(url: string, signal?: AbortSignal): Promise<string> {
  const answer = await send(new Request(new URL(url, location.origin), { signal: signal ?? null }));
  const image = await answer.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error(url));
    reader.readAsDataURL(image);
  });
}

// The address of a stored image, from any of the three forms that a catalog holds.
export function imageAddress(url: string): string {
  if (url === "" || /^(https?:|data:|blob:)?\/\//.test(url) || url.startsWith("/") || url.startsWith("data:"))
    return url;
  return url.startsWith("images/")
    ? `/${url}`
    : `/images/${url.split("/").map(encodeURIComponent).join("/")}`;
}
