#include "serving/state/sizing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/mutex.h"
#include "catalog/garment_chart.h"
#include "serving/state/event_item.h"
#include "serving/state/stated_preferences.h"
#include "style/fit_profile_fields.h"

namespace modiste {
namespace {

// The word for a size: as said, else as its variant has it.
std::string size_word(const Event& event, const Garment& garment) {
  if (!event.size.empty()) return event.size;
  const auto variant = std::find_if(garment.variants.begin(), garment.variants.end(),
                                    [&](const Variant& v) { return v.sku == event.sku; });
  return variant == garment.variants.end() ? "" : variant->size;
}

std::optional<FitFeedback> outcome_of(const Event& event) {
  if (event.type == EventType::kReturn) {
    if (event.reason == ReturnReason::kTooSmall) return FitFeedback::kTooSmall;
    if (event.reason == ReturnReason::kTooLarge) return FitFeedback::kTooLarge;
  }
  return event.fit;
}

void add_body(BodyProfile& body, const BodyProfile& said) {
  if (said.height_cm) body.height_cm = said.height_cm;
  if (said.weight_kg) body.weight_kg = said.weight_kg;
  if (said.bust_cm) body.bust_cm = said.bust_cm;
  if (said.age) body.age = said.age;
  if (!said.body_type.empty()) body.body_type = said.body_type;
  if (said.fit_wish) body.fit_wish = said.fit_wish;
  if (said.proportions) body.proportions = said.proportions;
}

// The charts on which a shopper has a size, in the order in which they are shown.
constexpr std::array kCharts{SizeChart::kWomen,    SizeChart::kMen,  SizeChart::kShoesWomen,
                             SizeChart::kShoesMen, SizeChart::kKids, SizeChart::kShoesKids};

// Where a size that a shopper named stands on each chart that knows it; a range ("36/38") in its middle. The
// shop's main chart where the shopper names no department: a woman's 38 does not mean the waist of men's
// jeans.
std::map<SizeChart, double> positions_of(std::string_view word, const QuizAnswers& quiz,
                                         const Catalog& catalog) {
  const Vocabulary& vocabulary = catalog.vocabulary();
  const auto snapshot = catalog.snapshot();
  const SizeContext context = shop_sizes(*snapshot);
  const auto named = quiz.departments.empty()
                         ? named_sizes(word, main_departments(*snapshot, vocabulary), vocabulary, context)
                         : named_sizes(word, quiz, vocabulary, context);
  std::map<SizeChart, std::pair<double, int>> sums;
  for (const auto& [chart, size] : named)
    if (const auto position = size_position(size, chart)) {
      sums[chart].first += *position;
      ++sums[chart].second;
    }
  std::map<SizeChart, double> positions;
  for (const auto& [chart, sum] : sums) positions[chart] = sum.first / sum.second;
  return positions;
}

// Of all sizes that the quiz names, by chart. Of a chart with several nothing where the shopper dresses in
// several departments: "women, men, M, L" may be those of a couple.
std::map<SizeChart, std::vector<double>> usual_positions(const QuizAnswers& quiz, const Catalog& catalog) {
  std::map<SizeChart, std::vector<double>> all;
  for (const auto& word : quiz.sizes)
    for (const auto& [chart, position] : positions_of(word, quiz, catalog)) all[chart].push_back(position);
  if (quiz.departments.size() > 1)
    std::erase_if(all, [](const auto& of_chart) {
      const auto [least, most] = std::minmax_element(of_chart.second.begin(), of_chart.second.end());
      return *most - *least > 0;
    });
  return all;
}

// Before the number of a size; the others say themselves what they are.
std::string_view country_of(SizeSystem system) {
  switch (system) {
    case SizeSystem::kEu:
    case SizeSystem::kShoeEu:
      return "EU ";
    case SizeSystem::kUk:
    case SizeSystem::kShoeUk:
      return "UK ";
    case SizeSystem::kUs:
    case SizeSystem::kShoeUs:
      return "US ";
    case SizeSystem::kIt:
      return "IT ";
    default:
      return "";
  }
}

// Where the shop has no sizes of the chart that tell more than letters, which are several rows wide.
SizeSystem usual_system(SizeChart chart) {
  if (chart == SizeChart::kKids) return SizeSystem::kAge;
  return chart == SizeChart::kWomen || chart == SizeChart::kMen ? SizeSystem::kUs : SizeSystem::kShoeEu;
}

// The system in which most garments of the shop have their sizes of this chart, by a sample of them.
SizeSystem system_of(const CatalogSnapshot& catalog, SizeChart chart) {
  constexpr size_t kSample = 500;
  constexpr std::array kNumbers{SizeSystem::kEu,     SizeSystem::kUk,     SizeSystem::kUs,
                                SizeSystem::kIt,     SizeSystem::kShoeEu, SizeSystem::kShoeUk,
                                SizeSystem::kShoeUs, SizeSystem::kAge,    SizeSystem::kHeight};
  std::map<SizeSystem, size_t> garments;
  const size_t slots = catalog.slot_count(), sample = std::min(kSample, slots);
  for (size_t i = 0; i < sample; ++i) {
    const ItemFacts& facts = catalog.facts(static_cast<Slot>(i * slots / sample));
    if (!facts.live || facts.size_chart != chart) continue;
    std::set<SizeSystem> has;
    for (const Size& size : all_sizes())
      if (facts.sizes_in_stock.test(size.id)) has.insert(size.system);
    for (const SizeSystem system : has) ++garments[system];
  }
  SizeSystem most = usual_system(chart);
  for (const SizeSystem system : kNumbers)
    if (garments[system] > garments[most]) most = system;
  return most;
}

// With them an item has all the information that counts (FitOptions::information_max), so that what is older
// is hardly seen. A shop of years starts as fast.
constexpr uint16_t kOutcomesPerItem = 500;

// The latest of each item stay, in their order.
template <class Outcomes>
void keep_latest_of_each(Outcomes& outcomes) {
  std::vector<uint16_t> count;  // by slot
  const auto is_older = [&count](const auto& outcome) {
    if (outcome.slot >= count.size()) count.resize(outcome.slot + 1);
    if (count[outcome.slot] == kOutcomesPerItem) return true;
    ++count[outcome.slot];
    return false;
  };
  const auto oldest_kept = std::remove_if(outcomes.rbegin(), outcomes.rend(), is_older).base();
  outcomes.erase(outcomes.begin(), oldest_kept);
}

}  // namespace

Sizing::Sizing(const Catalog& catalog, size_t uncut_outcomes)
    : catalog_(catalog),
      model_(std::make_shared<Model>(FitParameters())),
      uncut_outcomes_(uncut_outcomes),
      cut_at_(uncut_outcomes) {}

std::optional<FitObservation> Sizing::observation(const Event& event) const {
  const Slot slot = slot_of(event, event.garment_id, catalog_);
  if (slot == kNoSlot) return std::nullopt;
  const auto snapshot = catalog_.snapshot();
  const auto garment = snapshot->item(slot).garment.read();  // as it is, or as it was when it was sold last
  const ItemFacts& facts = snapshot->facts(slot);
  FitObservation seen;
  seen.garment_id = event.garment_id;
  if (facts.category != kNoTerm) seen.category = catalog_.vocabulary().term(facts.category).name;
  seen.chart = facts.size_chart;
  const auto size =
      parse_size(size_word(event, *garment),
                 size_context_of(garment->currency, facts.size_chart, facts.category, catalog_.vocabulary()));
  const auto position = size ? size_position(*size, facts.size_chart) : std::nullopt;
  if (!position) return std::nullopt;
  seen.position = *position;
  seen.chosen = event.type == EventType::kPurchase;
  seen.outcome = outcome_of(event);
  if (!seen.chosen && !seen.outcome) return std::nullopt;
  return seen;
}

void Sizing::fold(FitProfile& profile, const Event& event) const {
  if (event.type == EventType::kBody) profile.body = {};  // it replaces what was said before
  if (event.body) add_body(profile.body, *event.body);
  const auto model = model_.get();
  const ReaderLock lock(model->mutex_);
  if (event.quiz) {
    for (const auto& [chart, positions] : usual_positions(*event.quiz, catalog_))
      model->fit_.fold_usual_sizes(profile, chart, positions);
    return;
  }
  // A review says how a garment runs, often of a size taken up for that reason: nothing of the shopper's
  // own size (ADR 9).
  if (event.type == EventType::kReview || event.type == EventType::kBody) return;
  if (const auto seen = observation(event)) model->fit_.fold_fit(profile, *seen);
}

void Sizing::learn(const Event& event, TimePoint at) {
  const auto seen = observation(event);
  const MutexLock lock(outcomes_mutex_);
  purchases_.observe(event, at, [this](Outcome kept) NO_THREAD_SAFETY_ANALYSIS { keep(std::move(kept)); });
  if (!seen) return;
  // What is sent back was chosen too, and its purchase was taken out just now.
  const bool chosen = seen->chosen || event.type == EventType::kReturn;
  Outcome outcome{slot_of(event, event.garment_id, catalog_), seen->chart,    chosen,
                  seen->outcome.value_or(FitFeedback::kFits), seen->position, nullptr};
  if (event.body) outcome.body = std::make_shared<const BodyProfile>(*event.body);
  if (seen->outcome)
    keep(std::move(outcome));
  else
    purchases_.bought(event, at, std::move(outcome));  // that it fits is known when it was not sent back
}

void Sizing::keep(Outcome outcome) {
  observe(outcome, *model_.get());
  outcomes_.push_back(std::move(outcome));
  if (outcomes_.size() < cut_at_ || learners_ > 0) return;
  keep_latest_of_each(outcomes_);
  cut_at_ = next_cut();
}

// Twice as many as there are: a cut looks at all of them.
size_t Sizing::next_cut() const { return std::max(uncut_outcomes_, 2 * outcomes_.size()); }

void Sizing::observe(const Outcome& outcome, Model& model) const {
  const auto snapshot = catalog_.snapshot();
  FitObservation seen;
  seen.garment_id = snapshot->item(outcome.slot).garment.id();
  if (const TermId category = snapshot->facts(outcome.slot).category; category != kNoTerm)
    seen.category = catalog_.vocabulary().term(category).name;
  seen.chart = outcome.chart;
  seen.position = outcome.position;
  seen.chosen = outcome.chosen;
  seen.outcome = outcome.outcome;
  const MutexLock lock(model.mutex_);
  model.fit_.learn_outcome(seen, outcome.body ? *outcome.body : BodyProfile());
}

// In pieces, so that events that arrive meanwhile wait for one piece only.
void Sizing::use(FitParameters parameters, int version) {
  constexpr size_t kPiece = 1'000;
  const auto fresh = std::make_shared<Model>(std::move(parameters));
  {
    const MutexLock lock(outcomes_mutex_);
    ++learners_;
  }
  for (size_t learned = 0;;) {
    std::vector<Outcome> piece;
    {
      const MutexLock lock(outcomes_mutex_);
      if (learned == outcomes_.size()) {
        --learners_;
        return model_.set(fresh, version);
      }
      const size_t end = std::min(outcomes_.size(), learned + kPiece);
      piece.assign(outcomes_.begin() + static_cast<ptrdiff_t>(learned),
                   outcomes_.begin() + static_cast<ptrdiff_t>(end));
      learned = end;
    }
    for (const Outcome& outcome : piece) observe(outcome, *fresh);
  }
}

template <class Io, class Value>
void Sizing::outcome_fields(Io& io, Value& outcome) {
  io.number(outcome.slot);
  io.number(outcome.chart);
  io.flag(outcome.chosen);
  io.number(outcome.outcome);
  io.number(outcome.position);
  bool has_body = outcome.body != nullptr;
  io.flag(has_body);
  if (!has_body) return;
  BodyProfile body = outcome.body == nullptr ? BodyProfile() : *outcome.body;
  body_fields(io, body);
  if constexpr (Io::kReads) outcome.body = std::make_shared<const BodyProfile>(std::move(body));
}

void Sizing::save(std::string& out) const {
  BinaryWriter writer(out);
  const auto field = [](auto& io, auto& outcome) { outcome_fields(io, outcome); };
  const MutexLock lock(outcomes_mutex_);
  std::vector<Outcome> latest = outcomes_;
  keep_latest_of_each(latest);
  writer.list(latest, field);
  KeptPurchases<Outcome>::fields(writer, purchases_, field);
}

Result<Done> Sizing::load(std::string_view bytes) {
  std::vector<Outcome> outcomes;
  KeptPurchases<Outcome> purchases;
  const auto snapshot = catalog_.snapshot();
  TRY(load_fields(bytes, "outcomes of sizes", [&](auto& reader) {
    const auto field = [&](auto& io, auto& outcome) {
      outcome_fields(io, outcome);
      io.require(outcome.slot < snapshot->slot_count() && snapshot->item(outcome.slot).garment != nullptr &&
                 static_cast<size_t>(outcome.chart) < kSizeChartCount &&
                 static_cast<size_t>(outcome.outcome) < EnumNames<FitFeedback>::kNames.size());
    };
    reader.list(outcomes, field);
    KeptPurchases<Outcome>::fields(reader, purchases, field);
  }));
  const MutexLock lock(outcomes_mutex_);
  for (const Outcome& outcome : outcomes) observe(outcome, *model_.get());
  outcomes_ = std::move(outcomes);
  cut_at_ = next_cut();
  purchases_ = std::move(purchases);
  return kOk;
}

std::optional<Sizing::Advice> Sizing::advise(const Model& model, const FitProfile& profile,
                                             const Item& item) const {
  if (item.garment == nullptr) return std::nullopt;
  std::vector<SizeId> in_stock;
  std::vector<const Variant*> variants;
  const auto garment = item.garment.read();
  const SizeContext context =
      size_context_of(garment->currency, item.facts.size_chart, item.facts.category, catalog_.vocabulary());
  for (const Variant& variant : garment->variants)
    if (variant.colour == item.colour && variant.stock > 0)
      if (const auto size = parse_size(variant.size, context)) {
        in_stock.push_back(*size);
        variants.push_back(&variant);
      }
  const std::string category =
      item.facts.category == kNoTerm ? "" : catalog_.vocabulary().term(item.facts.category).name;
  const ReaderLock lock(model.mutex_);
  const auto best = model.fit_.best_size(profile, garment->id, category, item.facts.size_chart, in_stock);
  if (!best) return std::nullopt;
  const auto place = std::find(in_stock.begin(), in_stock.end(), best->size);
  CHECK(place != in_stock.end());
  return Advice{variants[static_cast<size_t>(place - in_stock.begin())]->size, best->probabilities.fit,
                best->reason};
}

std::vector<float> Sizing::fit_shares(const Model& model, const FitProfile& profile,
                                      const CatalogSnapshot& catalog, std::span<const Slot> items) const {
  if (profile.sizes.empty() && known_of(profile.body) == BodyKnown::kNothing) return {};
  std::vector<SizeId> in_stock;
  const std::string unknown;
  std::vector<float> shares;
  shares.reserve(items.size());
  const ReaderLock lock(model.mutex_);
  for (const Slot slot : items) {
    const Item& item = catalog.item(slot);
    in_stock.clear();
    const auto& stock = item.facts.sizes_in_stock;
    for (size_t size = stock._Find_first(); size < stock.size(); size = stock._Find_next(size))
      in_stock.push_back(static_cast<SizeId>(size));
    const std::string& category =
        item.facts.category == kNoTerm ? unknown : catalog_.vocabulary().term(item.facts.category).name;
    const auto share = item.garment == nullptr
                           ? std::nullopt
                           : model.fit_.fit_share(profile, std::string(item.garment.id()), category,
                                                  item.facts.size_chart, in_stock);
    shares.push_back(share ? static_cast<float>(*share) : kUnknownFit);
  }
  return shares;
}

size_t Sizing::outcome_count() const {
  const MutexLock lock(outcomes_mutex_);
  return outcomes_.size();
}

std::vector<KnownSize> Sizing::sizes(const FitProfile& profile) const {
  std::vector<KnownSize> known;
  const auto snapshot = catalog_.snapshot();
  const auto model = model_.get();
  const ReaderLock lock(model->mutex_);
  for (const SizeChart chart : kCharts) {
    const SizeEvidence* evidence = profile.evidence(chart);
    if (evidence == nullptr || evidence->worn.empty()) continue;
    const double mean = model->fit_.true_size(profile, chart).mean;
    const double worn =
        *std::min_element(evidence->worn.begin(), evidence->worn.end(),
                          [&](double a, double b) { return std::abs(a - mean) < std::abs(b - mean); });
    const SizeSystem system = system_of(*snapshot, chart);
    const Size* nearest = nullptr;
    double least = 1e9;
    for (const Size& size : all_sizes()) {
      if (size.system != system) continue;
      const auto position = size_position(size.id, chart);
      if (!position || std::abs(*position - worn) >= least) continue;
      least = std::abs(*position - worn);
      nearest = &size;
    }
    if (nearest == nullptr) continue;
    known.push_back({chart, std::string(country_of(system)) + nearest->name, evidence->observations});
  }
  return known;
}

}  // namespace modiste
