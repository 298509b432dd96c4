// How each kind is cut.
#include "drawn_shop/kinds.h"
#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using namespace drawing;  // enums of the design

// What a step of the cut chooses from; what it leaves empty, it leaves as it is.
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
  std::vector<Rule<Choice>> step;
  std::vector<DressForm> dress;
};

}  // namespace
}  // namespace modiste::drawn_shop

namespace modiste {

template <>
struct Contract<drawn_shop::Choice> {
  using T = drawn_shop::Choice;
  static constexpr auto kFields = Fields{field("silhouette", &T::silhouette), field("neckline", &T::neckline),
                                         field("sleeve", &T::sleeve), field("length", &T::length)};
};
template <>
struct Contract<drawn_shop::DressForm> {
  using T = drawn_shop::DressForm;
  static constexpr auto kFields = Fields{field("silhouette", &T::silhouette, drawn_shop::kNeeded),
                                         field("necklines", &T::necklines, drawn_shop::kNeeded),
                                         field("sleeves", &T::sleeves, drawn_shop::kNeeded),
                                         field("lengths", &T::lengths, drawn_shop::kNeeded),
                                         field("weight", &T::weight, drawn_shop::needed(0.01, 100))};
};
template <>
struct Contract<drawn_shop::Cuts> {
  using T = drawn_shop::Cuts;
  static constexpr auto kFields =
      Fields{field("step", &T::step, drawn_shop::kNeeded), field("dress", &T::dress, drawn_shop::kNeeded)};
};

}  // namespace modiste

namespace modiste::drawn_shop {
namespace {

Result<Done> check(const Cuts& cuts) {
  for (size_t i = 0; i < cuts.dress.size(); ++i)
    if (cuts.dress[i].necklines.empty() || cuts.dress[i].sleeves.empty() || cuts.dress[i].lengths.empty())
      return Error{Code::kInvalid, "a list is empty", fmt::format("/dress/{}", i),
                   "one word or more in each"};
  return check_rules(cuts.step, "/step");
}

const Cuts& cuts() {
  static const Cuts kCuts = read_own<Cuts>("cuts.toml");
  return kCuts;
}

void cut_dress(Design& d, Rng& rng) {
  double total = 0;
  for (const auto& form : cuts().dress) total += form.weight;
  double at = rng.uniform(0, total);
  const DressForm* chosen = &cuts().dress.back();
  for (const auto& form : cuts().dress)
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
  for (const auto& step : cuts().step) {
    if (!step.fits(d, {}, rng)) continue;
    if (!step.then.silhouette.empty()) d.silhouette = pick(rng, step.then.silhouette);
    if (!step.then.neckline.empty()) d.neckline = pick(rng, step.then.neckline);
    if (!step.then.sleeve.empty()) d.sleeve = pick(rng, step.then.sleeve);
    if (!step.then.length.empty()) d.length = pick(rng, step.then.length);
  }
}

}  // namespace modiste::drawn_shop
