#include "outfits/explicit_compatibility.h"

#include <algorithm>

#include "outfits/colour_harmony.h"
#include "outfits/proportion_rules.h"

namespace modiste::outfits {
namespace {

constexpr float kNoVolume = 9;
constexpr double kWarmthGapFine = 0.45, kWarmthGapMax = 0.85;
// Beyond it shoes or an accessory are not worn with the clothes: gloves with shorts, sandals with a puffer
// coat.
constexpr double kWarmthGapWorn = 0.65;

double falling(double value, double from, double to) {
  return std::clamp((to - value) / (to - from), 0.0, 1.0);
}

// Half the mean and half the worst: one clash is not made good by three pairs that go.
class MeanAndWorst {
 public:
  void add(double value) {
    sum_ += value, worst_ = std::min(worst_, value);
    ++count_;
  }
  [[nodiscard]] std::optional<double> value() const {
    if (count_ == 0) return std::nullopt;
    return 0.5 * sum_ / count_ + 0.5 * worst_;
  }

 private:
  double sum_ = 0, worst_ = 1;
  int count_ = 0;
};

std::optional<double> colour_of(std::span<const Wearable> pieces) {
  MeanAndWorst harmony;
  for (size_t i = 0; i < pieces.size(); ++i)
    for (size_t j = i + 1; j < pieces.size(); ++j)
      if (pieces[i].colour && pieces[j].colour)
        harmony.add(colour_harmony(*pieces[i].colour, *pieces[j].colour));
  return harmony.value();
}

std::optional<double> formality_of(std::span<const Wearable> pieces) {
  double low = 1, high = 0;
  int known = 0;
  for (const Wearable& piece : pieces) {
    if (!piece.formality) continue;
    low = std::min(low, *piece.formality), high = std::max(high, *piece.formality);
    ++known;
  }
  if (known < 2) return std::nullopt;
  return falling(high - low, kFormalityEqual, kFormalityGapMax);
}

// What is worn under another garment may be light in the cold: its warmth says nothing beside a coat's.
bool is_under(OutfitRole role) { return role == OutfitRole::kTop || role == OutfitRole::kMidLayer; }
bool is_over(OutfitRole role) { return role == OutfitRole::kOuter || role == OutfitRole::kMidLayer; }

bool warmth_tells(const Wearable& a, const Wearable& b) {
  return a.warmth && b.warmth && !(is_under(a.role) && is_over(b.role)) &&
         !(is_under(b.role) && is_over(a.role));
}

std::optional<double> season_of(std::span<const Wearable> pieces) {
  uint8_t common = kAllYear;
  int known = 0;
  for (const Wearable& piece : pieces)
    if (piece.seasons != 0) {
      common = static_cast<uint8_t>(common & piece.seasons);
      ++known;
    }
  MeanAndWorst fits;
  if (known >= 2) fits.add(common != 0 ? 1 : 0);
  for (size_t i = 0; i < pieces.size(); ++i)
    for (size_t j = i + 1; j < pieces.size(); ++j)
      if (warmth_tells(pieces[i], pieces[j]))
        fits.add(falling(std::abs(*pieces[i].warmth - *pieces[j].warmth), kWarmthGapFine, kWarmthGapMax));
  return fits.value();
}

bool covers(OutfitRole role) {
  return role == OutfitRole::kTop || role == OutfitRole::kBottom || role == OutfitRole::kOnePiece ||
         role == OutfitRole::kSuit;
}

// Heels with track pants: shoes far dressier than the clothes, or the reverse.
bool is_far_in_formality(const Wearable& a, const Wearable& b) {
  if (!a.formality || !b.formality || std::abs(*a.formality - *b.formality) <= kFormalityGapMax) return false;
  return (a.role == OutfitRole::kShoes && covers(b.role)) || (b.role == OutfitRole::kShoes && covers(a.role));
}

// A top alone says little: sandals go with a sweater in the evening.
bool is_far_in_warmth(const Wearable& a, const Wearable& b) {
  if (!a.warmth || !b.warmth || std::abs(*a.warmth - *b.warmth) <= kWarmthGapWorn) return false;
  const auto beside = [](OutfitRole role) {
    return role == OutfitRole::kShoes || role == OutfitRole::kAccessory;
  };
  const auto tells = [](OutfitRole role) {
    return role == OutfitRole::kBottom || role == OutfitRole::kOnePiece || role == OutfitRole::kSuit ||
           role == OutfitRole::kOuter;
  };
  return (beside(a.role) && tells(b.role)) || (beside(b.role) && tells(a.role));
}

}  // namespace

std::string_view name_of_term(CompatibilityTerm term) {
  constexpr std::array<std::string_view, kCompatibilityTerms> kNames{"colour", "formality", "season",
                                                                     "pattern", "proportion"};
  return kNames[static_cast<size_t>(term)];
}

ExplicitCompatibility::ExplicitCompatibility(const Vocabulary& vocabulary, const ExplicitWeights& weights)
    : weights_{weights.colour, weights.formality, weights.season, weights.pattern, weights.proportion},
      volumes_(vocabulary.terms().size(), kNoVolume),
      muted_(vocabulary.terms().size(), false),
      shirts_(vocabulary.terms().size(), false),
      neckwear_(vocabulary.terms().size(), false),
      knits_(vocabulary.terms().size(), false),
      jackets_(vocabulary.terms().size(), false),
      waistcoats_(vocabulary.terms().size(), false),
      roomy_(vocabulary.terms().size(), false) {
  for (const VolumeTerm& row : kVolumes)
    if (const Term* term = vocabulary.find(row.facet, row.name)) volumes_[term->id] = row.volume;
  for (const std::string_view name : {"solid", "melange", "embroidered", "lace-pattern"})
    if (const Term* term = vocabulary.find(Facet::kPattern, name)) muted_[term->id] = true;
  const auto mark = [&](std::vector<bool>& marked, std::string_view ancestor) {
    const Term* above = vocabulary.find(Facet::kCategory, ancestor);
    if (above == nullptr) return;
    for (const Term& term : vocabulary.terms(Facet::kCategory))
      if (vocabulary.is_a(term.id, above->id)) marked[term.id] = true;
  };
  mark(shirts_, "shirt");
  mark(neckwear_, "tie"), mark(neckwear_, "suspenders");
  for (const std::string_view name :
       {"sweater", "sweatshirt", "sweater-dress", "fleece-jacket", "track-jacket"})
    mark(knits_, name);
  mark(jackets_, "jacket");
  mark(waistcoats_, "waistcoat");
  for (const std::string_view name : {"puffer-jacket", "rain-jacket", "windbreaker", "ski-jacket"})
    mark(roomy_, name);
}

bool ExplicitCompatibility::is_print(const Wearable& piece) const {
  return piece.pattern && !muted_[*piece.pattern];
}

std::optional<double> ExplicitCompatibility::volume(const Wearable& piece) const {
  // "Slim" and "flared" at once: the eye sees the flare. Else what is furthest from plain.
  constexpr double kSeen = 0.4;
  std::optional<double> widest, furthest;
  for (const TermId term : piece.terms) {
    if (volumes_[term] == kNoVolume) continue;
    const auto volume = static_cast<double>(volumes_[term]);
    if (volume >= kSeen) widest = std::max(widest.value_or(volume), volume);
    if (!furthest || std::abs(volume) > std::abs(*furthest)) furthest = volume;
  }
  return widest ? widest : furthest;
}

bool ExplicitCompatibility::forbids(const Wearable& a, const Wearable& b) const {
  const auto without_collar = [&](const Wearable& neck, const Wearable& other) {
    if (!neck.category || !neckwear_[*neck.category]) return false;
    if (other.role == OutfitRole::kOnePiece) return true;
    return other.role == OutfitRole::kTop && !(other.category && shirts_[*other.category]);
  };
  const auto knit_over_knit = [&](const Wearable& over, const Wearable& under) {
    return over.role == OutfitRole::kMidLayer &&
           (under.role == OutfitRole::kTop || under.role == OutfitRole::kOnePiece) && over.category &&
           under.category && knits_[*over.category] && knits_[*under.category];
  };
  const auto jacket_over_jacket = [&](const Wearable& over, const Wearable& under) {
    const bool jacket = under.role == OutfitRole::kSuit ||
                        (under.role == OutfitRole::kMidLayer && under.category && jackets_[*under.category]);
    return over.role == OutfitRole::kOuter && jacket && over.category && jackets_[*over.category] &&
           !roomy_[*over.category];
  };
  // A suit has its jacket.
  const auto second_jacket = [&](const Wearable& suit, const Wearable& layer) {
    return suit.role == OutfitRole::kSuit && layer.role == OutfitRole::kMidLayer &&
           !(layer.category && waistcoats_[*layer.category]);
  };
  return without_collar(a, b) || without_collar(b, a) || knit_over_knit(a, b) || knit_over_knit(b, a) ||
         jacket_over_jacket(a, b) || jacket_over_jacket(b, a) || second_jacket(a, b) || second_jacket(b, a) ||
         is_far_in_formality(a, b) || is_far_in_warmth(a, b);
}

ExplicitTerms ExplicitCompatibility::terms(std::span<const Wearable> pieces) const {
  ExplicitTerms terms;
  const auto put = [&](CompatibilityTerm term, std::optional<double> value) {
    terms.values[static_cast<size_t>(term)] = value;
  };
  put(CompatibilityTerm::kColour, colour_of(pieces));
  put(CompatibilityTerm::kFormality, formality_of(pieces));
  put(CompatibilityTerm::kSeason, season_of(pieces));

  std::array<const Wearable*, 2> prints{};
  size_t printed = 0, known = 0;
  for (const Wearable& piece : pieces) {
    if (piece.pattern) ++known;
    if (!is_print(piece)) continue;
    if (printed < prints.size()) prints[printed] = &piece;
    ++printed;
  }
  if (known > 0) {
    const bool alike = printed == 2 && prints[0]->pattern == prints[1]->pattern;
    put(CompatibilityTerm::kPattern, printed < 2 ? 1.0 : printed > 2 ? 0.0 : alike ? 0.5 : 0.25);
  }

  std::optional<double> upper, lower;
  for (const Wearable& piece : pieces) {
    if (piece.role == OutfitRole::kTop) upper = volume(piece);
    if (piece.role == OutfitRole::kBottom) lower = volume(piece);
  }
  if (upper && lower) put(CompatibilityTerm::kProportion, balance(*upper, *lower));

  double sum = 0, weight = 0;
  for (size_t t = 0; t < kCompatibilityTerms; ++t) {
    sum += weights_[t] * terms.values[t].value_or(kUnknownValue);
    weight += weights_[t];
  }
  terms.score = weight > 0 ? sum / weight : kUnknownValue;
  return terms;
}

double ExplicitCompatibility::pair(const Wearable& a, const Wearable& b) const {
  const std::array<Wearable, 2> both{a, b};
  return terms(both).score;
}

double ExplicitCompatibility::set(std::span<const Wearable> pieces) const { return terms(pieces).score; }

}  // namespace modiste::outfits
