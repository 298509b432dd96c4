// The shopper's clock as the API reads it. Pure.

// "2026-11-21T14:59": the browser's own time, without an offset.
export function localTime(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${date}T${two(now.getHours())}:${two(now.getMinutes())}`;
}

// The same day at another hour.
export function atHour(time: string, clock: string): string {
  return `${time.slice(0, 10)}T${clock}`;
}
