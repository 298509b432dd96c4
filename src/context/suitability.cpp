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
constexpr std::string_view kWholeYear = "all-season";
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

// What is worn under another garment, or with tights as dresses and skirts are: in the cold it may be light,
// unless its kind is bare or it names other seasons only.
bool may_be_light(const ItemFacts& item, const Context& context, const Vocabulary& vocabulary) {
  if (item.category == kNoTerm) return false;
  const Term& kind = vocabulary.term(item.category);
  if (kind.role == OutfitRole::kTop || kind.role == OutfitRole::kMidLayer) return true;
  if (kind.role != OutfitRole::kOnePiece && kind.name != "skirt") return false;
  return warmth_of(item, vocabulary).value_or(1) > kBareWarmth &&
         suits_season(item, context.seasons, vocabulary) != Suits::kNo;
}

double warmth_away(double warmth, double wanted) {
  return std::abs(warmth - std::clamp(wanted, kLightest, kWarmest));
}

Suits suits(double warmth, double wanted) {
  const double away = warmth_away(warmth, wanted);
  return away <= kWarmthNear ? Suits::kYes : away > kWarmthFar ? Suits::kNo : Suits::kUnknown;
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

// situation_misfit() of many items at once: every set below is of a page of the catalog's columns, and says
// what the function of its name says of one item.
class MisfitCondition {
 public:
  MisfitCondition(int misfit_max, const Situation& situation, const SlotColumns& columns,
                  const Vocabulary& vocabulary);
  PageBits operator()(const ColumnPages& items) const;

 private:
  struct Weather {
    PageBits yes{}, no{};
  };
  [[nodiscard]] PageBits within(int weather_misfit, const Weather& weather) const;
  [[nodiscard]] Weather weather(const ColumnPages& items) const;
  [[nodiscard]] PageBits against_weather(const ColumnPages& items) const;
  [[nodiscard]] PageBits may_be_light(const ColumnPages& items) const;

  int misfit_max_;
  bool occasion_told_, season_told_, warmth_told_, warmth_measured_, season_inferred_;
  std::vector<Column> occasions_, occasion_, worn_for_it_, worn_for_others_;
  std::vector<Column> seasons_, possible_seasons_, under_coats_, with_tights_;
  WarmthSteps near_, too_warm_, too_light_, far_too_warm_, far_too_light_, not_bare_;
};

MisfitCondition::MisfitCondition(int misfit_max, const Situation& situation, const SlotColumns& columns,
                                 const Vocabulary& vocabulary)
    : misfit_max_(misfit_max),
      occasion_told_(occasion_told(situation.context)),
      season_told_(season_told(situation.context)),
      warmth_told_(warmth_told(situation.context)),
      warmth_measured_(warmth_measured(situation.context)),
      season_inferred_(season_inferred(situation)) {
  const Context& context = situation.context;
  const TermId occasion = term_of(context.occasion(), vocabulary);
  occasion_ = {columns.has(occasion)};
  for (const Term& term : vocabulary.terms(Facet::kOccasion)) occasions_.push_back(columns.has(term.id));
  for (const Term& kind : vocabulary.terms(Facet::kCategory)) {
    if (kind.worn_for)
      (kind.worn_for == occasion ? worn_for_it_ : worn_for_others_).push_back(columns.is(kind.id));
    if (kind.name == "skirt") with_tights_.push_back(columns.is(kind.id));
  }
  under_coats_ = {columns.of_role(OutfitRole::kTop), columns.of_role(OutfitRole::kMidLayer)};
  with_tights_.push_back(columns.of_role(OutfitRole::kOnePiece));
  const auto seasons = vocabulary.terms(Facet::kSeason);
  for (size_t season = 0; season < seasons.size(); ++season) {
    const bool whole_year = seasons[season].name == kWholeYear;
    if (season < kSeasonCount || whole_year) seasons_.push_back(columns.has(seasons[season].id));
    if (season < kSeasonCount ? context.seasons[season] >= kSeasonPossible : whole_year)
      possible_seasons_.push_back(columns.has(seasons[season].id));
  }
  const double wanted = context.warmth;
  const auto far = [wanted](double warmth) { return warmth_away(warmth, wanted) > kWarmthFarInferred; };
  const auto is_no = [wanted](double warmth) { return suits(warmth, wanted) == Suits::kNo; };
  near_ = warmth_steps([&](double warmth) { return suits(warmth, wanted) == Suits::kYes; });
  too_warm_ = warmth_steps([&](double warmth) { return is_no(warmth) && warmth >= wanted; });
  too_light_ = warmth_steps([&](double warmth) { return is_no(warmth) && warmth < wanted; });
  far_too_warm_ = warmth_steps([&](double warmth) { return far(warmth) && warmth >= wanted; });
  far_too_light_ = warmth_steps([&](double warmth) { return far(warmth) && warmth < wanted; });
  not_bare_ = warmth_steps([](double warmth) { return warmth > kBareWarmth; });
}

PageBits MisfitCondition::may_be_light(const ColumnPages& items) const {
  const PageBits other_seasons = items.any(seasons_) & ~items.any(possible_seasons_);
  return items.any(under_coats_) | (items.any(with_tights_) & items.with_warmth(not_bare_) & ~other_seasons);
}

PageBits MisfitCondition::against_weather(const ColumnPages& items) const {
  return items.with_warmth(too_warm_) | (items.with_warmth(too_light_) & ~may_be_light(items));
}

MisfitCondition::Weather MisfitCondition::weather(const ColumnPages& items) const {
  const PageBits possible = items.any(possible_seasons_), other = items.any(seasons_) & ~possible;
  if (season_told_ || warmth_told_) {
    Weather told;
    if (season_told_) told = {possible, other};
    if (warmth_told_) {
      const PageBits open = ~(told.yes | told.no);
      told.yes |= open & items.with_warmth(near_);
      told.no |= open & against_weather(items);
    }
    return told;
  }
  PageBits no{};
  if (warmth_measured_)
    no = against_weather(items);
  else if (season_inferred_)
    no = other | (~possible & (items.with_warmth(far_too_warm_) |
                               (items.with_warmth(far_too_light_) & ~may_be_light(items))));
  return {~no, no};
}

// What is not told has a misfit of 1 where it does not suit.
PageBits MisfitCondition::within(int weather_misfit, const Weather& weather) const {
  if (weather_misfit < 0) return {};
  if (weather_misfit == 0) return weather.yes;
  const bool told = season_told_ || warmth_told_;
  return weather_misfit == 1 && told ? ~weather.no : ~PageBits{};
}

// Sets that the bound does not ask for are not made: a page has some fifty columns of kinds and occasions.
PageBits MisfitCondition::operator()(const ColumnPages& items) const {
  const int rest = occasion_told_ ? misfit_max_ % kOccasionStep : misfit_max_;
  const Weather judged = rest < 2 ? weather(items) : Weather{};
  if (!occasion_told_) return within(misfit_max_, judged);
  const PageBits named = items.any(occasions_), wanted = items.any(occasion_);
  const PageBits yes = wanted | (~named & items.any(worn_for_it_));
  PageBits met = yes & within(misfit_max_, judged);
  if (misfit_max_ < kOccasionStep) return met;
  const PageBits no = (named & ~wanted) | (~named & items.any(worn_for_others_));
  met |= ~yes & ~no & within(misfit_max_ - kOccasionStep, judged);
  return met | (no & within(misfit_max_ - 2 * kOccasionStep, judged));
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
  Suits suits = Suits::kUnknown;
  for (const TermId term : terms_of(item, Facet::kSeason, vocabulary)) {
    const size_t season = static_cast<size_t>(term) - first;
    if (season < kSeasonCount ? seasons[season] >= kSeasonPossible : vocabulary.term(term).name == kWholeYear)
      return Suits::kYes;
    if (season < kSeasonCount) suits = Suits::kNo;
  }
  return suits;
}

Suits suits_warmth(const ItemFacts& item, double wanted, const Vocabulary& vocabulary) {
  const auto warmth = warmth_of(item, vocabulary);
  return warmth ? suits(*warmth, wanted) : Suits::kUnknown;
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
  if (misfit_max < kMisfitMax)
    query.conditions.emplace_back(MisfitCondition(misfit_max, situation, columns, vocabulary));
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
