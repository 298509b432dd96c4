#include "drawn_shop/kinds.h"

#include <algorithm>
#include <initializer_list>

#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using namespace drawing;  // enums of the design

KindMarket read_kind(Row& row) {
  return {.menu = row.text("menu"),
          .noun = row.text("noun"),
          .role = row.word<OutfitRole>("role"),
          .sizing = row.word<Sizing>("sizing"),
          .price = row.number("price", 1, 10'000),
          .formality = row.number("formality", 0, 1),
          .women = row.number("women", 0, 100),
          .men = row.number("men", 0, 100),
          .unisex = row.flag("unisex")};
}

std::vector<std::string> read_seasons(Row& row) {
  auto seasons = row.texts("of");
  for (const auto& season : seasons)
    if (Vocabulary::standard().find(Facet::kSeason, season) == nullptr)
      row.fail("of", fmt::format("unknown season \"{}\"", season), "a name of the vocabulary");
  return seasons;
}

// The kinds come first: the conditions of the other tables ask for their roles.
struct Kinds {
  std::vector<KindMarket> market;
  std::vector<Rule<std::vector<std::string>>> seasons;
  std::vector<Rule<double>> formality;
};

const Kinds& kinds() {
  static const Kinds kKinds = read_own("kinds.toml", [](Row& file) {
    return Kinds{file.rows_by<Kind>("kind", read_kind), read_complete(file, "season", read_seasons),
                 read_rules(file, "formality", [](Row& row) { return row.number("add", -1, 1); })};
  });
  return kKinds;
}

bool any_of(Kind kind, std::initializer_list<Kind> list) {
  return std::find(list.begin(), list.end(), kind) != list.end();
}

}  // namespace

const KindMarket& market_of(Kind kind) { return kinds().market[static_cast<size_t>(kind)]; }

const std::vector<std::string>& seasons_of(const Design& d) {
  for (const auto& rule : kinds().seasons)
    if (rule.when.fits(d)) return rule.then;
  return kinds().seasons.back().then;
}

double formality_of(const Design& d) {
  double formality = market_of(d.kind).formality + market_of(d.material).formality;
  for (const auto& rule : kinds().formality)
    if (rule.when.fits(d)) formality += rule.then;
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
