// What the market sells of each kind: its place in a shop's menu, price, formality, sizes, and the choices of
// cut and cloth that a designer may make.
#pragma once

#include <string_view>
#include <vector>

#include "simulation/drawn_item.h"

namespace modiste {

enum class Sizing : uint8_t { kAlpha, kNumeric, kWaist, kWaistLength, kShoe, kOneSize };

struct KindMarket {
  std::string_view menu;  // under the department: "Tops/T-shirts"
  std::string_view noun;  // in titles: "T-shirt"
  OutfitSlot slot{};
  Sizing sizing{};
  double price = 50;
  double formality = 0.3;
  double women = 1, men = 1;  // share of the assortment
  bool unisex = false;        // may be sold to everybody
};

[[nodiscard]] const KindMarket& market_of(drawing::Kind kind);

// Wool and what is worn like it.
[[nodiscard]] bool is_warm(drawing::Material material);

// Cut, cloth and print of one garment of the kind, as this brand would make it. Fills everything but seed and
// kind.
void choose_cut(drawing::Design& design, Rng& rng);
void choose_cloth(drawing::Design& design, std::string_view aesthetic, Rng& rng);
// Whether a print can be on this cut and cloth.
[[nodiscard]] bool takes_print(const drawing::Design& design, drawing::Print print);

[[nodiscard]] std::vector<std::string_view> seasons_of(const drawing::Design& design);
[[nodiscard]] double formality_of(const drawing::Design& design);
[[nodiscard]] std::vector<std::string_view> occasions_of(const drawing::Design& design, double formality,
                                                         std::string_view aesthetic);

}  // namespace modiste
