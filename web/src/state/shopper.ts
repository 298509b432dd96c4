import { forgetDevice } from "./device";
import { createStore } from "./store";

// Who is shopping, as far as this tab must tell one from the next: answers are cached under this name. The server knows
// them by the token of the device.
let count = 0;

export const shopper = createStore<string>("shopper-0");

export function becomeSomeoneNew(): void {
  forgetDevice();
  beAnotherShopper();
}

// The device is another one already.
export function beAnotherShopper(): void {
  count += 1;
  shopper.set(`shopper-${count}`);
}
