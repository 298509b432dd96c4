// The pages and their addresses.

export type Route =
  | { page: "home" }
  | { page: "quiz" }
  | { page: "swipe" }
  | { page: "search"; query: string; literal?: boolean } // literal: no word is taken for mistyped
  | { page: "style" }
  | { page: "liked" }
  | { page: "my-data" }
  | { page: "quality" }
  | { page: "garment"; id: string; colour: string }
  | { page: "today" }
  | { page: "last-mile" }
  | { page: "wardrobe" }
  | { page: "outfits"; garment: string; colour: string; owned?: boolean }
  | { page: "lost" };

const PLAIN = new Set([
  "quiz",
  "swipe",
  "style",
  "liked",
  "my-data",
  "quality",
  "today",
  "last-mile",
  "wardrobe",
]);

export function matchRoute(address: string): Route {
  const url = new URL(address, "http://local");
  const steps = url.pathname.split("/").filter((step) => step !== "");
  const [first, second] = steps;
  if (first === undefined) return { page: "home" };
  if (first === "garment" && second !== undefined && steps.length === 2) {
    const id = decode(second);
    return id === null
      ? { page: "lost" }
      : { page: "garment", id, colour: url.searchParams.get("colour") ?? "" };
  }
  if (steps.length > 1) return { page: "lost" };
  if (first === "outfits") {
    const { searchParams } = url;
    return {
      page: "outfits",
      garment: searchParams.get("with") ?? "",
      colour: searchParams.get("colour") ?? "",
      ...(searchParams.has("owned") ? { owned: true } : {}),
    };
  }
  if (first === "search")
    return {
      page: "search",
      query: url.searchParams.get("q") ?? "",
      ...(url.searchParams.has("literal") ? { literal: true } : {}),
    };
  if (PLAIN.has(first)) return { page: first } as Route;
  return { page: "lost" };
}

export function addressOf(route: Exclude<Route, { page: "lost" }>): string {
  switch (route.page) {
    case "home":
      return "/";
    case "garment": {
      const colour = route.colour ? `?${new URLSearchParams({ colour: route.colour })}` : "";
      return `/garment/${encodeURIComponent(route.id)}${colour}`;
    }
    case "outfits": {
      if (!route.garment) return "/outfits";
      const about = new URLSearchParams({ with: route.garment });
      if (route.colour) about.set("colour", route.colour);
      if (route.owned) about.set("owned", "1");
      return `/outfits?${about}`;
    }
    case "search": {
      if (!route.query) return "/search";
      const asked = new URLSearchParams({ q: route.query });
      if (route.literal) asked.set("literal", "1");
      return `/search?${asked}`;
    }
    default:
      return `/${route.page}`;
  }
}

function decode(step: string): string | null {
  try {
    return decodeURIComponent(step);
  } catch {
    return null;
  }
}
