// What garments are made of, and which prints that cloth and cut take.
#include <algorithm>

#include "drawn_shop/kinds.h"
#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using namespace drawing;  // enums of the design

struct Cloths {
  std::vector<MaterialMarket> material;
  std::vector<Rule<std::vector<Material>>> cloth;
  std::vector<Rule<std::vector<Knit>>> knit;
  std::vector<Rule<std::vector<Print>>> print;
};

}  // namespace
}  // namespace modiste::drawn_shop

namespace modiste {

template <>
struct Contract<drawn_shop::MaterialMarket> {
  using T = drawn_shop::MaterialMarket;
  static constexpr auto kFields = Fields{
      field("material", &T::material, drawn_shop::kNeeded), field("word", &T::word, drawn_shop::kNeeded),
      field("price", &T::price, drawn_shop::within(0.1, 10)),
      field("formality", &T::formality, drawn_shop::within(-1, 1)), field("unprinted", &T::unprinted)};
};
template <>
struct Contract<drawn_shop::Cloths> {
  using T = drawn_shop::Cloths;
  static constexpr auto kFields = Fields{
      field("material", &T::material, drawn_shop::kNeeded), field("cloth", &T::cloth, drawn_shop::kNeeded),
      field("knit", &T::knit, drawn_shop::kNeeded), field("print", &T::print, drawn_shop::kNeeded)};
};

}  // namespace modiste

namespace modiste::drawn_shop {
namespace {

Result<Done> check(const Cloths& cloths) {
  TRY(check_order(cloths.material, &MaterialMarket::material, "/material"));
  TRY(check_lists(cloths.cloth, "/cloth", true));
  TRY(check_lists(cloths.knit, "/knit"));
  return check_lists(cloths.print, "/print");
}

const Cloths& cloths() {
  static const Cloths kCloths = read_own<Cloths>("cloths.toml");
  return kCloths;
}

}  // namespace

const MaterialMarket& market_of(Material material) {
  return cloths().material[static_cast<size_t>(material)];
}

void choose_cloth(Design& d, std::string_view aesthetic, Rng& rng) {
  d.material = pick(rng, first_fitting(cloths().cloth, d, aesthetic, rng));
  // Lace and sequins are not cut into legs.
  if (d.kind == Kind::kJumpsuit && (d.material == Material::kLace || d.material == Material::kSequin))
    d.material = Material::kSatin;
  d.knit = Knit::kNone;
  for (const auto& rule : cloths().knit)
    if (rule.fits(d, aesthetic, rng)) d.knit = pick(rng, rule.then);
}

bool takes_print(const Design& d, Print print) {
  const bool unprinted = market_of(d.material).unprinted;
  return std::any_of(cloths().print.begin(), cloths().print.end(), [&](const auto& rule) {
    return std::find(rule.then.begin(), rule.then.end(), print) != rule.then.end() &&
           !(unprinted && rule.materials.empty()) && rule.fits(d);
  });
}

}  // namespace modiste::drawn_shop
