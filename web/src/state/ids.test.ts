import { afterEach, expect, it, vi } from "vitest";

import { newId } from "./ids";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

afterEach(() => vi.unstubAllGlobals());

it("is a version 4 UUID, another one each time", () => {
  expect(newId()).toMatch(UUID);
  expect(newId()).not.toBe(newId());
});

it("is one on pages without a secure context, too", () => {
  const whole = globalThis.crypto;
  vi.stubGlobal("crypto", { getRandomValues: whole.getRandomValues.bind(whole) });
  expect(newId()).toMatch(UUID);
  expect(newId()).not.toBe(newId());
});
