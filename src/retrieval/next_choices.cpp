#include "retrieval/next_choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

#include "base/binary_fields.h"
#include "base/vector_math.h"
#include "features/feature.h"
#include "retrieval/top_candidates.h"

namespace modiste {
namespace {

constexpr uint32_t kNextChoicesVersion = 1;
constexpr uint32_t kWidthMax = 1'024;
constexpr size_t kItemsBetweenLooks = 4'096;  // at the clock: some 0.1 ms

template <class Io, class Model>
void next_choices_fields(Io& io, Model& model) {
  io.number(model.width);
  io.number(model.decay);
  io.number(model.share);
  io.list(model.items, [](auto& part, auto& key) {
    part.text(key.garment_id);
    part.text(key.colour);
  });
  io.numbers(model.rows);
  io.numbers(model.read);
  io.numbers(model.bias);
}

Error not_next_choices(std::string what, std::string expected) {
  return {Code::kCorrupt, std::move(what), "next-choices", std::move(expected)};
}

bool all_finite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

std::string key_text(std::string_view garment_id, std::string_view colour) {
  std::string text(garment_id);
  text += '\0';
  return text += colour;
}

}  // namespace

std::string serialize_next_choices(const NextChoicesModel& model) {
  std::string out;
  BinaryWriter writer(out);
  writer.text(kNextChoicesKind);
  writer.number(kNextChoicesVersion);
  next_choices_fields(writer, model);
  return out;
}

Result<NextChoicesModel> parse_next_choices(std::string_view file) {
  BinaryReader reader(file);
  std::string kind;
  uint32_t version = 0;
  reader.text(kind);
  reader.number(version);
  if (!reader.ok() || kind != kNextChoicesKind || version != kNextChoicesVersion)
    return not_next_choices("unsupported format",
                            fmt::format("{} version {}", kNextChoicesKind, kNextChoicesVersion));
  NextChoicesModel model;
  next_choices_fields(reader, model);
  if (!reader.ok() || !reader.at_end())
    return not_next_choices("cut short or too long", "a file that `modiste train next-choices` publishes");
  const size_t cells = model.items.size() * model.width;
  if (model.width == 0 || model.width > kWidthMax || model.rows.size() != cells ||
      model.read.size() != cells || model.bias.size() != model.items.size())
    return not_next_choices("tables of other sizes", fmt::format("{} numbers", cells));
  const bool finite = all_finite(model.rows) && all_finite(model.read) && all_finite(model.bias);
  if (!finite || !(model.decay > 0 && model.decay < 1) || !(model.share >= 0 && model.share <= 1))
    return not_next_choices("a number is out of range", "finite numbers, decay in (0, 1), share in [0, 1]");
  return model;
}

NextChoices::NextChoices(NextChoicesModel model)
    : model_(std::move(model)), places_(std::make_shared<const Places>()) {
  for (uint32_t item = 0; item < model_.items.size(); ++item)
    item_of_key_.emplace(key_text(model_.items[item].garment_id, model_.items[item].colour), item);
}

size_t NextChoices::bytes() const {
  return (model_.rows.size() + model_.read.size() + model_.bias.size()) * sizeof(float);
}

std::shared_ptr<const NextChoices::Places> NextChoices::places(const CatalogSnapshot& catalog) const {
  auto known = places_.get();
  if (known->item_of.size() >= catalog.slot_count()) return known;
  const MutexLock lock(growing_);
  known = places_.get();
  if (known->item_of.size() >= catalog.slot_count()) return known;
  auto grown = std::make_shared<Places>(*known);
  grown->slot_of.resize(model_.items.size(), kNoSlot);
  for (size_t place = known->item_of.size(); place < catalog.slot_count(); ++place) {
    const Item& item = catalog.item(static_cast<Slot>(place));
    // A place that a snapshot keeps for a garment that is not in the database.
    const auto found = item.garment == nullptr ? item_of_key_.end()
                                               : item_of_key_.find(key_text(item.garment.id(), item.colour));
    grown->item_of.push_back(found == item_of_key_.end() ? kNoItem : found->second);
    if (found != item_of_key_.end()) grown->slot_of[found->second] = static_cast<Slot>(place);
  }
  places_.set(grown, 0);
  return grown;
}

std::vector<float> NextChoices::state_of(const Places& places, std::span<const Choice> choices) const {
  std::vector<float> state;
  size_t read = 0;
  float weight = 1;
  for (auto choice = choices.rbegin(); choice != choices.rend() && read < kLatestMax; ++choice) {
    const Slot slot = choice->slot;
    const uint32_t item = slot < places.item_of.size() ? places.item_of[slot] : kNoItem;
    if (item == kNoItem) continue;
    state.resize(model_.width, 0);
    add_scaled(state, std::span(model_.read).subspan(item * size_t{model_.width}, model_.width), weight);
    weight *= model_.decay;
    ++read;
  }
  return state;
}

float NextChoices::logit(std::span<const float> state, uint32_t item) const {
  return model_.bias[item] +
         dot(state, std::span(model_.rows).subspan(item * size_t{model_.width}, model_.width));
}

std::vector<CandidateList> NextChoices::search_under(const NextChoicesQuery& query,
                                                     std::span<const SlotFilter> filters) const {
  std::vector<CandidateList> lists(filters.size());
  const auto where = places(query.catalog);
  const std::vector<float> state = state_of(*where, query.choices);
  if (state.empty()) return lists;
  std::unordered_set<Slot> chosen;
  for (const Choice& choice : query.choices) chosen.insert(choice.slot);
  std::vector<TopCandidates> best(filters.size(), TopCandidates(query.k));
  float most = -std::numeric_limits<float>::infinity();
  bool complete = true;
  for (uint32_t item = 0; item < model_.items.size(); ++item) {
    if (item % kItemsBetweenLooks == 0 && query.deadline.passed()) {
      complete = false;
      break;
    }
    const Slot slot = where->slot_of[item];
    if (slot == kNoSlot || slot >= query.catalog.slot_count()) continue;
    const Candidate candidate{slot, logit(state, item)};
    most = std::max(most, candidate.score);
    for (size_t f = 0; f < filters.size(); ++f)
      if (best[f].wants(candidate) && filters[f](slot) && !chosen.contains(slot)) best[f].offer(candidate);
  }
  for (size_t f = 0; f < filters.size(); ++f) {
    lists[f].items = std::move(best[f]).take();
    lists[f].complete = complete;
    for (Candidate& candidate : lists[f].items) candidate.score = std::exp(candidate.score - most);
  }
  return lists;
}

std::vector<float> NextChoices::shares(const CatalogSnapshot& catalog, std::span<const Choice> choices,
                                       std::span<const Slot> slots) const {
  constexpr float kRange = 1'000;
  const auto where = places(catalog);
  const std::vector<float> state = state_of(*where, choices);
  if (state.empty()) return {};
  std::vector<float> shares;
  shares.reserve(slots.size());
  float most = -std::numeric_limits<float>::infinity();
  for (const Slot slot : slots) {
    const uint32_t item = where->item_of[slot];
    shares.push_back(item == kNoItem ? kFeatureUnknown : logit(state, item));
    if (item != kNoItem) most = std::max(most, shares.back());
  }
  for (size_t i = 0; i < slots.size(); ++i)
    if (where->item_of[slots[i]] != kNoItem)
      shares[i] = std::max(0.0F, 1 + (shares[i] - most) / std::log(kRange));
  return shares;
}

}  // namespace modiste
