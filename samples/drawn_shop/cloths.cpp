// What garments are made of, and which prints that cloth and cut take.
#include <algorithm>

#include "drawn_shop/kinds.h"
#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using namespace drawing;  // enums of the design

struct Cloths {
  std::vector<MaterialMarket> market;
  std::vector<Rule<std::vector<Material>>> cloth;
  std::vector<Rule<std::vector<Knit>>> knit;
  std::vector<Rule<std::vector<Print>>> print;
};

Cloths read_cloths(Row& file) {
  return {file.rows_by<Material>("material",
                                 [](Row& row) {
                                   return MaterialMarket{row.text("word"), row.number("price", 0.1, 10, 1),
                                                         row.number("formality", -1, 1, 0),
                                                         row.flag("unprinted")};
                                 }),
          read_complete(file, "cloth", [](Row& row) { return row.words<Material>("of"); }),
          read_rules(file, "knit", [](Row& row) { return row.words<Knit>("of"); }),
          read_rules(file, "print", [](Row& row) { return row.words<Print>("of"); })};
}

const Cloths& cloths() {
  static const Cloths kCloths = read_own("cloths.toml", read_cloths);
  return kCloths;
}

}  // namespace

const MaterialMarket& market_of(Material material) { return cloths().market[static_cast<size_t>(material)]; }

void choose_cloth(Design& d, std::string_view aesthetic, Rng& rng) {
  d.material = pick(rng, first_fitting(cloths().cloth, d, aesthetic, rng));
  // Lace and sequins are not cut into legs.
  if (d.kind == Kind::kJumpsuit && (d.material == Material::kLace || d.material == Material::kSequin))
    d.material = Material::kSatin;
  d.knit = Knit::kNone;
  for (const auto& rule : cloths().knit)
    if (rule.when.fits(d, aesthetic, rng)) d.knit = pick(rng, rule.then);
}

bool takes_print(const Design& d, Print print) {
  const bool unprinted = market_of(d.material).unprinted;
  return std::any_of(cloths().print.begin(), cloths().print.end(), [&](const auto& rule) {
    return std::find(rule.then.begin(), rule.then.end(), print) != rule.then.end() &&
           !(unprinted && rule.when.materials.empty()) && rule.when.fits(d);
  });
}

}  // namespace modiste::drawn_shop
