// Garments of nine kinds for women, of which outfits and looks are made. For tests.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "catalog/garment.h"

namespace modiste {

struct Kind {
  std::string_view id, title, category;
  double price = 0;
};

inline constexpr std::array kWomensKinds{Kind{"TEE", "T-shirt", "Women/Tops/T-shirts", 20},
                                         Kind{"BLO", "Blouse", "Women/Tops/Blouses", 45},
                                         Kind{"JEA", "Jeans", "Women/Bottoms/Jeans", 60},
                                         Kind{"TRO", "Suit trousers", "Women/Bottoms/Dress Pants", 80},
                                         Kind{"DRE", "Midi dress", "Women/Dresses", 90},
                                         Kind{"COA", "Wool coat", "Women/Outerwear/Coats", 180},
                                         Kind{"SNE", "Sneakers", "Women/Shoes/Sneakers", 70},
                                         Kind{"LOA", "Loafers", "Women/Shoes/Loafers", 95},
                                         Kind{"BAG", "Handbag", "Women/Bags/Handbags", 110}};

// For women, in size M; the colour's number is the end of its id.
inline Garment garment_of(const Kind& kind, size_t number, std::string_view colour) {
  Garment garment;
  garment.id = fmt::format("{}{}", kind.id, number);
  garment.title = fmt::format("{} {}", colour, kind.title);
  garment.brand = "Maison";
  garment.category = std::string(kind.category);
  garment.department = "Women";
  garment.currency = "EUR";
  garment.supplier_attributes["pattern"] = {"Solid"};
  garment.variants.push_back({garment.id + "-M", "M", std::string(colour), kind.price, {}, {}, 3});
  return garment;
}

}  // namespace modiste
