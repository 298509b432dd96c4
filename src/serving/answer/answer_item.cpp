#include "serving/answer/answer_item.h"

#include <cmath>
#include <tuple>

namespace modiste {
namespace {

// The variant whose price ItemFacts has: the cheapest in stock, else the cheapest; of equals the most
// reduced.
const Variant* priced_variant(const Garment& garment, std::string_view colour) {
  const Variant* best = nullptr;
  for (const Variant& variant : garment.variants) {
    if (variant.colour != colour) continue;
    const auto rank = [](const Variant& v) {
      return std::tuple(v.stock > 0 ? 0 : 1, v.price, -v.list_price.value_or(0));
    };
    if (best == nullptr || rank(variant) < rank(*best)) best = &variant;
  }
  return best;
}

}  // namespace

double to_cents(double price) { return std::round(price * 100) / 100; }

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
  shown.price = to_cents(static_cast<double>(item.facts.price));
  for (const auto& variant : garment.variants) {
    if (variant.colour != item.colour) continue;
    if (variant.stock > 0 && !variant.size.empty()) shown.sizes_in_stock.push_back(variant.size);
  }
  if (const Variant* priced = priced_variant(garment, item.colour);
      priced != nullptr && priced->list_price.value_or(0) > priced->price)
    shown.list_price = priced->list_price;
  if (const auto images = images_of(garment, item.colour); !images.empty()) {
    const std::string& url = images.front();
    const bool elsewhere = url.starts_with("http://") || url.starts_with("https://");
    shown.image = elsewhere ? url : "/images/" + url;
  }
  if (const auto embedding = shop.embeddings.get(item.facts.slot)) shown.palette = embedding->palette;
  return shown;
}

}  // namespace modiste
