#include "drawn_shop/brands.h"

#include "drawn_shop/data_file.h"
#include "drawn_shop/dyes.h"

namespace modiste::drawn_shop {
namespace {

std::vector<std::string> read_dyes(Row& row) {
  auto names = row.texts("dyes");
  for (const auto& name : names)
    if (!is_dye(name)) row.fail("dyes", fmt::format("unknown dye \"{}\"", name), "a name in colours.toml");
  return names;
}

Brand read_brand(Row& row) {
  return {.name = row.text("name"),
          .code = row.text("code"),
          .aesthetics = row.texts("aesthetics"),
          .share = row.number("share", 0, 10),
          .women = row.number("women", 0, 1),
          .price = row.number("price", 0.1, 10),
          .formality = row.number("formality", -1, 1, 0),
          .backdrop = row.ink("backdrop"),
          .hardware = row.ink("hardware"),
          .dyes = read_dyes(row),
          .prints = row.weights<drawing::Print>("prints", 1),
          .kinds = row.weights<drawing::Kind>("kinds", 10),
          .fits = row.words<drawing::Fit>("fits"),
          .names = row.texts("names"),
          .openers = row.texts("openers"),
          .closers = row.texts("closers")};
}

}  // namespace

std::span<const Brand> brands() {
  static const std::vector<Brand> kBrands =
      read_own("brands.toml", [](Row& file) { return file.rows("brand", read_brand); });
  return kBrands;
}

}  // namespace modiste::drawn_shop
