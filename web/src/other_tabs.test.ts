import { beforeEach, describe, expect, it, vi } from "vitest";

import { queryClient } from "./api/queries";
import { followOtherTabs } from "./other_tabs";
import { keptDevice } from "./state/device";
import { savedKeys } from "./state/marks";
import { shopper } from "./state/shopper";
import { recallShown, rememberShown } from "./state/shown";

const DEVICE = "modiste.device";
let stored: Map<string, string>;

// What another tab does to the storage that both share.
function elsewhere(key: string, value: unknown): void {
  if (value === undefined) stored.delete(key);
  else stored.set(key, JSON.stringify(value));
  window.dispatchEvent(Object.assign(new Event("storage"), { key }));
}

followOtherTabs();
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  elsewhere(DEVICE, { device_id: "dev_1", token: "md_1" });
  keptDevice(); // this tab uses it
  queryClient.setQueryData(["style", shopper.get()], "learned");
  rememberShown({ item: { garment_id: "MH01", colour: "Olive" } as never, requestId: "r1" });
});

describe("an erasure in another tab", () => {
  it("leaves nothing of the shopper on screen here", () => {
    const before = shopper.get();
    elsewhere(DEVICE, undefined);
    expect(shopper.get()).not.toBe(before);
    expect(queryClient.getQueryData(["style", before])).toBeUndefined();
    expect(recallShown("MH01", "Olive")).toBeUndefined();
    expect(keptDevice()).toBeUndefined();
  });
  it("keeps the device that the other tab has got since", () => {
    const before = shopper.get();
    elsewhere(DEVICE, { device_id: "dev_2", token: "md_2" });
    expect(shopper.get()).not.toBe(before);
    expect(keptDevice()?.device_id).toBe("dev_2");
  });
});

describe("what else another tab stores", () => {
  it("changes hearts, not the shopper", () => {
    const before = shopper.get();
    elsewhere("modiste.saved", ["MH01|Olive"]);
    elsewhere(DEVICE, { device_id: "dev_1", token: "md_1" });
    expect(savedKeys.get()).toEqual(["MH01|Olive"]);
    expect(shopper.get()).toBe(before);
    expect(queryClient.getQueryData(["style", before])).toBe("learned");
  });
});
