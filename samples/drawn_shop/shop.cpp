#include "drawn_shop/shop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <unordered_map>

#include "drawn_shop/brands.h"
#include "drawn_shop/colours.h"
#include "drawn_shop/copy.h"
#include "drawn_shop/kinds.h"
#include "drawn_shop/stock.h"
#include "drawn_shop/words.h"

namespace modiste::drawn_shop {
namespace {

using drawing::Design;
using drawing::Kind;
using drawing::kKindCount;
using drawing::Print;

template <class Weights>
size_t weighted(const Weights& weights, Rng& rng) {
  double total = 0;
  for (const double w : weights) total += w;
  double at = rng.uniform(0, total);
  for (size_t i = 0; i < weights.size(); ++i)
    if ((at -= weights[i]) < 0) return i;
  return weights.size() - 1;
}

size_t choose_brand(Rng& rng) {
  std::vector<double> shares;
  for (const auto& brand : brands()) shares.push_back(brand.share);
  return weighted(shares, rng);
}

Kind choose_kind(const Brand& brand, bool women, Rng& rng) {
  std::array<double, kKindCount> weights{};
  for (size_t i = 0; i < kKindCount; ++i) {
    const auto& market = market_of(static_cast<Kind>(i));
    weights[i] = women ? market.women : market.men;
  }
  for (const auto& [kind, factor] : brand.kinds)
    weights[static_cast<size_t>(*enum_from_name<Kind>(kind))] *= factor;
  return static_cast<Kind>(weighted(weights, rng));
}

Print choose_print(const Design& design, const Brand& brand, Rng& rng) {
  // Prints that the cut refuses leave their share to those it takes, up to half of all garments.
  std::vector<double> weights;
  double total = 0;
  for (const auto& [print, share] : brand.prints) {
    weights.push_back(takes_print(design, print) ? share : 0);
    total += weights.back();
  }
  if (total == 0 || !rng.chance(std::min(0.55, total * 1.6))) return Print::kPlain;
  return brand.prints[weighted(weights, rng)].print;
}

Design make_design(Kind kind, bool women, const Brand& brand, Rng& rng) {
  Design d;
  d.kind = kind, d.mens = !women, d.seed = rng.next(), d.variant = static_cast<int>(rng.below(60));
  d.fit = brand.fits[rng.below(brand.fits.size())];
  choose_cut(d, rng);
  choose_cloth(d, brand.aesthetics[0], rng);
  d.print = choose_print(d, brand, rng);
  d.print_scale = rng.uniform(0.75, 1.2);
  return d;
}

DrawnItem make_item(size_t number, Rng& rng) {
  DrawnItem item;
  item.brand = choose_brand(rng);
  const Brand& brand = brands()[item.brand];
  const bool women = rng.chance(brand.women);
  const Kind kind = choose_kind(brand, women, rng);
  item.department = women ? Department::kWomen : Department::kMen;
  if (market_of(kind).unisex && rng.chance(0.35)) item.department = Department::kUnisex;
  item.id = fmt::format("{}{:04}", brand.code, number);
  item.role = market_of(kind).role;
  item.design = make_design(kind, item.department == Department::kWomen, brand, rng);
  item.colours = choose_colours(item.design, brand, rng);
  item.formality = std::clamp(formality_of(item.design) + brand.formality, 0.02, 0.98);
  const auto& seasons = seasons_of(item.design);
  item.seasons.assign(seasons.begin(), seasons.end());
  item.occasions = occasions_of(item.design, item.formality, brand.aesthetics[0]);
  item.price = choose_price(item, brand, rng);
  return item;
}

void describe(Garment& garment, const DrawnItem& item, const Brand& brand) {
  const Design& d = item.design;
  const auto put = [&](const char* name, std::string_view word) {
    if (!word.empty()) garment.supplier_attributes[name].emplace_back(word);
  };
  garment.supplier_attributes["material"] = material_words(d, brand.aesthetics[0]);
  put("pattern", print_word(d.print));
  put("silhouette", silhouette_word(d.silhouette));
  put("sleeve", sleeve_word(d.sleeve));
  put("neckline", neckline_word(d.neckline));
  put("length", length_word(d));
  if (item.role != OutfitRole::kShoes && item.role != OutfitRole::kBag &&
      item.role != OutfitRole::kAccessory) {
    const bool skinny = d.silhouette == drawing::Silhouette::kSkinny;
    put("fit", skinny ? "skinny" : fit_word(d.fit));
  }
  for (const auto word : item.occasions) put("occasion", word);
  for (const auto word : item.seasons) put("season", word);
  for (const auto& word : brand.aesthetics) put("aesthetic", word);
}

std::string file_name(const DrawnItem& item, const ItemColour& colour) {
  std::string name = item.id + "-";
  for (const char c : colour.dye->name)
    name += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name + ".svg";
}

DrawnGarment make_garment(const DrawnItem& item, const ShopOptions& options, Rng& rng) {
  const Brand& brand = brands()[item.brand];
  DrawnGarment drawn;
  Garment& g = drawn.garment;
  const Copy copy = write_copy(item, brand, rng);
  g.id = item.id, g.title = copy.title, g.description = copy.description, g.brand = brand.name;
  g.department = name_of(item.department);
  g.category = fmt::format("{}/{}", g.department, market_of(item.design.kind).menu);
  describe(g, item, brand);
  // New things come in all the time, a little faster of late.
  const double age_days = options.days_span * std::pow(rng.uniform(), 1.3);
  g.created_at = options.newest - std::chrono::duration_cast<Micros>(
                                      std::chrono::minutes(static_cast<int64_t>(age_days * 1440)));
  fill_shelves(g, item, age_days, rng);
  for (const auto& colour : item.colours) {
    drawn.pictures.push_back({file_name(item, colour), std::string(colour.dye->name),
                              drawing::draw_garment(item.design, colour.colourway)});
    g.images.push_back({drawn.pictures.back().file, drawn.pictures.back().colour});
  }
  return drawn;
}

constexpr size_t kGoesWithMax = 12;

void link_outfits(Shop& shop) {
  std::unordered_map<std::string, size_t> index;
  for (size_t i = 0; i < shop.garments.size(); ++i) index.emplace(shop.garments[i].garment.id, i);
  for (const auto& outfit : shop.outfits)
    for (const auto& piece : outfit.pieces) {
      auto& goes_with = shop.garments[index.at(piece.garment_id)].garment.goes_with;
      for (const auto& other : outfit.pieces) {
        const bool known = std::find(goes_with.begin(), goes_with.end(), other.garment_id) != goes_with.end();
        if (other.garment_id != piece.garment_id && !known && goes_with.size() < kGoesWithMax)
          goes_with.push_back(other.garment_id);
      }
    }
}

}  // namespace

Shop draw_shop(const ShopOptions& options) {
  CHECK(options.garments <= kGarmentsMax);
  Shop shop;
  std::vector<DrawnItem>& items = shop.items;
  for (size_t i = 0; i < options.garments; ++i) {
    // Each garment has its own stream: the first thousand of a shop are the same whatever comes after.
    Rng rng(mix64(options.seed) ^ mix64(i + 1));
    items.push_back(make_item(i + 1, rng));
    shop.garments.push_back(make_garment(items.back(), options, rng));
  }
  Rng rng(hash64("outfits", options.seed));
  const auto wanted =
      static_cast<size_t>(static_cast<double>(options.garments) * options.outfits_per_garment);
  shop.outfits = curate_outfits(items, wanted, rng);
  link_outfits(shop);
  return shop;
}

}  // namespace modiste::drawn_shop
