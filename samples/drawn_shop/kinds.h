// What the market sells of each kind (data/kinds.toml) and of each material (data/cloths.toml), and how a
// garment of the kind is cut (data/cuts.toml) and made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drawn_shop/item.h"

namespace modiste::drawn_shop {

// Which sizes a kind is sold in: XS to XXL, EU numbers, inches of the waist (and of the leg), shoe sizes.
enum class Sizing : uint8_t { kAlpha, kNumeric, kWaist, kWaistLength, kShoe, kOneSize };

struct KindMarket {
  drawing::Kind kind{};
  std::string menu;  // under the department: "Tops/T-shirts"
  std::string noun;  // in titles: "T-shirt"
  OutfitRole role{};
  Sizing sizing{};
  double price = 50;
  double formality = 0.3;
  double women = 1, men = 1;  // share of the assortment
  bool unisex = false;        // may be sold to everybody
};

struct MaterialMarket {
  drawing::Material material{};
  std::string word;
  double price = 1;        // times the kind's
  double formality = 0;    // added to the kind's
  bool unprinted = false;  // takes only the prints that name it
};

[[nodiscard]] const KindMarket& market_of(drawing::Kind kind);
[[nodiscard]] const MaterialMarket& market_of(drawing::Material material);

// Cut, cloth and print of one garment of the kind, as this brand would make it. Fills everything but seed,
// variant, kind and fit.
void choose_cut(drawing::Design& design, Rng& rng);
void choose_cloth(drawing::Design& design, std::string_view aesthetic, Rng& rng);
// Whether a print can be on this cut and cloth.
[[nodiscard]] bool takes_print(const drawing::Design& design, drawing::Print print);

[[nodiscard]] const std::vector<std::string>& seasons_of(const drawing::Design& design);
[[nodiscard]] double formality_of(const drawing::Design& design);
[[nodiscard]] std::vector<std::string_view> occasions_of(const drawing::Design& design, double formality,
                                                         std::string_view aesthetic);

}  // namespace modiste::drawn_shop

template <>
struct modiste::EnumNames<modiste::drawn_shop::Sizing> {
  static constexpr std::array<std::string_view, 6> kNames{"alpha",        "numeric", "waist",
                                                          "waist_length", "shoe",    "one_size"};
};
