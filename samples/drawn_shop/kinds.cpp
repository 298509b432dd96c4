#include "drawn_shop/kinds.h"

#include <algorithm>
#include <initializer_list>

#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using namespace drawing;  // enums of the design

struct Kinds {
  std::vector<KindMarket> kind;
  std::vector<Rule<std::vector<std::string>>> season;
  std::vector<Rule<double>> formality;
};

}  // namespace
}  // namespace modiste::drawn_shop

namespace modiste {

template <>
struct Contract<drawn_shop::KindMarket> {
  using T = drawn_shop::KindMarket;
  static constexpr auto kFields = Fields{field("kind", &T::kind, drawn_shop::kNeeded),
                                         field("menu", &T::menu, drawn_shop::kNeeded),
                                         field("noun", &T::noun, drawn_shop::kNeeded),
                                         field("role", &T::role, drawn_shop::kNeeded),
                                         field("sizing", &T::sizing, drawn_shop::kNeeded),
                                         field("price", &T::price, drawn_shop::needed(1, 10'000)),
                                         field("formality", &T::formality, drawn_shop::needed(0, 1)),
                                         field("women", &T::women, drawn_shop::needed(0, 100)),
                                         field("men", &T::men, drawn_shop::needed(0, 100)),
                                         field("unisex", &T::unisex)};
};
template <>
struct Contract<drawn_shop::Kinds> {
  using T = drawn_shop::Kinds;
  static constexpr auto kFields =
      Fields{field("kind", &T::kind, drawn_shop::kNeeded), field("season", &T::season, drawn_shop::kNeeded),
             field("formality", &T::formality, drawn_shop::kNeeded)};
};

}  // namespace modiste

namespace modiste::drawn_shop {
namespace {

Result<Done> check(const Kinds& kinds) {
  TRY(check_order(kinds.kind, &KindMarket::kind, "/kind"));
  for (size_t i = 0; i < kinds.season.size(); ++i)
    for (const auto& season : kinds.season[i].then)
      if (Vocabulary::standard().find(Facet::kSeason, season) == nullptr)
        return unknown_word(season, fmt::format("/season/{}/then", i), "a season of the vocabulary");
  TRY(check_rules(kinds.season, "/season", true));
  return check_rules(kinds.formality, "/formality");
}

const Kinds& kinds() {
  static const Kinds kKinds = read_own<Kinds>("kinds.toml");
  return kKinds;
}

bool any_of(Kind kind, std::initializer_list<Kind> list) {
  return std::find(list.begin(), list.end(), kind) != list.end();
}

}  // namespace

const KindMarket& market_of(Kind kind) { return kinds().kind[static_cast<size_t>(kind)]; }

const std::vector<std::string>& seasons_of(const Design& d) { return *first_fitting(kinds().season, d); }

double formality_of(const Design& d) {
  double formality = market_of(d.kind).formality + market_of(d.material).formality;
  for (const auto& rule : kinds().formality)
    if (rule.fits(d)) formality += rule.then;
  return std::clamp(formality, 0.02, 0.98);
}

std::vector<std::string_view> occasions_of(const Design& d, double formality, std::string_view aesthetic) {
  std::vector<std::string_view> occasions;
  const auto role = market_of(d.kind).role;
  const auto add = [&](std::string_view word, bool when) {
    if (when) occasions.push_back(word);
  };
  const bool sporty =
      any_of(d.kind, {Kind::kLeggings, Kind::kJoggers, Kind::kHoodie, Kind::kSweatshirt, Kind::kBackpack,
                      Kind::kBeanie, Kind::kCap, Kind::kParka, Kind::kPuffer}) ||
      (d.kind == Kind::kSneakers && d.variant % 4 == 1) ||
      (d.material == Material::kPolyester && role == OutfitRole::kTop);
  const bool bare = d.material == Material::kSequin || d.length == Length::kMini ||
                    d.sleeve == Sleeve::kStrap || d.neckline == Neckline::kOffShoulder;
  add("casual", formality < 0.56);
  add("work", formality >= 0.36 && formality <= 0.78 && !bare && d.print != Print::kAnimal);
  add("date", formality >= 0.36 && formality <= 0.84 && role != OutfitRole::kOuter);
  add("party",
      formality >= 0.5 || d.material == Material::kSequin || (aesthetic == "edgy" && formality > 0.28));
  add("wedding", formality >= 0.62 && d.material != Material::kLeather && role != OutfitRole::kOuter);
  add("formal", formality >= 0.74);
  add("sport", sporty && formality < 0.3);
  add("travel", formality < 0.45 && role != OutfitRole::kAccessory);
  add("beach", any_of(d.kind, {Kind::kShorts, Kind::kTank, Kind::kSunglasses}) ||
                   d.material == Material::kStraw || (d.kind == Kind::kSandals && formality < 0.4) ||
                   (d.material == Material::kLinen && role == OutfitRole::kOnePiece));
  add("lounge", any_of(d.kind, {Kind::kJoggers, Kind::kHoodie, Kind::kSweatshirt, Kind::kLeggings}));
  return occasions;
}

}  // namespace modiste::drawn_shop
