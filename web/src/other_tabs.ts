// What other tabs of the shop store is for this one too: hearts, the bag, and who is shopping.
import { queryClient } from "./api/queries";
import { followDevice } from "./state/device";
import { rereadMarks } from "./state/marks";
import { beAnotherShopper } from "./state/shopper";
import { forgetShown } from "./state/shown";

export function followOtherTabs(): void {
  window.addEventListener("storage", ({ key }) => {
    rereadMarks();
    if (!followDevice(key)) return;
    // Another tab has erased the shopper: nothing about them stays on screen.
    queryClient.clear();
    forgetShown();
    beAnotherShopper();
  });
}
