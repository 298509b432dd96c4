// A garment of the drawn shop between its idea and its description: what copy, stock, picture and outfits
// read.
#pragma once

#include <string>
#include <vector>

#include "base/rng.h"
#include "simulation/drawing/design.h"
#include "simulation/drawn_dyes.h"

namespace modiste {

enum class OutfitSlot : uint8_t { kTop, kBottom, kDress, kOuter, kShoes, kBag, kAccessory };
template <>
struct EnumNames<OutfitSlot> {
  static constexpr std::array<std::string_view, 7> kNames{"top",   "bottom", "dress",    "outer",
                                                          "shoes", "bag",    "accessory"};
};

enum class DrawnDepartment : uint8_t { kWomen, kMen, kUnisex };
template <>
struct EnumNames<DrawnDepartment> {
  static constexpr std::array<std::string_view, 3> kNames{"Women", "Men", "Unisex"};
};

struct DrawnColour {
  const Dye* dye = nullptr;  // of the ground; its name is the supplier's colour
  drawing::Colourway colourway;
};

struct DrawnItem {
  std::string id;
  size_t brand = 0;  // index into drawn_brands()
  DrawnDepartment department{};
  OutfitSlot slot{};
  drawing::Design design;
  std::vector<DrawnColour> colours;
  double formality = 0.3;
  std::vector<std::string_view> seasons;    // vocabulary names
  std::vector<std::string_view> occasions;  // vocabulary names
  double price = 0;                         // before reductions
};

}  // namespace modiste
