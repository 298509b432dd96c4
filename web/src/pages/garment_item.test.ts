import { describe, expect, it } from "vitest";

import type { AnswerItem, Garment } from "../api/types";
import { itemOf } from "./garment_item";

const variant = (size: string, price: number, stock: number, list_price?: number) => ({
  sku: size,
  colour: "Olive",
  size,
  price,
  stock,
  ...(list_price === undefined ? {} : { list_price }),
});
const GARMENT = {
  id: "MH01",
  title: "Linen shirt",
  brand: "Acme",
  currency: "",
  images: [{ url: "images/new.jpg", colour: "Olive" }],
  attributes: [{ facet: "category", term: "shirt" }],
  variants: [variant("S", 60, 3, 75), variant("M", 40, 0, 90)],
} as unknown as Garment;
const CARD = {
  garment_id: "MH01",
  colour: "Olive",
  title: "Linen shirt",
  price: 50,
  list_price: 55,
  currency: "USD",
  image: "images/old.jpg",
  palette: ["#556b2f"],
  score: 0.7,
  reasons: [{ code: "similar", text: "Close to what you like", args: {} }],
} as unknown as AnswerItem;

describe("the item of a garment's page", () => {
  it("has the price of now, whatever the card said, and the card's reasons", () => {
    const item = itemOf(GARMENT, "Olive", "EUR", CARD);
    expect(item).toMatchObject({ price: 60, list_price: 75, image: "images/new.jpg", sizes_in_stock: ["S"] });
    expect(item).toMatchObject({ reasons: CARD.reasons, palette: CARD.palette, score: 0.7 });
  });
  it("is in the shop's currency where the garment names none", () => {
    expect(itemOf(GARMENT, "Olive", "EUR", CARD).currency).toBe("EUR");
    expect(itemOf({ ...GARMENT, currency: "CHF" }, "Olive", "EUR", undefined).currency).toBe("CHF");
  });
  it("is whole without a card", () => {
    expect(itemOf(GARMENT, "Olive", "EUR", undefined)).toMatchObject({ category: "Shirt", reasons: [] });
  });
});
