// The eight invented brands of the drawn shop (data/brands.toml, which says what each member means).
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "drawn_shop/data_file.h"
#include "drawn_shop/drawing/design.h"

namespace modiste::drawn_shop {

struct PrintShare {
  drawing::Print print{};
  double chance = 0;
};

struct Brand {
  std::string name, code;
  std::vector<std::string> aesthetics;
  double share = 1, women = 0.6, price = 1, formality = 0;
  std::string backdrop, hardware;
  std::vector<std::string> dyes;
  std::vector<PrintShare> prints;
  std::vector<drawing::Fit> fits;
  std::vector<std::string> names, openers, closers;
  std::map<std::string, double> kinds;
};

struct Brands {
  std::vector<Brand> brand;
};

// In the file's order.
[[nodiscard]] std::span<const Brand> brands();

// What the file must keep beyond its contract: words of other files, and lists with an entry.
[[nodiscard]] Result<Done> check(const Brands& brands);

}  // namespace modiste::drawn_shop

namespace modiste {

template <>
struct Contract<drawn_shop::PrintShare> {
  using T = drawn_shop::PrintShare;
  static constexpr auto kFields = Fields{field("print", &T::print, drawn_shop::kNeeded),
                                         field("chance", &T::chance, drawn_shop::needed(0, 1))};
};

template <>
struct Contract<drawn_shop::Brand> {
  using T = drawn_shop::Brand;
  static constexpr auto kFields = Fields{field("name", &T::name, drawn_shop::kNeeded),
                                         field("code", &T::code, drawn_shop::kNeeded),
                                         field("aesthetics", &T::aesthetics, drawn_shop::kNeeded),
                                         field("share", &T::share, drawn_shop::needed(0, 10)),
                                         field("women", &T::women, drawn_shop::needed(0, 1)),
                                         field("price", &T::price, drawn_shop::needed(0.1, 10)),
                                         field("formality", &T::formality, drawn_shop::within(-1, 1)),
                                         field("backdrop", &T::backdrop, drawn_shop::kNeeded),
                                         field("hardware", &T::hardware, drawn_shop::kNeeded),
                                         field("dyes", &T::dyes, drawn_shop::kNeeded),
                                         field("prints", &T::prints, drawn_shop::kNeeded),
                                         field("fits", &T::fits, drawn_shop::kNeeded),
                                         field("names", &T::names, drawn_shop::kNeeded),
                                         field("openers", &T::openers, drawn_shop::kNeeded),
                                         field("closers", &T::closers, drawn_shop::kNeeded),
                                         field("kinds", &T::kinds, drawn_shop::within(0, 10))};
};

template <>
struct Contract<drawn_shop::Brands> {
  static constexpr auto kFields = Fields{field("brand", &drawn_shop::Brands::brand, drawn_shop::kNeeded)};
};

}  // namespace modiste
