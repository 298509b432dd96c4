#include "features/learned_taste.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/binary_fields.h"
#include "base/text.h"

namespace modiste {
namespace {

constexpr uint32_t kTasteVersion = 1;

template <class Io, class Model>
void taste_fields(Io& io, Model& model) {
  io.number(model.price_usual);
  io.number(model.share);
  io.list(model.names, [](auto& part, auto& name) { part.text(name); });
  io.numbers(model.prior.mean);
  io.numbers(model.prior.variance);
}

Error not_a_taste(std::string what, std::string expected) {
  return {Code::kCorrupt, std::move(what), "taste", std::move(expected)};
}

uint32_t number_in(const std::vector<uint32_t>& numbers, size_t place) {
  return place < numbers.size() ? numbers[place] : TasteNumbers::kNone;
}

// How much the choices of a mode count: all, where its share in the present taste is at least half of the
// leading part's; a gift's mode, which nothing confirmed, hardly at all.
float presence_of(ModeId mode, std::span<const TasteShare> tastes) {
  constexpr float kWholeFrom = 0.5F;
  float share = 0, most = 0;
  for (const TasteShare& part : tastes) {
    most = std::max(most, part.share);
    if (part.mode == mode || (mode == kSessionMode && part.with_session)) share = std::max(share, part.share);
  }
  return most > 0 ? std::min(1.0F, share / (kWholeFrom * most)) : 1;
}

constexpr size_t kLooksPerItem = 4;  // at the stock: most of what a shop once sold may be off sale

// Reads the reactions of one request's shopper.
class RequestReactions {
 public:
  RequestReactions(const RequestFacts& request, const TasteScale& scale, const DepartmentPlaces& places)
      : request_(request), places_(places), examples_(scale, options_) {}

  const TasteExamples& read() {
    for (const Liked& one : request_.shopper.liked) liked_.insert(one.slot);
    add_choices();
    add_passes();
    if (examples_.wants_stock()) examples_.add_stock(stock_sample());
    return examples_.examples();
  }

 private:
  void add(Slot slot, Reaction reaction, float presence) {
    if (slot < request_.catalog.slot_count()) examples_.add(request_.catalog.facts(slot), reaction, presence);
  }

  void add_choices() {
    const auto& choices = request_.shopper.choices;
    for (auto choice = choices.rbegin(); choice != choices.rend() && examples_.wants_liked(); ++choice) {
      const bool passed = request_.shopper.pass_of(choice->slot) != nullptr;
      const auto reaction = reaction_of(liked_.contains(choice->slot), passed, true);
      if (reaction != Reaction::kPassed)
        add(choice->slot, *reaction, presence_of(choice->mode, request_.tastes));
    }
  }

  void add_passes() {
    size_t left = options_.reactions_max;
    for (const PassRecord* pass : request_.shopper.latest_passes(options_.reactions_max + liked_.size())) {
      if (left == 0) return;
      if (reaction_of(liked_.contains(pass->slot), true, true) != Reaction::kPassed) continue;
      add(pass->slot, Reaction::kPassed, 1);
      --left;
    }
  }

  // At even distances, so that the same shopper gets the same sample.
  [[nodiscard]] std::vector<const ItemFacts*> stock_sample() const {
    std::vector<std::span<const Slot>> stock;
    size_t size = 0;
    for (const TermId department : examples_.departments())
      if (const auto found = places_.of_department.find(department); found != places_.of_department.end())
        stock.push_back(found->second), size += found->second.size();
    std::unordered_set<Slot> chosen = liked_;
    for (const Choice& choice : request_.shopper.choices) chosen.insert(choice.slot);
    const size_t looks = std::min(size, options_.stock_items * kLooksPerItem);
    // Rounds over the whole stock, each between the places of the one before.
    std::vector<const ItemFacts*> sample;
    for (size_t round = 0; round < kLooksPerItem; ++round)
      for (size_t look = round; look < looks && sample.size() < options_.stock_items; look += kLooksPerItem) {
        const Slot slot = slot_at(stock, look * size / looks);
        if (slot >= request_.catalog.slot_count() || chosen.contains(slot)) continue;
        const ItemFacts& item = request_.catalog.facts(slot);
        if (item.live && examples_.departments().contains(item.department)) sample.push_back(&item);
      }
    return sample;
  }

  static Slot slot_at(std::span<const std::span<const Slot>> stock, size_t place) {
    for (const std::span<const Slot> department : stock) {
      if (place < department.size()) return department[place];
      place -= department.size();
    }
    return kNoSlot;  // not reached
  }

  const RequestFacts& request_;
  const DepartmentPlaces& places_;
  const TasteExampleOptions options_;
  ReactionExamples examples_;
  std::unordered_set<Slot> liked_;
};

// With what the catalog has beyond `before`, which may be null; that itself where it is hardly more.
std::shared_ptr<const DepartmentPlaces> listed(const std::shared_ptr<const DepartmentPlaces>& before,
                                               const CatalogSnapshot& catalog) {
  constexpr size_t kHardlyMore = 64;  // one in as many: what is newer is not in a sample until then
  const size_t slots = catalog.slot_count();
  if (before != nullptr && slots <= before->listed + before->listed / kHardlyMore) return before;
  auto places =
      before == nullptr ? std::make_shared<DepartmentPlaces>() : std::make_shared<DepartmentPlaces>(*before);
  for (; places->listed < slots; ++places->listed) {
    const auto slot = static_cast<Slot>(places->listed);
    places->of_department[catalog.facts(slot).department].push_back(slot);
  }
  return places;
}

// A stated situation counts in place of those that the shopper usually dresses for.
void forget_situations(const Vocabulary& vocabulary, const TasteNumbers& numbers,
                       std::vector<float>& weights) {
  for (const Facet facet : {Facet::kOccasion, Facet::kSeason})
    for (const Term& term : vocabulary.terms(facet))
      if (const uint32_t number = number_in(numbers.of_term, term.id); number != TasteNumbers::kNone)
        weights[number] = 0;
}

}  // namespace

std::string serialize_taste(const TasteModel& model) {
  std::string out;
  BinaryWriter writer(out);
  writer.text(kLearnedTasteKind);
  writer.number(kTasteVersion);
  taste_fields(writer, model);
  return out;
}

Result<TasteModel> parse_taste(std::string_view file) {
  BinaryReader reader(file);
  std::string kind;
  uint32_t version = 0;
  reader.text(kind);
  reader.number(version);
  if (!reader.ok() || kind != kLearnedTasteKind || version != kTasteVersion)
    return not_a_taste("unsupported format", fmt::format("{} version {}", kLearnedTasteKind, kTasteVersion));
  TasteModel model;
  taste_fields(reader, model);
  if (!reader.ok() || !reader.at_end())
    return not_a_taste("cut short or too long", "a file that `modiste train taste` publishes");
  const size_t inputs = model.names.size();
  if (inputs < TasteModel::kNamed || model.prior.mean.size() != inputs ||
      model.prior.variance.size() != inputs)
    return not_a_taste("tables of other sizes", fmt::format("{} numbers", inputs));
  if (!std::equal(TasteModel::kOfEvery.begin(), TasteModel::kOfEvery.end(), model.names.begin()) ||
      std::unordered_set<std::string>(model.names.begin(), model.names.end()).size() != inputs)
    return not_a_taste("other names", "constant, price, price-square, then each name once");
  const auto finite = [](float value) { return std::isfinite(value); };
  const auto positive = [](float value) { return std::isfinite(value) && value > 0; };
  if (!std::ranges::all_of(model.prior.mean, finite) ||
      !std::ranges::all_of(model.prior.variance, positive) || !positive(model.price_usual) ||
      !(model.share >= 0 && model.share <= 1))
    return not_a_taste("a number is out of range",
                       "finite means, variances and a usual price above 0, a share in [0, 1]");
  return model;
}

std::string taste_name(const Term& term) { return fmt::format("{}:{}", name_of(term.facet), term.name); }
std::string taste_brand_name(std::string_view brand) { return fmt::format("brand:{}", ascii_lower(brand)); }

void TasteScale::inputs_of(const ItemFacts& item, std::vector<TasteInput>& inputs) const {
  inputs.clear();
  inputs.push_back({TasteModel::kConstant, 1});
  if (item.price > 0) {
    constexpr float kFar = 2;  // more than e^2 = 7 times the usual price, or less than a seventh, is as far
    const float price = std::clamp(std::log(item.price / price_usual), -kFar, kFar);
    inputs.push_back({TasteModel::kPrice, price});
    inputs.push_back({TasteModel::kPriceSquare, price * price});
  }
  const size_t described = inputs.size();
  const auto add = [&](uint32_t number) {
    if (number != TasteNumbers::kNone) inputs.push_back({number, 1});
  };
  for (const TermId term : item.terms) add(number_in(numbers.of_term, term));
  if (item.brand != 0) add(number_in(numbers.of_brand, item.brand));
  const float scale = 1 / std::sqrt(static_cast<float>(inputs.size() - described) + 1);
  for (size_t i = described; i < inputs.size(); ++i) inputs[i].value = scale;
}

float TasteScale::logit(const ItemFacts& item, std::span<const float> weights) const {
  thread_local std::vector<TasteInput> inputs;  // no allocation a candidate
  inputs_of(item, inputs);
  float sum = 0;
  for (const TasteInput& input : inputs) sum += input.value * weights[input.number];
  return sum;
}

std::optional<Reaction> reaction_of(bool liked, bool passed, bool chosen) {
  if (liked) return Reaction::kLiked;
  if (passed) return Reaction::kPassed;
  return chosen ? std::optional(Reaction::kViewed) : std::nullopt;
}

void ReactionExamples::add_example(const ItemFacts& item, bool liked, float weight) {
  if (!(weight > 0)) return;
  scale_.inputs_of(item, inputs_);
  examples_.add(inputs_, liked, weight);
  departments_.insert(item.department);
  (liked ? liked_ : passed_) += weight;
}

void ReactionExamples::add(const ItemFacts& item, Reaction reaction, float presence) {
  const bool liked = reaction != Reaction::kPassed;
  add_example(item, liked, !liked ? 1 : presence * (reaction == Reaction::kLiked ? 1 : options_.viewed));
}

void ReactionExamples::add_stock(std::span<const ItemFacts* const> sample) {
  const float each = missing() / static_cast<float>(sample.size());
  for (const ItemFacts* item : sample) add_example(*item, false, each);
}

float TasteWeights::logit(const ItemFacts& item) const {
  return TasteScale{*numbers_, price_usual_}.logit(item, weights_);
}

float TasteWeights::weight_of(TermId term) const {
  const uint32_t number = number_in(numbers_->of_term, term);
  return number == TasteNumbers::kNone ? 0 : weights_[number];
}

LearnedTaste::LearnedTaste(TasteModel model, const Vocabulary& vocabulary)
    : model_(std::move(model)), known_(std::make_shared<const Known>()) {
  for (uint32_t number = 0; number < model_.names.size(); ++number)
    number_of_name_.emplace(model_.names[number], number);
  auto known = std::make_shared<Known>();
  for (const Term& term : vocabulary.terms()) known->numbers.of_term.push_back(number_of(taste_name(term)));
  known_.set(std::move(known), 0);
}

uint32_t LearnedTaste::number_of(const std::string& name) const {
  const auto found = number_of_name_.find(name);
  return found == number_of_name_.end() ? TasteNumbers::kNone : found->second;
}

std::shared_ptr<const LearnedTaste::Known> LearnedTaste::known(const Catalog& catalog,
                                                               const CatalogSnapshot& snapshot) const {
  auto known = known_.get();
  if (known->version >= snapshot.version() && known->places != nullptr) return known;
  while (growing_.test_and_set()) {
    if (known->places != nullptr) return known;
    growing_.wait(true);
    known = known_.get();
  }
  known = known_.get();
  auto grown = std::make_shared<Known>(*known);
  const auto names = catalog.brand_names();
  auto& of_brand = grown->numbers.of_brand;
  for (size_t brand = of_brand.size(); brand < names.size(); ++brand)
    of_brand.push_back(number_of(taste_brand_name(names[brand])));
  grown->version = std::max(grown->version, snapshot.version());
  grown->places = listed(grown->places, snapshot);
  known_.set(grown, 0);
  growing_.clear();
  growing_.notify_all();
  return grown;
}

std::shared_ptr<const TasteWeights> LearnedTaste::weights_of(const RequestFacts& request,
                                                             const Catalog& catalog) const {
  const auto known = this->known(catalog, request.catalog);
  const std::shared_ptr<const TasteNumbers> numbers(known, &known->numbers);
  RequestReactions reactions(request, {*numbers, model_.price_usual}, *known->places);
  const TasteExamples& examples = reactions.read();
  if (examples.size() == 0) return nullptr;
  std::vector<float> weights = all_weights(fit_taste(examples, model_.prior), model_.prior);
  if (request.context && is_explicit(*request.context))
    forget_situations(request.vocabulary, *numbers, weights);
  return std::make_shared<const TasteWeights>(numbers, std::move(weights), model_.price_usual, model_.share);
}

}  // namespace modiste
