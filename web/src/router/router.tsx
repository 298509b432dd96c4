import { type AnchorHTMLAttributes, type MouseEvent, useEffect } from "react";

import { createStore, useStore } from "../state/store";
import { addressOf, matchRoute, type Route } from "./match";

type Place = { address: string; turn: number; returned: boolean };
type Target = Exclude<Route, { page: "lost" }>;

function here(): string {
  return window.location.pathname + window.location.search;
}

const place = createStore<Place>({ address: here(), turn: 0, returned: false });
const scrolls = new Map<string, number>();

// Each entry of the history keeps its own scroll place.
function entryKey(): string {
  return String((window.history.state as { key?: number } | null)?.key ?? 0);
}

export function startRouter(): void {
  window.history.scrollRestoration = "manual";
  let current = entryKey();
  window.addEventListener("scroll", () => scrolls.set(current, window.scrollY), { passive: true });
  window.addEventListener("popstate", () => {
    current = entryKey();
    place.set({ address: here(), turn: place.get().turn + 1, returned: true });
  });
  place.subscribe(() => (current = entryKey()));
}

// "stay": the same page in another state; the reader's place and focus stay.
export function go(target: Target, how: "push" | "replace" | "stay" = "push"): void {
  const address = addressOf(target);
  const turn = place.get().turn + (how === "stay" ? 0 : 1);
  if (how !== "push") window.history.replaceState(window.history.state, "", address);
  else window.history.pushState({ key: Date.now() }, "", address);
  place.set({ address, turn, returned: false });
}

export function useRoute(): { route: Route; turn: number; returned: boolean } {
  const { address, turn, returned } = useStore(place);
  return { route: matchRoute(address), turn, returned };
}

// Where the page was when it was left, if it was returned to.
export function restoreScroll(returned: boolean): void {
  const wanted = returned ? (scrolls.get(entryKey()) ?? 0) : 0;
  window.scrollTo({ top: wanted, behavior: "instant" });
}

// New pages start at the top with the reader's focus on their heading.
export function usePageEntry(turn: number, returned: boolean, page: string): void {
  useEffect(() => {
    if (turn === 0) return;
    return whenHeaded((heading) => {
      restoreScroll(returned);
      heading.focus({ preventScroll: true });
    });
  }, [turn, returned, page]);
}

// Code and data of a page load late; its heading shows that it is there.
function whenHeaded(act: (heading: HTMLElement) => void): () => void {
  const look = (): boolean => {
    const heading = document.querySelector<HTMLElement>("main h1");
    if (heading) requestAnimationFrame(() => act(heading));
    return heading !== null;
  };
  if (look()) return () => undefined;
  const observer = new MutationObserver(() => look() && observer.disconnect());
  observer.observe(document.getElementById("main")!, { childList: true, subtree: true });
  return () => observer.disconnect();
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: Target };

export function Link({ to, onClick, children, ...rest }: LinkProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    onClick?.(event);
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || modified) return;
    event.preventDefault();
    go(to);
  }
  return (
    <a href={addressOf(to)} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
