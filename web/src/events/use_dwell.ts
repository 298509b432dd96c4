import { useEffect } from "react";

import { recordView } from "./record";

const GLANCE_MS = 300; // less does not count as a view

// Viewing time and scroll depth of a page: sent when it is left or hidden, because a hidden page may never return.
export function useDwell(garmentId: string, colour: string, requestId: string): void {
  useEffect(() => {
    let since = document.visibilityState === "visible" ? performance.now() : undefined;
    let dwellMs = 0;
    let depth = 0;
    const pause = (): void => {
      if (since !== undefined) dwellMs += performance.now() - since;
      since = undefined;
    };
    const tell = (): void => {
      pause();
      if (dwellMs < GLANCE_MS) return;
      recordView({ garmentId, colour, requestId, dwellMs, scrollDepth: depth });
      dwellMs = 0;
    };
    const onVisibility = (): void => {
      if (document.visibilityState === "visible") since = performance.now();
      else tell();
    };
    const onScroll = (): void => {
      depth = Math.max(depth, (window.scrollY + window.innerHeight) / document.documentElement.scrollHeight);
    };
    onScroll();
    document.addEventListener("visibilitychange", onVisibility, { capture: true });
    window.addEventListener("scroll", onScroll, { passive: true });
    window.addEventListener("pagehide", tell, { capture: true });
    return () => {
      document.removeEventListener("visibilitychange", onVisibility, { capture: true });
      window.removeEventListener("scroll", onScroll);
      window.removeEventListener("pagehide", tell, { capture: true });
      tell();
    };
  }, [garmentId, colour, requestId]);
}
