// A garment of the drawn shop between its idea and its description: what copy, stock, picture and outfits
// read.
#pragma once

#include <string>
#include <vector>

#include "base/rng.h"
#include "drawn_shop/drawing/design.h"
#include "drawn_shop/dyes.h"
#include "vocabulary/vocabulary.h"

namespace modiste::drawn_shop {

enum class Department : uint8_t { kWomen, kMen, kUnisex };

struct ItemColour {
  const Dye* dye = nullptr;  // of the ground; its name is the supplier's colour
  drawing::Colourway colourway;
};

struct DrawnItem {
  std::string id;
  size_t brand = 0;  // index into brands()
  Department department{};
  OutfitRole role{};
  drawing::Design design;
  std::vector<ItemColour> colours;
  double formality = 0.3;
  std::vector<std::string_view> seasons;    // vocabulary names
  std::vector<std::string_view> occasions;  // vocabulary names
  double price = 0;                         // before reductions
};

}  // namespace modiste::drawn_shop

template <>
struct modiste::EnumNames<modiste::drawn_shop::Department> {
  static constexpr std::array<std::string_view, 3> kNames{"Women", "Men", "Unisex"};
};
