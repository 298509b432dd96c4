// What pages read from the server, by TanStack Query: each answer has one key, is shared between pages and is fetched
// again when it is stale. Queries that failed because the server was away run again when it is back.
import { infiniteQueryOptions, QueryClient, queryOptions } from "@tanstack/react-query";

import { queue } from "../events/send";
import { flushImpressions } from "../events/use_impressions";
import { feedItems, FOUND_PAGE, garmentsOf, isAllFound } from "../state/pages";
import { contextOf, type Situation } from "../state/situation";
import { hasWornView, mayBeDrawn } from "../state/worn";
import { api, BusyError, imageAddress, privateImage, ProblemError } from "./client";
import { connection } from "./connection";
import { busyPauseMs } from "./retry_after";
import type { Answer, Filter, LooksRequest, OutfitRequest, ShopperExport } from "./types";

const MINUTE_MS = 60_000;
const FEED_PAGE = 24;
const EXCLUDED_MAX = 900;

export const queryClient = new QueryClient({
  defaultOptions: {
    // The connection store knows better than the browser whether the server can be reached.
    queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: "always" },
  },
});

export function refetchOnRecovery(): void {
  let { recoveries } = connection.get();
  connection.subscribe(() => {
    if (connection.get().recoveries === recoveries) return;
    recoveries = connection.get().recoveries;
    void queryClient.refetchQueries({
      predicate: ({ state }) => lacksAnswer(state) && !(state.error instanceof ProblemError),
    });
  });
}

function lacksAnswer({ status, data }: { status: string; data?: unknown }): boolean {
  return status === "error" && data === undefined;
}

// A query that a busy server refused is asked again when the server said, while a page waits for it. Answers how to
// stop.
export function refetchWhenNotBusy(random: () => number = Math.random): () => void {
  const refusals = new Map<string, number>();
  return queryClient.getQueryCache().subscribe((event) => {
    const { query } = event;
    if (event.type === "removed") refusals.delete(query.queryHash);
    if (event.type !== "updated") return;
    if (event.action.type === "success") refusals.delete(query.queryHash);
    if (event.action.type !== "error" || !lacksAnswer(query.state)) return;
    const error: unknown = query.state.error;
    if (!(error instanceof BusyError)) return;
    const count = (refusals.get(query.queryHash) ?? 0) + 1;
    refusals.set(query.queryHash, count);
    setTimeout(
      () => {
        if (query.state.error !== error || !query.isActive()) return;
        void queryClient.refetchQueries({ predicate: (one) => one === query });
      },
      busyPauseMs(error.retryAfterMs, count, random()),
    );
  });
}

export const shopQuery = queryOptions({
  queryKey: ["shop"],
  queryFn: ({ signal }) => api.shop(signal),
  staleTime: Infinity,
});

export const facetsQuery = queryOptions({
  queryKey: ["facets"],
  queryFn: ({ signal }) => api.facets(signal),
  staleTime: 5 * MINUTE_MS,
});

// Whether a garment's picture is a drawing that can be put on a figure. The browser has the picture already.
export const drawnQuery = (image: string) =>
  queryOptions({
    queryKey: ["drawn", image],
    queryFn: async ({ signal }) => {
      if (!mayBeDrawn(image)) return false;
      const answer = await fetch(imageAddress(image), { signal });
      return answer.ok && hasWornView(await answer.text());
    },
    staleTime: Infinity,
    ...(mayBeDrawn(image) ? {} : { initialData: false }),
  });

export const privateImageQuery = (url: string) =>
  queryOptions({
    queryKey: ["private", url],
    queryFn: ({ signal }) => privateImage(url, signal),
    staleTime: Infinity,
    retry: false,
  });

export const quizQuery = queryOptions({
  queryKey: ["quiz"],
  queryFn: ({ signal }) => api.quiz(signal),
  staleTime: 5 * MINUTE_MS,
});

export const garmentQuery = (id: string) =>
  queryOptions({
    queryKey: ["garment", id],
    queryFn: ({ signal }) => api.garment(id, signal),
    staleTime: MINUTE_MS,
  });

export const similarQuery = (id: string, colour: string, shopperId: string) =>
  queryOptions({
    queryKey: ["similar", id, colour, shopperId],
    queryFn: ({ signal }) => api.similar(id, { colour, count: 8 }, signal),
    staleTime: MINUTE_MS,
  });

// What was bought together is worth more than what was chosen together: the latter stands in where there is none.
export const togetherQuery = (id: string, shopperId: string) =>
  queryOptions({
    queryKey: ["together", id, shopperId],
    queryFn: async ({ signal }) => {
      const bought = await api.together(id, { by: "bought", count: 4 }, signal);
      if (bought.items.length > 0) return { by: "bought" as const, answer: bought };
      return { by: "chosen" as const, answer: await api.together(id, { by: "chosen", count: 4 }, signal) };
    },
    staleTime: MINUTE_MS,
  });

// Outfits as they were asked for; what the shopper changes in them is theirs (state/outfit.ts).
export const outfitsQuery = (shopperId: string, asked: OutfitRequest) =>
  queryOptions({
    queryKey: ["outfits", shopperId, asked],
    queryFn: async ({ signal }) => {
      await queue.flush();
      return api.outfits(asked, signal);
    },
    staleTime: Infinity,
  });

// The looks of the day: the same for the same question until something is liked.
export const looksQuery = (shopperId: string, asked: LooksRequest) =>
  queryOptions({
    queryKey: ["looks", shopperId, asked],
    queryFn: async ({ signal }) => {
      await queue.flush();
      return api.looks(asked, signal);
    },
    staleTime: 5 * MINUTE_MS,
  });

// What is waiting to be sent is sent first, so that the answer knows of it.
export const styleQuery = (shopperId: string) =>
  queryOptions({
    queryKey: ["style", shopperId],
    queryFn: async ({ signal }) => {
      await queue.flush();
      return api.style(signal);
    },
  });

export const wardrobeQuery = (shopperId: string) =>
  queryOptions({
    queryKey: ["wardrobe", shopperId],
    queryFn: async ({ signal }) => {
      await queue.flush();
      return api.wardrobe(signal);
    },
  });

export const bodyQuery = (shopperId: string) =>
  queryOptions({ queryKey: ["body", shopperId], queryFn: ({ signal }) => api.body(signal) });

// Outfits are asked for again: what they are made with has changed.
export function forgetOutfits(): void {
  void queryClient.invalidateQueries({ queryKey: ["outfits"] });
  void queryClient.invalidateQueries({ queryKey: ["looks"] });
}

export const likedQuery = (shopperId: string) =>
  infiniteQueryOptions({
    queryKey: ["liked", shopperId],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      await queue.flush();
      return api.liked(pageParam, signal);
    },
    getNextPageParam: ({ next }) => next,
    gcTime: 0,
  });

// Everything that is stored about a shopper; "nothing" for a shopper the shop does not know.
export const heldQuery = (shopperId: string) =>
  queryOptions({
    queryKey: ["held", shopperId],
    queryFn: async ({ signal }): Promise<ShopperExport | "nothing"> => {
      flushImpressions();
      await queue.flush();
      try {
        return await api.held(signal);
      } catch (error) {
        if (error instanceof ProblemError && error.problem.status === 404) return "nothing";
        throw error;
      }
    },
    gcTime: 0,
  });

export const welcomeQuery = (shopperId: string) =>
  queryOptions({
    queryKey: ["welcome", shopperId],
    queryFn: ({ signal }) => api.recommend({ count: 3 }, signal),
    staleTime: MINUTE_MS,
  });

export type SearchPhoto = { blob: Blob; address: string; turn: number };
type Search = {
  query: string;
  literal: boolean;
  filter: Filter;
  photo: SearchPhoto | undefined;
  shopperId: string;
};

// A page leaves out the garments of those before it. A photo cannot name what to leave out: it has one page.
export const searchQuery = ({ query, literal, filter, photo, shopperId }: Search) =>
  infiniteQueryOptions({
    queryKey: photo ? ["photo", photo.turn, shopperId] : ["search", query, literal, filter, shopperId],
    initialPageParam: [] as string[],
    queryFn: ({ pageParam, signal }): Promise<Answer> => {
      const asked = { count: FOUND_PAGE };
      if (photo) return api.searchPhoto(photo.blob, asked, signal);
      const rest = pageParam.length > 0 ? { ...filter, exclude_garments: pageParam } : filter;
      if (query) return api.search({ query, literal, filter: rest, ...asked }, signal);
      return api.recommend({ filter: rest, ...asked }, signal);
    },
    getNextPageParam: (_, pages) => {
      const shown = garmentsOf(pages);
      const more = !photo && !isAllFound(pages) && shown.length <= EXCLUDED_MAX;
      return more ? shown : undefined;
    },
    staleTime: MINUTE_MS,
  });

// The feed is kept while its tab lives, so that a reader who comes back from a garment finds it as it was.
export const feedQuery = (shopperId: string, now: Situation) =>
  infiniteQueryOptions({
    queryKey: ["feed", shopperId, now],
    initialPageParam: [] as string[],
    queryFn: async ({ pageParam, signal }) => {
      await queue.flush();
      const filter = pageParam.length > 0 ? { filter: { exclude_garments: pageParam } } : {};
      const context = contextOf(now);
      return api.recommend({ count: FEED_PAGE, ...filter, ...(context ? { context } : {}) }, signal);
    },
    getNextPageParam: (_, pages) => {
      const items = feedItems(pages);
      if (items.length === feedItems(pages.slice(0, -1)).length) return undefined; // nothing new came
      return garmentsOf(pages).slice(-EXCLUDED_MAX);
    },
    staleTime: Infinity,
    gcTime: 10 * MINUTE_MS,
  });

// The next feed is asked for from its first page.
export function forgetFeed(): void {
  queryClient.removeQueries({ queryKey: ["feed"], type: "inactive" });
  void queryClient.resetQueries({ queryKey: ["feed"], type: "active" });
}

// Whatever was answered to what the shop knew of the shopper.
const PERSONAL: ReadonlySet<unknown> = new Set([
  "feed",
  "outfits",
  "looks",
  "similar",
  "together",
  "search",
  "photo",
  "welcome",
  "liked",
  "wardrobe",
  "body",
  "style",
]);

// What the shop knows of the shopper or may show them has changed: no page shows an answer of before. Resolves when the
// page that is open has its new answers.
export function forgetAnswers(): Promise<void> {
  const predicate = ({ queryKey }: { queryKey: readonly unknown[] }): boolean => PERSONAL.has(queryKey[0]);
  queryClient.removeQueries({ predicate, type: "inactive" });
  return queryClient.invalidateQueries({ predicate });
}
