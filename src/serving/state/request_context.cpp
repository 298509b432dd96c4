#include "serving/state/request_context.h"

#include <algorithm>
#include <cmath>

#include "base/binary_fields.h"
#include "context/suitability.h"

namespace modiste {
namespace {

Error in_context(Error error) {
  error.where = "/context/" + error.where;
  return error;
}

constexpr double kLikely = 0.5;  // probability from which an inference is worth a reason

Reason occasion_reason(Occasion occasion) {
  Reason reason{ReasonCode::kForOccasion, {}};
  reason.args.occasion = occasion;
  return reason;
}

// From 18 °C up people ask whether a garment is light enough, below whether it is warm enough.
constexpr double kWarmFrom = 0.2;

Reason temperature_reason(const Context& context) {
  Reason reason{context.warmth > kWarmFrom ? ReasonCode::kWarmEnough : ReasonCode::kLightEnough, {}};
  reason.args.temperature_c = std::round(context.temperature_c);
  return reason;
}

// What the context asks for, most certain first.
std::vector<Reason> wanted_in(const Context& context) {
  std::vector<Reason> wanted;
  const Occasion occasion = context.occasion();
  if (context.occasions[static_cast<size_t>(occasion)] >= kLikely)
    wanted.push_back(occasion_reason(occasion));
  if (context.warmth_known == Provenance::kWeather) {
    wanted.push_back(temperature_reason(context));
  } else if (context.seasons[static_cast<size_t>(context.season())] >= kLikely) {
    Reason reason{ReasonCode::kForSeason, {}};
    reason.args.season = context.season();
    wanted.push_back(std::move(reason));
  }
  if (is_rainy(context)) wanted.push_back({ReasonCode::kForRain, {}});
  if (context.windy >= kLikely) wanted.push_back({ReasonCode::kForWind, {}});
  return wanted;
}

// Not when a season or the time of another day is stated: today's weather is not asked about.
bool is_about_now(const ContextInput& input) {
  if (input.season) return false;
  if (!input.local_time) return true;
  const LocalTime& told = *input.local_time;
  const auto day = std::chrono::sys_days(std::chrono::year(told.year) / told.month / told.day);
  // A day more or less: the place may be anywhere.
  return std::chrono::abs(day - std::chrono::floor<std::chrono::days>(input.now)) <= std::chrono::days(1);
}

bool is_for_rain(const ItemFacts& item, const Vocabulary& vocabulary) {
  const Term* rainy = vocabulary.find(Facet::kSeason, "rainy");
  return rainy != nullptr && std::binary_search(item.terms.begin(), item.terms.end(), rainy->id);
}

}  // namespace

RequestContexts::RequestContexts(const Vocabulary& vocabulary, WeatherProvider* weather,
                                 RequestContextOptions options)
    : vocabulary_(vocabulary),
      weather_(weather),
      table_(std::make_shared<const OccasionModel>(vocabulary)),
      model_(table_),
      options_(options) {
  directions_ = std::make_shared<const ContextDirections>();
}

void RequestContexts::use(std::shared_ptr<const OccasionModel> model, int version) {
  model_.set(model == nullptr ? table_ : model, version);
}

Result<ContextInput> context_input(const RequestContext& asked, const ShopperState& shopper,
                                   const CatalogSnapshot& catalog, const Vocabulary& vocabulary,
                                   TimePoint now, const RequestContextOptions& options) {
  ContextInput input;
  input.now = now;
  input.time_zone = asked.time_zone;
  input.place = asked.place;
  input.weather = asked.weather;
  input.device = asked.device;
  input.occasion = asked.occasion;
  input.season = asked.season;
  input.warmth = asked.warmth;
  if (!asked.local_time.empty()) {
    auto local = parse_local_time(asked.local_time);
    if (!local.ok()) return in_context(std::move(local).error());
    input.local_time = *local;
  }
  const auto& liked = shopper.liked;
  for (size_t i = liked.size() - std::min(liked.size(), options.recent_garments); i < liked.size(); ++i)
    if (liked[i].slot < catalog.slot_count())
      count_occasions(catalog.facts(liked[i].slot).terms, vocabulary, input.recent);
  return input;
}

RequestContext request_in(const EventContext& logged) {
  RequestContext asked;
  asked.time_zone = logged.time_zone;
  asked.place = {logged.country, logged.latitude, logged.longitude};
  asked.device = logged.device;
  // Keeps only the weather that inference uses: WMO codes that stand for wet.
  const bool wet = logged.weather == "rain" || logged.weather == "snow" || logged.weather == "thunderstorm";
  if (logged.temperature_c || !logged.weather.empty()) asked.weather = Weather{logged.temperature_c};
  if (wet) asked.weather->code = logged.weather == "snow" ? 73 : 63;
  return asked;
}

Result<Context> RequestContexts::infer(const RequestContext& asked, const ShopperState& shopper,
                                       const CatalogSnapshot& catalog, TimePoint now) const {
  TRY_ASSIGN(auto input, context_input(asked, shopper, catalog, vocabulary_, now, options_));
  if (!input.weather && weather_ != nullptr && is_about_now(input)) {
    input.weather = weather_->current(asked.place);
    input.weather_measured = true;
  }
  auto context = infer_context(input, *model_.get(), options_.inference);
  if (!context.ok()) return in_context(std::move(context).error());
  return context;
}

void RequestContexts::apply(const Context& context, std::span<float> affinity) const {
  const auto forget = [&](Facet facet, Provenance known) {
    if (known != Provenance::kExplicit) return;
    for (const Term& term : vocabulary_.terms(facet)) affinity[term.id] = 0;
  };
  forget(Facet::kOccasion, context.occasions_known);
  forget(Facet::kSeason, context.seasons_known);
  for (const auto& [term, weight] : modulate(context, vocabulary_, options_.modulation).terms)
    affinity[term] = std::clamp(affinity[term] + weight, -1.0F, 1.0F);
}

Vector RequestContexts::shift(const Vector& taste, const Context& context) const {
  return directions_.load()->shift(taste, context, options_.modulation);
}

std::vector<Reason> RequestContexts::reasons(const ItemFacts& item, const Context& context) const {
  std::vector<Reason> reasons;
  const auto occasion = context.occasion();
  if (context.occasions[static_cast<size_t>(occasion)] >= kLikely &&
      suits_occasion(item, occasion, vocabulary_) == Suits::kYes)
    reasons.push_back(occasion_reason(occasion));
  if (context.warmth_known == Provenance::kWeather &&
      suits_warmth(item, context.warmth, vocabulary_) == Suits::kYes)
    reasons.push_back(temperature_reason(context));
  if (is_rainy(context) && is_for_rain(item, vocabulary_)) reasons.push_back({ReasonCode::kForRain, {}});
  return reasons;
}

ContextView RequestContexts::view(const Context& context) const {
  ContextView view;
  view.occasion = context.occasion();
  view.season = context.season();
  view.warmth = context.warmth;
  view.formality = modulate(context, vocabulary_, options_.modulation).formality;
  if (context.warmth_known == Provenance::kWeather) view.temperature_c = context.temperature_c;
  view.local_time = to_text(context.local);
  view.day_part = context.part;
  view.weekend = context.local.weekend();
  view.hints.assign(context.hints.begin(), context.hints.end());
  for (size_t o = 0; o < kOccasionCount; ++o)
    view.occasions.emplace(EnumNames<Occasion>::kNames[o], std::round(context.occasions[o] * 1e4) / 1e4);
  view.known = {{"occasion", context.occasions_known},
                {"season", context.seasons_known},
                {"warmth", context.warmth_known},
                {"time", context.local_known}};
  view.wanted = wanted_in(context);
  return view;
}

void RequestContexts::learn(const CatalogSnapshot& catalog, const ItemEmbeddings& embeddings,
                            size_t changed) {
  changed_ += changed;
  if (static_cast<double>(changed_) < options_.relearn_share * static_cast<double>(catalog.live_count()))
    return;
  ContextDirections::Builder builder(vocabulary_);
  for (Slot slot = 0; slot < catalog.slot_count(); ++slot)
    if (const auto embedding = embeddings.get(slot); embedding != nullptr && catalog.facts(slot).live)
      builder.add(embedding->vector, catalog.facts(slot).terms);
  directions_ = std::make_shared<const ContextDirections>(builder.build(options_.modulation));
  changed_ = 0;
}

void RequestContexts::save(std::string& out) const {
  BinaryWriter(out).number(uint64_t{changed_});
  directions_.load()->save(out);
}

Result<Done> RequestContexts::load(std::string_view bytes) {
  uint64_t changed = 0;
  BinaryReader(bytes).number(changed);
  TRY_ASSIGN(auto directions, ContextDirections::load(bytes.substr(std::min(bytes.size(), sizeof changed))));
  directions_ = std::make_shared<const ContextDirections>(std::move(directions));
  changed_ = changed;
  return kOk;
}

}  // namespace modiste
