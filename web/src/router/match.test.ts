import { describe, expect, it } from "vitest";

import { addressOf, matchRoute, type Route } from "./match";

describe("matchRoute", () => {
  it.each<[string, Route]>([
    ["/", { page: "home" }],
    ["/quiz", { page: "quiz" }],
    ["/swipe/", { page: "swipe" }],
    ["/style", { page: "style" }],
    ["/my-data", { page: "my-data" }],
    ["/quality", { page: "quality" }],
    ["/today", { page: "today" }],
    ["/last-mile", { page: "last-mile" }],
    ["/search", { page: "search", query: "" }],
    ["/search?q=warm+coat", { page: "search", query: "warm coat" }],
    ["/search?q=linnen&literal=1", { page: "search", query: "linnen", literal: true }],
    ["/garment/MH01", { page: "garment", id: "MH01", colour: "" }],
    ["/garment/MH01?colour=Heather%20Gray", { page: "garment", id: "MH01", colour: "Heather Gray" }],
    ["/outfits", { page: "outfits", garment: "", colour: "" }],
    ["/outfits?with=MH01&colour=Gray", { page: "outfits", garment: "MH01", colour: "Gray" }],
    ["/outfits?with=own-1&owned=1", { page: "outfits", garment: "own-1", colour: "", owned: true }],
    ["/wardrobe", { page: "wardrobe" }],
    ["/garment/a%2Fb", { page: "garment", id: "a/b", colour: "" }],
  ])("%s", (address, route) => expect(matchRoute(address)).toEqual(route));

  it.each(["/nowhere", "/quiz/2", "/garment", "/garment/", "/garment/a/b", "/garment/%E0%A4%A"])(
    "%s is lost",
    (address) => expect(matchRoute(address)).toEqual({ page: "lost" }),
  );
});

describe("addressOf", () => {
  const ROUTES: Exclude<Route, { page: "lost" }>[] = [
    { page: "home" },
    { page: "quiz" },
    { page: "my-data" },
    { page: "search", query: "" },
    { page: "search", query: "50% off & more?" },
    { page: "outfits", garment: "", colour: "" },
    { page: "outfits", garment: "a&b=c", colour: "Rosé & Co" },
    { page: "outfits", garment: "own-1", colour: "Navy", owned: true },
    { page: "wardrobe" },
    { page: "garment", id: "a/b?c#d", colour: "" },
    { page: "garment", id: "Ünïque ☂", colour: "Rosé & Co" },
  ];
  it.each(ROUTES)("is undone by matchRoute: %j", (route) =>
    expect(matchRoute(addressOf(route))).toEqual(route),
  );
});
