#include "context/suitability.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

// Judgements, not measurements. Warmth is on the scale from 0, heat, to 1, hard frost.
constexpr double kWarmthNear = 0.2, kWarmthFar = 0.4;
constexpr double kLightest = 0.05, kWarmest = 0.75;  // most garments' warmth is between them
constexpr double kSeasonPossible = 0.2;              // probability from which a season is dressed for
// A season's usual temperature says less than today's weather.
constexpr double kWarmthFarInferred = 0.55;

bool names(const ItemFacts& item, size_t term) {
  return std::binary_search(item.terms.begin(), item.terms.end(), static_cast<TermId>(term));
}

double warmth_away(double warmth, double wanted) {
  return std::abs(warmth - std::clamp(wanted, kLightest, kWarmest));
}

bool occasion_told(const Context& context) { return context.occasions_known == Provenance::kExplicit; }
bool season_told(const Context& context) { return context.seasons_known == Provenance::kExplicit; }
bool warmth_told(const Context& context) {
  return context.warmth_known == Provenance::kExplicit ||
         (context.warmth_known == Provenance::kWeather && context.weather_told);
}
bool warmth_measured(const Context& context) {
  return context.warmth_known == Provenance::kWeather && !context.weather_told;
}

// What the garment says of seasons goes before what its fabric suggests.
Suits suits_told_weather(const ItemFacts& item, const Context& context, const Vocabulary& vocabulary) {
  const Suits season =
      season_told(context) ? suits_season(item, context.seasons, vocabulary) : Suits::kUnknown;
  if (season != Suits::kUnknown || !warmth_told(context)) return season;
  return suits_warmth(item, context.warmth, vocabulary);
}

bool out_of_season(const ItemFacts& item, const Context& context, const Vocabulary& vocabulary) {
  const Suits season = suits_season(item, context.seasons, vocabulary);
  if (season != Suits::kUnknown) return season == Suits::kNo;
  const auto warmth = warmth_of(item, vocabulary);
  return warmth && warmth_away(*warmth, context.warmth) > kWarmthFarInferred;
}

// Without a place the season is a guess at the hemisphere: a shop in Sydney would be wrong every day.
bool season_inferred(const Situation& situation) {
  return situation.newcomer && situation.context.seasons_known == Provenance::kPlace;
}

}  // namespace

Suits suits_occasion(const ItemFacts& item, Occasion occasion, const Vocabulary& vocabulary) {
  const size_t first = vocabulary.terms(Facet::kOccasion).front().id;
  if (names(item, first + static_cast<size_t>(occasion))) return Suits::kYes;
  for (size_t o = 0; o < kOccasionCount; ++o)
    if (names(item, first + o)) return Suits::kNo;
  return Suits::kUnknown;
}

Suits suits_season(const ItemFacts& item, const SeasonVector& seasons, const Vocabulary& vocabulary) {
  const size_t first = vocabulary.terms(Facet::kSeason).front().id;
  const Term* whole_year = vocabulary.find(Facet::kSeason, "all-season");
  double match = 0;
  bool named = false;
  for (size_t s = 0; s < kSeasonCount; ++s)
    if (names(item, first + s)) {
      match += seasons[s];
      named = true;
    }
  if (match >= kSeasonPossible || (whole_year != nullptr && names(item, whole_year->id))) return Suits::kYes;
  return named ? Suits::kNo : Suits::kUnknown;
}

std::optional<double> warmth_of(const ItemFacts& item, const Vocabulary& vocabulary) {
  double sum = 0, known = 0;
  for (const TermId term : item.terms)
    if (const auto warmth = vocabulary.term(term).warmth) {
      sum += *warmth;
      ++known;
    }
  return known > 0 ? std::optional(sum / known) : std::nullopt;
}

Suits suits_warmth(const ItemFacts& item, double wanted, const Vocabulary& vocabulary) {
  const auto warmth = warmth_of(item, vocabulary);
  if (!warmth) return Suits::kUnknown;
  const double away = warmth_away(*warmth, wanted);
  return away <= kWarmthNear ? Suits::kYes : away > kWarmthFar ? Suits::kNo : Suits::kUnknown;
}

int situation_misfit(const ItemFacts& item, const Situation& situation, const Vocabulary& vocabulary) {
  constexpr int kOccasionStep = 3;
  const Context& context = situation.context;
  int misfit = 0;
  if (occasion_told(context))
    misfit += kOccasionStep * static_cast<int>(suits_occasion(item, context.occasion(), vocabulary));
  if (season_told(context) || warmth_told(context))
    misfit += static_cast<int>(suits_told_weather(item, context, vocabulary));
  else if (warmth_measured(context))
    misfit += suits_warmth(item, context.warmth, vocabulary) == Suits::kNo ? 1 : 0;
  else if (season_inferred(situation))
    misfit += out_of_season(item, context, vocabulary) ? 1 : 0;
  return misfit;
}

std::vector<int> misfit_steps(const Situation& situation) {
  const Context& context = situation.context;
  const bool weather = season_told(context) || warmth_told(context);
  if (occasion_told(context))
    return weather ? std::vector{0, 2, 5, kMisfitMax} : std::vector{2, 5, kMisfitMax};
  if (weather) return {0, 1, kMisfitMax};
  if (warmth_measured(context) || season_inferred(situation)) return {0, kMisfitMax};
  return {kMisfitMax};
}

}  // namespace modiste
