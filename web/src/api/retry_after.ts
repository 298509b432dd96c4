// How long an answer asks to wait before the request is sent again.

const WAIT_MS_MAX = 60_000; // more is not believed

// Seconds or a date, as HTTP writes them; undefined where the answer says nothing.
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return waitMs > 0 ? Math.min(waitMs, WAIT_MS_MAX) : undefined;
}

const PAUSE_MS = 2_000; // where the answer says nothing
const PAUSE_MS_MAX = 30_000;
const SPREAD = 0.5; // so that pages that were refused together do not come back together

// The pause after so many refusals in a row: never shorter than what the answer asks for, longer each time.
export function busyPauseMs(askedMs: number | undefined, refusals: number, random: number): number {
  const first = askedMs ?? PAUSE_MS;
  const grown = Math.max(first, Math.min(first * 2 ** (refusals - 1), PAUSE_MS_MAX));
  return grown * (1 + SPREAD * random);
}
