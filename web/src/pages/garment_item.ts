// A garment's page as a card, with what the shop says of the garment now. Pure.
import type { AnswerItem, Garment, Variant } from "../api/types";
import { humanTerm } from "../ui/format";
import { isSoldOut } from "../ui/stock";

export function variantsOf(garment: Garment, colour: string): Variant[] {
  return garment.variants.filter((variant) => (variant.colour ?? "") === colour);
}

export function imagesOf(garment: Garment, colour: string): string[] {
  const images = garment.images ?? [];
  const own = images.filter((image) => image.colour === colour);
  const shared = images.filter((image) => !image.colour);
  return [...new Set((own.length > 0 ? own : shared).map(({ url }) => url))];
}

// shown: the card that led here, whose reasons and score are kept. Its price may be of another day. currency: the shop's,
// for a garment that names none.
export function itemOf(
  garment: Garment,
  colour: string,
  currency: string,
  shown: AnswerItem | undefined,
): AnswerItem {
  const inStock = variantsOf(garment, colour).filter((variant) => !isSoldOut(variant));
  const pool = inStock.length > 0 ? inStock : variantsOf(garment, colour);
  const cheapest = [...pool].sort((a, b) => a.price - b.price)[0];
  return {
    ...(shown ?? unshown(garment)),
    garment_id: garment.id,
    colour,
    title: garment.title,
    brand: garment.brand ?? "",
    price: cheapest?.price ?? 0,
    list_price: cheapest?.list_price,
    currency: garment.currency || currency,
    image: imagesOf(garment, colour)[0] ?? "",
    sizes_in_stock: inStock.map(({ size }) => size ?? ""),
  };
}

// What only a card knows, when the page was opened by its address.
function unshown(garment: Garment) {
  const category = garment.attributes?.find(({ facet }) => facet === "category")?.term ?? "";
  return {
    category: humanTerm(category === "unknown" ? "" : category),
    palette: [],
    position: 0,
    score: 0,
    propensity: 1,
    explored: false,
    score_breakdown: [],
    reasons: [],
  };
}
