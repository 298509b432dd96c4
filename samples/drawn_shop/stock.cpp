#include "drawn_shop/stock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "drawn_shop/kinds.h"

namespace modiste::drawn_shop {
namespace {

std::vector<std::string> numbers(std::string_view prefix, int from, int to, int step) {
  std::vector<std::string> sizes;
  for (int n = from; n <= to; n += step) sizes.push_back(fmt::format("{}{}", prefix, n));
  return sizes;
}

std::vector<std::string> eu_sizes(bool mens, Rng& rng) {
  if (mens) return numbers("EU ", 44, rng.chance(0.5) ? 58 : 54, 2);
  const int last = rng.chance(0.4) ? 48 : 44, first = rng.chance(0.4) ? 32 : 34;
  return numbers("EU ", first, last, 2);
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

std::vector<std::string> size_run(const DrawnItem& item, Rng& rng) {
  const bool mens = item.design.mens;
  switch (market_of(item.design.kind).sizing) {
    case Sizing::kAlpha:
      return rng.chance(0.35) ? std::vector<std::string>{"XS", "S", "M", "L", "XL", "XXL"}
                              : (mens ? std::vector<std::string>{"S", "M", "L", "XL"}
                                      : std::vector<std::string>{"XS", "S", "M", "L", "XL"});
    case Sizing::kNumeric:
      return eu_sizes(mens, rng);
    case Sizing::kWaist:
      return mens ? numbers("W", 28, 38, 2) : numbers("W", 24, 34, 1);
    case Sizing::kWaistLength: {
      std::vector<std::string> sizes;
      for (const int length : mens ? std::vector<int>{32, 34} : std::vector<int>{30, 32})
        for (const auto& waist : mens ? numbers("W", 29, 36, 1) : numbers("W", 25, 32, 1))
          sizes.push_back(fmt::format("{} L{}", waist, length));
      return sizes;
    }
    case Sizing::kShoe:
      return item.department == Department::kUnisex
                 ? numbers("EU ", 38, 45, 1)
                 : (mens ? numbers("EU ", 40, 46, 1) : numbers("EU ", 36, 41, 1));
    case Sizing::kOneSize:
      return {""};
  }
  return {""};
}

double choose_price(const DrawnItem& item, const Brand& brand, Rng& rng) {
  const double middle =
      market_of(item.design.kind).price * brand.price * market_of(item.design.material).price;
  const double price = middle * std::exp(rng.normal() * 0.16);
  if (brand.price >= 1.4) return std::max(25.0, std::round(price / 5) * 5);
  if (brand.price <= 0.8) return std::max(8.0, std::round(price)) - 0.01;
  return std::max(10.0, std::round(price)) - (price < 100 ? 0.1 : 0.0);
}

void fill_shelves(Garment& garment, const DrawnItem& item, double age_days, Rng& rng) {
  const auto sizes = size_run(item, rng);
  const bool reduced = rng.chance(age_days > 300 ? 0.55 : (age_days > 150 ? 0.25 : 0.05));
  const double off = reduced ? 0.1 * static_cast<double>(2 + rng.below(4)) : 0;
  const double price = std::round(item.price * (1 - off) * 100) / 100;
  const double cost = item.price * (1 - rng.uniform(0.5, 0.68));
  // Three in a hundred garments have sold out altogether and wait for a delivery.
  const bool gone = rng.chance(0.03);
  const double depth = (2 + 16 * rng.uniform()) * std::exp(-age_days / 500);
  for (const auto& colour : item.colours) {
    const double liking = rng.uniform(0.5, 1.5);
    for (size_t i = 0; i < sizes.size(); ++i) {
      const double middle =
          sizes.size() == 1
              ? 1
              : 1 - std::abs(2.0 * static_cast<double>(i) / static_cast<double>(sizes.size() - 1) - 1);
      const bool sold_out = gone || rng.chance(0.05 + 0.0006 * age_days * (0.4 + 0.6 * middle));
      Variant v;
      v.sku = fmt::format("{}-{}", item.id, slug(colour.dye->name));
      if (!sizes[i].empty()) v.sku += "-" + slug(sizes[i]);
      v.size = sizes[i], v.colour = colour.dye->name, v.price = price;
      if (reduced) v.list_price = item.price;
      v.margin = std::clamp(std::round((1 - cost / price) * 1000) / 1000, 0.02, 0.9);
      v.stock = sold_out ? 0 : 1 + static_cast<int>(depth * liking * (0.5 + middle));
      garment.variants.push_back(std::move(v));
    }
  }
}

}  // namespace modiste::drawn_shop
