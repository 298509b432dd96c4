// What the server knows this browser by: a device and the token that proves it, kept until the shopper asks for deletion.
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

export function keptDevice(): Device | undefined {
  const kept = readLocal<Partial<Device> | null>(KEY, null);
  if (typeof kept?.device_id === "string" && typeof kept.token === "string") return kept as Device;
  return inMemory;
}

// The shop gives out no more tokens now: what needs one waits.
export class NoTokenNowError extends Error {}

// Undefined when the shop gives browsers no token.
export async function device(): Promise<Device | undefined> {
  const kept = keptDevice();
  if (kept) return kept;
  asking ??= askForDevice().finally(() => (asking = undefined));
  return asking;
}

async function askForDevice(): Promise<Device | undefined> {
  const response = await fetch("/v1/devices", { method: "POST", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (response.status === 429) throw new NoTokenNowError("no device token now");
  if (response.status >= 500) throw new Error(`no device token: ${response.status}`);
  if (!response.ok) return undefined;
  inMemory = (await response.json()) as Device;
  writeLocal(KEY, inMemory);
  return inMemory;
}

export function forgetDevice(): void {
  inMemory = undefined;
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
