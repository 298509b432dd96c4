// How each kind is cut.
#include "drawn_shop/kinds.h"
#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using namespace drawing;  // enums of the design

// What a step of the cut chooses from: one of the four lists has entries.
struct Choice {
  std::vector<Silhouette> silhouette;
  std::vector<Neckline> neckline;
  std::vector<Sleeve> sleeve;
  std::vector<Length> length;
};

struct DressForm {
  Silhouette silhouette{};
  std::vector<Neckline> necklines;
  std::vector<Sleeve> sleeves;
  std::vector<Length> lengths;
  double weight = 1;
};

struct Cuts {
  std::vector<Rule<Choice>> steps;
  std::vector<DressForm> dresses;
};

Choice read_choice(Row& row) {
  Choice choice{row.words_or_none<Silhouette>("silhouette"), row.words_or_none<Neckline>("neckline"),
                row.words_or_none<Sleeve>("sleeve"), row.words_or_none<Length>("length")};
  const int set = static_cast<int>(!choice.silhouette.empty()) + static_cast<int>(!choice.neckline.empty()) +
                  static_cast<int>(!choice.sleeve.empty()) + static_cast<int>(!choice.length.empty());
  if (set != 1)
    row.fail("", fmt::format("a step sets {} things", set), "one of silhouette, neckline, sleeve, length");
  return choice;
}

DressForm read_dress(Row& row) {
  return {row.word<Silhouette>("silhouette"), row.words<Neckline>("necklines"), row.words<Sleeve>("sleeves"),
          row.words<Length>("lengths"), row.number("weight", 0.01, 100)};
}

const Cuts& cuts() {
  static const Cuts kCuts = read_own("cuts.toml", [](Row& file) {
    return Cuts{read_rules(file, "step", read_choice), file.rows("dress", read_dress)};
  });
  return kCuts;
}

void cut_dress(Design& d, Rng& rng) {
  double total = 0;
  for (const auto& form : cuts().dresses) total += form.weight;
  double at = rng.uniform(0, total);
  const DressForm* chosen = &cuts().dresses.back();
  for (const auto& form : cuts().dresses)
    if ((at -= form.weight) < 0) {
      chosen = &form;
      break;
    }
  d.silhouette = chosen->silhouette;
  // Drawn even from lists of one, so that each dress takes as many numbers.
  d.neckline = rng.pick(std::span<const Neckline>(chosen->necklines));
  d.sleeve = rng.pick(std::span<const Sleeve>(chosen->sleeves));
  d.length = rng.pick(std::span<const Length>(chosen->lengths));
}

}  // namespace

void choose_cut(Design& d, Rng& rng) {
  if (d.kind == Kind::kDress) return cut_dress(d, rng);
  for (const auto& [when, then] : cuts().steps) {
    if (!when.fits(d, {}, rng)) continue;
    if (!then.silhouette.empty()) d.silhouette = pick(rng, then.silhouette);
    if (!then.neckline.empty()) d.neckline = pick(rng, then.neckline);
    if (!then.sleeve.empty()) d.sleeve = pick(rng, then.sleeve);
    if (!then.length.empty()) d.length = pick(rng, then.length);
  }
}

}  // namespace modiste::drawn_shop
