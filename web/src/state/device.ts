// What the server knows this browser by: a device and the token that proves it, kept until the shopper asks for deletion.
import { retryAfterMs } from "../api/retry_after";
import { readLocal, removeLocal, writeLocal } from "./local";

export interface Device {
  device_id: string;
  token: string;
}

const KEY = "modiste.device";
const TIMEOUT_MS = 10_000;

// Without storage (private windows) the device lives as long as the page.
let inMemory: Device | undefined;
let asking: Promise<Device | undefined> | undefined;
let used = ""; // the id that this tab has sent requests with

function storedDevice(): Device | undefined {
  const kept = readLocal<Partial<Device> | null>(KEY, null);
  if (typeof kept?.device_id === "string" && typeof kept.token === "string") return kept as Device;
  return undefined;
}

export function keptDevice(): Device | undefined {
  const kept = storedDevice() ?? inMemory;
  if (kept) used = kept.device_id;
  return kept;
}

// Another tab has stored or removed what lies under `key`; null: all. True when this tab was another device until now.
export function followDevice(key: string | null): boolean {
  if (key !== null && key !== KEY) return false;
  const changed = used !== "" && used !== (storedDevice()?.device_id ?? "");
  if (changed) {
    inMemory = undefined;
    used = "";
  }
  return changed;
}

// The shop answered and gives out no token now, because too many were asked for or something failed there.
export class NoTokenNowError extends Error {
  constructor(
    readonly status: number,
    readonly retryAfterMs: number | undefined,
  ) {
    super(`no device token: ${status}`);
  }
}

// A proxy that answers for a server it cannot reach.
export const isAwayStatus = (status: number): boolean => status === 502 || status === 504;

// Undefined when the shop gives browsers no token.
export async function device(): Promise<Device | undefined> {
  const kept = keptDevice();
  if (kept) return kept;
  asking ??= askForDevice().finally(() => (asking = undefined));
  return asking;
}

async function askForDevice(): Promise<Device | undefined> {
  const response = await fetch("/v1/devices", { method: "POST", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (isAwayStatus(response.status)) throw new Error(`no device token: ${response.status}`);
  if (response.status === 429 || response.status >= 500)
    throw new NoTokenNowError(response.status, retryAfterMs(response.headers));
  if (!response.ok) return undefined;
  inMemory = (await response.json()) as Device;
  used = inMemory.device_id;
  writeLocal(KEY, inMemory);
  return inMemory;
}

export function forgetDevice(): void {
  inMemory = undefined;
  used = "";
  removeLocal(KEY);
}

export function bearer(from: Device | undefined): Record<string, string> {
  return from ? { authorization: `Bearer ${from.token}` } : {};
}

// Sends as this device. A token that the server no longer accepts is replaced once: its secret has changed.
export async function asDevice(send: (from: Device | undefined) => Promise<Response>): Promise<Response> {
  const from = await device();
  const response = await send(from);
  if (response.status !== 401 || !from) return response;
  if (keptDevice()?.token === from.token) forgetDevice();
  return send(await device());
}
