#include "serving/answer/answer_item.h"

#include <cmath>

namespace modiste {

AnswerItem to_answer_item(const Item& item, const ShopState& shop) {
  const auto known = item.garment.read();
  const Garment& garment = *known;
  AnswerItem shown;
  shown.garment_id = garment.id;
  shown.colour = item.colour;
  shown.title = garment.title;
  shown.brand = garment.brand;
  shown.currency = garment.currency;
  if (item.facts.category != kNoTerm)
    shown.category = shop.catalog.vocabulary().term(item.facts.category).label;
  shown.price = std::round(static_cast<double>(item.facts.price) * 100) / 100;
  for (const auto& variant : garment.variants) {
    if (variant.colour != item.colour) continue;
    if (variant.stock > 0 && !variant.size.empty()) shown.sizes_in_stock.push_back(variant.size);
    if (variant.list_price && *variant.list_price > shown.price) shown.list_price = variant.list_price;
  }
  if (const auto images = images_of(garment, item.colour); !images.empty()) {
    const std::string& url = images.front();
    const bool elsewhere = url.starts_with("http://") || url.starts_with("https://");
    shown.image = elsewhere ? url : "/images/" + url;
  }
  if (const auto embedding = shop.embeddings.get(item.facts.slot)) shown.palette = embedding->palette;
  return shown;
}

}  // namespace modiste
