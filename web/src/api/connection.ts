import { createStore } from "../state/store";

// Whether the shop answers. While it does not, it is asked again and again, with growing pauses, until it does.
export type ConnectionState = { online: boolean; recoveries: number };

const FIRST_PAUSE_MS = 800;
const PAUSE_MS_MAX = 5_000;
// A recovery that did not last so long does not count: the pauses go on growing.
const STEADY_MS = 10_000;

export const connection = createStore<ConnectionState>({ online: true, recoveries: 0 });

let timer: ReturnType<typeof setTimeout> | undefined;
let pauseMs = FIRST_PAUSE_MS;
let recoveredAt = -Infinity;

export function reportUnreachable(): void {
  if (!connection.get().online) return;
  connection.set({ ...connection.get(), online: false });
  if (Date.now() - recoveredAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
  scheduleProbe();
}

export function reportReachable(): void {
  if (connection.get().online) return;
  clearTimeout(timer);
  recoveredAt = Date.now();
  connection.set({ online: true, recoveries: connection.get().recoveries + 1 });
}

function scheduleProbe(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void probe(), pauseMs);
  pauseMs = Math.min(pauseMs * 1.6, PAUSE_MS_MAX);
}

async function probe(): Promise<void> {
  try {
    const response = await fetch("/readyz", { cache: "no-store", signal: AbortSignal.timeout(3_000) });
    if (response.ok) return reportReachable();
  } catch {
    // Still away.
  }
  scheduleProbe();
}

export function watchConnection(): void {
  window.addEventListener("online", () => {
    if (!connection.get().online) void probe();
  });
}
