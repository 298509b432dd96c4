#include "context/suitability.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/contains.h"
#include "context/modulation.h"
#include "context/weather_fit.h"

namespace modiste {
namespace {

// Judgements, not measurements. Warmth is on the scale from 0, heat, to 1, hard frost.
constexpr double kWarmthNear = 0.2, kWarmthFar = 0.4;
constexpr double kLightest = 0.05, kWarmest = 0.75;  // most garments' warmth is between them
constexpr double kSeasonPossible = 0.2;              // probability from which a season is dressed for
// A season's usual temperature says less than today's weather.
constexpr double kWarmthFarInferred = 0.55;
constexpr int kOccasionStep = 3;  // an occasion counts more than the worst weather

// The garment's terms of a facet, by rising id. Filters call this for every item that a search meets.
std::span<const TermId> terms_of(const ItemFacts& item, Facet facet, const Vocabulary& vocabulary) {
  const auto of_facet = vocabulary.terms(facet);
  const auto begin = std::lower_bound(item.terms.begin(), item.terms.end(), of_facet.front().id);
  const auto end = std::upper_bound(begin, item.terms.end(), of_facet.back().id);
  return {begin, end};
}

// Kinds that are worn for one occasion, whether they name it or not.
std::optional<TermId> worn_for(const ItemFacts& item, const Vocabulary& vocabulary) {
  return item.category == kNoTerm ? std::nullopt : vocabulary.term(item.category).worn_for;
}

// Kinds that leave the body bare, and are light whatever they are of: sandals, shorts, tank tops.
constexpr double kBare = 0.1;

// Whether the fabric warms: of clothes, but not of a handbag, a belt or a loafer. The unknown are clothes.
bool is_worn_on_the_body(const ItemFacts& item, const Vocabulary& vocabulary) {
  if (item.category == kNoTerm) return true;
  const auto& possible = vocabulary.term(item.category).possible;
  return possible.test(static_cast<size_t>(Facet::kFit)) ||
         possible.test(static_cast<size_t>(Facet::kLength));
}

// What is worn under another garment, or with tights as dresses and skirts are: in the cold it may be light,
// unless its kind is bare or it names other seasons only.
bool may_be_light(const ItemFacts& item, const Context& context, const Vocabulary& vocabulary) {
  if (item.category == kNoTerm) return false;
  const Term& kind = vocabulary.term(item.category);
  if (kind.role == OutfitRole::kTop || kind.role == OutfitRole::kMidLayer) return true;
  if (kind.role != OutfitRole::kOnePiece && kind.name != "skirt") return false;
  return warmth_of(item, vocabulary).value_or(1) > kBare &&
         suits_season(item, context.seasons, vocabulary) != Suits::kNo;
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
  return suits_weather(item, context, vocabulary);
}

bool out_of_season(const ItemFacts& item, const Context& context, const Vocabulary& vocabulary) {
  const Suits season = suits_season(item, context.seasons, vocabulary);
  if (season != Suits::kUnknown) return season == Suits::kNo;
  const auto warmth = warmth_of(item, vocabulary);
  if (!warmth || (*warmth < context.warmth && may_be_light(item, context, vocabulary))) return false;
  return warmth_away(*warmth, context.warmth) > kWarmthFarInferred;
}

// Without a place the season is a guess at the hemisphere: a shop in Sydney would be wrong every day.
bool season_inferred(const Situation& situation) {
  return situation.newcomer && situation.context.seasons_known == Provenance::kPlace;
}

}  // namespace

Suits suits_occasion(const ItemFacts& item, Occasion occasion, const Vocabulary& vocabulary) {
  const auto named = terms_of(item, Facet::kOccasion, vocabulary);
  const TermId wanted = term_of(occasion, vocabulary);
  if (!named.empty()) return contains(named, wanted) ? Suits::kYes : Suits::kNo;
  const auto only = worn_for(item, vocabulary);
  if (!only) return Suits::kUnknown;
  return *only == wanted ? Suits::kYes : Suits::kNo;
}

Suits suits_season(const ItemFacts& item, const SeasonVector& seasons, const Vocabulary& vocabulary) {
  const TermId first = vocabulary.terms(Facet::kSeason).front().id;
  double match = 0;
  bool named = false;
  for (const TermId term : terms_of(item, Facet::kSeason, vocabulary)) {
    const size_t season = static_cast<size_t>(term) - first;
    if (season < kSeasonCount) {
      match += seasons[season];
      named = true;
    } else if (vocabulary.term(term).name == "all-season") {
      return Suits::kYes;
    }
  }
  if (!named) return Suits::kUnknown;
  return match >= kSeasonPossible ? Suits::kYes : Suits::kNo;
}

std::optional<double> warmth_of(const ItemFacts& item, const Vocabulary& vocabulary) {
  double sum = 0, known = 0;
  std::optional<double> kind;
  const bool worn = is_worn_on_the_body(item, vocabulary);
  for (const TermId id : item.terms) {
    const Term& term = vocabulary.term(id);
    if (!term.warmth) continue;
    if (term.facet == Facet::kCategory) kind = std::min(kind.value_or(1), *term.warmth);
    sum += *term.warmth;
    ++known;
  }
  if (kind && *kind <= kBare) return kind;
  return known > 0 && (kind || worn) ? std::optional(sum / known) : std::nullopt;
}

Suits suits_warmth(const ItemFacts& item, double wanted, const Vocabulary& vocabulary) {
  const auto warmth = warmth_of(item, vocabulary);
  if (!warmth) return Suits::kUnknown;
  const double away = warmth_away(*warmth, wanted);
  return away <= kWarmthNear ? Suits::kYes : away > kWarmthFar ? Suits::kNo : Suits::kUnknown;
}

Suits suits_weather(const ItemFacts& item, const Context& context, const Vocabulary& vocabulary) {
  const Suits suits = suits_warmth(item, context.warmth, vocabulary);
  const bool light = suits == Suits::kNo && *warmth_of(item, vocabulary) < context.warmth;
  return light && may_be_light(item, context, vocabulary) ? Suits::kUnknown : suits;
}

int situation_misfit(const ItemFacts& item, const Situation& situation, const Vocabulary& vocabulary) {
  const Context& context = situation.context;
  int misfit = 0;
  if (occasion_told(context))
    misfit += kOccasionStep * static_cast<int>(suits_occasion(item, context.occasion(), vocabulary));
  if (season_told(context) || warmth_told(context))
    misfit += static_cast<int>(suits_told_weather(item, context, vocabulary));
  else if (warmth_measured(context))
    misfit += suits_weather(item, context, vocabulary) == Suits::kNo ? 1 : 0;
  else if (season_inferred(situation))
    misfit += out_of_season(item, context, vocabulary) ? 1 : 0;
  return misfit;
}

void require_misfit(int misfit_max, const Situation& situation, const SlotColumns& columns,
                    const Vocabulary& vocabulary, SlotQuery& query) {
  const Context& context = situation.context;
  if (occasion_told(context)) {
    const auto named = vocabulary.terms(Facet::kOccasion);
    const Column wanted = columns.has(named[static_cast<size_t>(context.occasion())].id);
    SlotQuery::Provided others{{}, {wanted}};
    for (const Term& term : named) others.where.push_back(columns.has(term.id));
    if (misfit_max < kOccasionStep) {
      std::vector<Column> suited{wanted};
      for (const Term& kind : vocabulary.terms(Facet::kCategory))
        if (kind.worn_for == term_of(context.occasion(), vocabulary)) suited.push_back(columns.is(kind.id));
      query.any_of.push_back(std::move(suited));
    } else if (misfit_max < 2 * kOccasionStep)
      query.provided.push_back(std::move(others));
    if (misfit_max >= kOccasionStep) return;  // an unknown occasion leaves the weather open
  }
  const bool told = season_told(context);
  const bool inferred =
      !told && !warmth_told(context) && !warmth_measured(context) && season_inferred(situation);
  if (!(told && misfit_max < 2) && !(inferred && misfit_max < 1)) return;
  SlotQuery::Provided seasons;
  for (const Term& term : vocabulary.terms(Facet::kSeason)) {
    const size_t season = static_cast<size_t>(term.id) - vocabulary.terms(Facet::kSeason).front().id;
    if (season < kSeasonCount) seasons.where.push_back(columns.has(term.id));
    if (season < kSeasonCount ? context.seasons[season] > 0 : term.name == "all-season")
      seasons.wanted.push_back(columns.has(term.id));
  }
  query.provided.push_back(std::move(seasons));
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
