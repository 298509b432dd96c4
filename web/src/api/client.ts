import { timeZone } from "../state/time_zone";
import { reportReachable, reportUnreachable } from "./connection";
import type {
  Answer,
  Facets,
  Garment,
  Problem,
  Quiz,
  RecommendRequest,
  SearchRequest,
  ShopInfo,
  ShopperExport,
  StyleView,
} from "./types";

const kTimeoutMs = 12_000;

// A refusal of the server, with its problem details.
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

// The server could not be reached, or said that it cannot serve now.
export class UnreachableError extends Error {}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

const kUnavailable = new Set([502, 503, 504]);

async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const timeout = AbortSignal.timeout(kTimeoutMs);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  let response: Response;
  try {
    response = await fetch(path, { ...init, signal });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    reportUnreachable();
    throw new UnreachableError("The shop cannot be reached.");
  }
  if (kUnavailable.has(response.status)) {
    reportUnreachable();
    throw new UnreachableError("The shop is not ready.");
  }
  reportReachable();
  if (!response.ok) throw new ProblemError(await readProblem(response));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback: Problem = {
    type: "about:blank",
    title: response.statusText || "The request was refused",
    status: response.status,
    detail: "",
  };
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}

function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return request<T>(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
}

// A browser may know zones that the shop's database does not: the answer then comes without her clock.
let unheardZone = "";

async function recommend(body: RecommendRequest, signal?: AbortSignal): Promise<Answer> {
  const path = "/v1/recommendations";
  const zone = timeZone();
  if (!zone || zone === unheardZone) return post<Answer>(path, body, signal);
  try {
    return await post<Answer>(path, { ...body, context: { time_zone: zone, ...body.context } }, signal);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.pointer !== "/context/time_zone") throw error;
    unheardZone = zone;
    return post<Answer>(path, body, signal);
  }
}

const segment = encodeURIComponent;

export function exportAddress(shopperId: string): string {
  return `/v1/shoppers/${segment(shopperId)}/export`;
}

export const api = {
  shop: (signal?: AbortSignal) => request<ShopInfo>("/v1/shop", { signal }),
  facets: (signal?: AbortSignal) => request<Facets>("/v1/facets", { signal }),
  quiz: (signal?: AbortSignal) => request<Quiz>("/v1/quiz", { signal }),
  recommend,
  search: (body: SearchRequest, signal?: AbortSignal) => post<Answer>("/v1/search", body, signal),
  garment: (id: string, signal?: AbortSignal) => request<Garment>(`/v1/products/${segment(id)}`, { signal }),
  style: (shopperId: string, signal?: AbortSignal) =>
    request<StyleView>(`/v1/shoppers/${segment(shopperId)}/style`, { signal }),
  held: (shopperId: string, signal?: AbortSignal) =>
    request<ShopperExport>(exportAddress(shopperId), { signal }),
  erase: (shopperId: string) => request<void>(`/v1/shoppers/${segment(shopperId)}`, { method: "DELETE" }),

  similar(id: string, colour: string, shopperId: string, count: number, signal?: AbortSignal) {
    const query = new URLSearchParams({ colour, count: String(count), shopper_id: shopperId });
    return request<Answer>(`/v1/products/${segment(id)}/similar?${query}`, { signal });
  },

  searchPhoto(photo: Blob, shopperId: string, count: number, signal?: AbortSignal) {
    const query = new URLSearchParams({ count: String(count), shopper_id: shopperId });
    return request<Answer>(`/v1/search/photo?${query}`, {
      method: "POST",
      headers: { "content-type": photo.type || "image/jpeg" },
      body: photo,
      signal,
    });
  },
};

// An address of a stored image, whatever of its three spellings the catalog holds.
export function imageAddress(url: string): string {
  if (url === "" || /^(https?:|data:|blob:)?\/\//.test(url) || url.startsWith("/") || url.startsWith("data:"))
    return url;
  return url.startsWith("images/") ? `/${url}` : `/images/${url.split("/").map(segment).join("/")}`;
}
