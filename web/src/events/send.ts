import { connection, reportReachable, reportUnreachable } from "../api/connection";
import { retryAfterMs } from "../api/retry_after";
import type { Event, EventsReport } from "../api/types";
import { asDevice, bearer, isAwayStatus, keptDevice, NoTokenNowError } from "../state/device";
import { readLocal, writeLocal } from "../state/local";
import { EventQueue, type SendResult } from "./queue";

const KEY = "modiste.events";
const PATH = "/v1/events";

async function send(events: Event[]): Promise<SendResult> {
  try {
    const response = await asDevice((from) =>
      fetch(PATH, {
        method: "POST",
        headers: { "content-type": "application/json", ...bearer(from) },
        body: JSON.stringify({ events }),
        signal: AbortSignal.timeout(10_000),
      }),
    );
    return await judge(response);
  } catch (error) {
    if (error instanceof NoTokenNowError) return { kind: "later", retryAfterMs: error.retryAfterMs };
    reportUnreachable();
    return { kind: "later" };
  }
}

async function judge(response: Response): Promise<SendResult> {
  if (response.status === 429 || response.status >= 500) {
    if (isAwayStatus(response.status)) reportUnreachable();
    return { kind: "later", retryAfterMs: retryAfterMs(response.headers) };
  }
  reportReachable();
  if (!response.ok) {
    console.warn(`modiste: a batch of events was refused with ${response.status}`);
    return { kind: "refused", status: response.status };
  }
  const result = (await response.json()) as EventsReport;
  for (const refused of result.refused ?? [])
    console.warn(`modiste: event refused at ${refused.pointer}: ${refused.reason}`);
  return { kind: "taken", result };
}

// Without storage (private windows) the queue lives in memory.
let inMemory: Event[] | undefined;

export const queue = new EventQueue({
  storage: {
    read: () => inMemory ?? readLocal<Event[]>(KEY, []),
    write(events) {
      writeLocal(KEY, events);
      inMemory = readLocal<Event[]>(KEY, []).length === events.length ? undefined : events;
    },
  },
  send,
  schedule(task, delayMs) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
});

// The page is going: a request that is kept alive outlives it, and unlike a beacon it can carry the token. The events
// stay kept, so lost ones are sent again later.
function sendLast(): void {
  const events = queue.unsent();
  const from = keptDevice();
  if (events.length === 0 || !from) return;
  void fetch(PATH, {
    method: "POST",
    body: JSON.stringify({ events }),
    keepalive: true,
    headers: { "content-type": "application/json", ...bearer(from) },
  }).catch(() => undefined);
}

export function watchQueue(): void {
  let recoveries = connection.get().recoveries;
  connection.subscribe(() => {
    if (connection.get().recoveries === recoveries) return;
    recoveries = connection.get().recoveries;
    void queue.flush();
  });
  window.addEventListener("pagehide", sendLast);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") sendLast();
    else if (queue.pending > 0) void queue.flush();
  });
  if (queue.pending > 0) void queue.flush();
}
