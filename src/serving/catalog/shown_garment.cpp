#include "serving/catalog/shown_garment.h"

namespace modiste {
namespace {

ShownVariant shown_variant(Variant variant, bool exact) {
  ShownVariant out{std::move(variant), {}, {}};
  if (exact) {
    out.pieces = out.stock;
  } else {
    out.margin.reset();
    out.availability = out.stock <= 0              ? StockLevel::kOut
                       : out.stock <= kStockLowMax ? StockLevel::kLow
                                                   : StockLevel::kInStock;
  }
  return out;
}

}  // namespace

ShownGarment shown(Garment garment, bool exact) {
  ShownGarment out{std::move(garment), {}};
  out.shown_variants.reserve(out.variants.size());
  for (Variant& variant : out.variants)
    out.shown_variants.push_back(shown_variant(std::move(variant), exact));
  out.variants.clear();
  return out;
}

ShownGarments shown(GarmentPage page, bool exact) {
  ShownGarments out;
  out.next = std::move(page.next);
  for (Garment& garment : page.garments) out.garments.push_back(shown(std::move(garment), exact));
  return out;
}

}  // namespace modiste
