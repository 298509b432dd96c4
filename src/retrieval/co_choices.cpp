#include "retrieval/co_choices.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/binary_fields.h"
#include "base/mutex.h"
#include "retrieval/co_choices_state.h"

namespace modiste {

void CoChoices::State::leave_column(uint32_t shopper, Slot slot) {
  std::erase(columns[slot].shoppers, shopper);
  count_again(slot);
}

void CoChoices::State::forget(uint32_t shopper, Slot slot) {
  leave_column(shopper, slot);
  const auto row = rows.find(shopper);
  Choices& choices = row->second.choices;
  choices.erase(find(choices, slot));
  if (choices.empty()) rows.erase(row);
}

void CoChoices::State::put(uint32_t shopper, const ItemChoice& choice, TimePoint at) {
  const Slot slot = choice.slot;
  if (slot >= columns.size()) {
    columns.resize(slot + 1);
    roots.resize(slot + 1);
  }
  ItemColumn& column = columns[slot];
  if (column.shoppers.empty() || column.shoppers.back() != shopper) {
    std::erase(column.shoppers, shopper);
    column.shoppers.push_back(shopper);
    if (column.shoppers.size() > options.shoppers_max) column.shoppers.erase(column.shoppers.begin());
    count_again(slot);
  }
  Row& row = rows[shopper];
  if (const auto known = find(row.choices, slot); known != row.choices.end()) row.choices.erase(known);
  row.choices.push_back(choice);
  row.latest_at = std::max(row.latest_at, seconds_of(at));
  if (row.choices.size() > options.items_max) forget(shopper, row.choices.front().slot);
}

CoChoices::CoChoices(CoChoicesOptions options) : state_(std::make_unique<State>(options)) {}
CoChoices::~CoChoices() = default;

void CoChoices::record(uint32_t shopper, Slot slot, float weight, TimePoint at) {
  if (!std::isfinite(weight) || weight == 0) return;
  const MutexLock lock(state_->mutex);
  State::ItemChoice choice{slot, 0};
  if (const auto row = state_->rows.find(shopper); row != state_->rows.end())
    if (const auto known = State::find(row->second.choices, slot); known != row->second.choices.end())
      choice = *known;
  const float before = std::exchange(choice.weight, std::clamp(choice.weight + weight, 0.0F, 1.0F));
  if (weight >= kLiked || (weight > 0 && choice.weight < kLiked))
    choice.liked_at = std::max(choice.liked_at, State::seconds_of(at));
  else if (weight > 0 && before < kLiked)
    choice.liked_at = 0;  // several clicks do not make a like
  if (weight >= kBought) choice.bought_at = std::max(choice.bought_at, State::seconds_of(at));
  if (choice.weight > 0)
    state_->put(shopper, choice, at);
  else if (before > 0)
    state_->forget(shopper, slot);
}

bool CoChoices::take_back(uint32_t shopper, Slot slot, float weight) {
  const MutexLock lock(state_->mutex);
  const auto row = state_->rows.find(shopper);
  if (row == state_->rows.end()) return false;
  const auto known = State::find(row->second.choices, slot);
  if (known == row->second.choices.end() || known->weight != weight) return false;
  state_->forget(shopper, slot);
  if (const auto left = state_->rows.find(shopper); left != state_->rows.end())
    left->second.latest_at = left->second.latest_left();
  return true;
}

bool CoChoices::erase(uint32_t shopper) {
  const MutexLock lock(state_->mutex);
  const auto row = state_->rows.find(shopper);
  if (row == state_->rows.end()) return false;
  for (const State::ItemChoice& choice : row->second.choices) state_->leave_column(shopper, choice.slot);
  state_->rows.erase(row);
  return true;
}

bool CoChoices::liked_since(Slot slot, TimePoint since, uint32_t except, size_t enough) const {
  const ReaderLock lock(state_->mutex);
  if (slot >= state_->columns.size()) return enough == 0;
  const auto& shoppers = state_->columns[slot].shoppers;
  for (auto other = shoppers.rbegin(); other != shoppers.rend() && enough > 0; ++other) {
    if (*other == except) continue;
    const auto row = state_->rows.find(*other);
    if (row == state_->rows.end()) continue;
    const auto choice = State::find(row->second.choices, slot);
    if (choice != row->second.choices.end() && choice->weight >= kLiked &&
        choice->liked_at >= State::seconds_of(since))
      --enough;
  }
  return enough == 0;
}

template <class Io, class Self>
void CoChoices::State::fields(Io& io, Self& state) {
  io.map(state.rows, kNumberField, [](auto& row_io, auto& row) {
    row_io.number(row.latest_at);
    row_io.list(row.choices, [](auto& choice_io, auto& choice) {
      choice_io.number(choice.slot);
      choice_io.number(choice.weight);
      choice_io.number(choice.liked_at);
      choice_io.number(choice.bought_at);
    });
  });
  io.list(state.columns, [](auto& column_io, auto& column) { column_io.numbers(column.shoppers); });
}

// Whether the two views agree: a search looks into one by what stands in the other.
bool CoChoices::State::is_whole() const {
  for (const auto& [shopper, row] : rows) {
    if (row.choices.empty()) return false;
    for (const ItemChoice& choice : row.choices)
      if (choice.slot >= columns.size()) return false;
  }
  for (Slot slot = 0; slot < columns.size(); ++slot)
    for (const uint32_t shopper : columns[slot].shoppers) {
      const auto row = rows.find(shopper);
      if (row == rows.end() || find(row->second.choices, slot) == row->second.choices.end()) return false;
    }
  return true;
}

void CoChoices::save(std::string& out) const {
  BinaryWriter writer(out);
  const ReaderLock lock(state_->mutex);
  State::fields(writer, *state_);
}

Result<Done> CoChoices::load(std::string_view bytes) {
  const MutexLock lock(state_->mutex);
  TRY(load_fields(bytes, "what is chosen together", [this](auto& reader) NO_THREAD_SAFETY_ANALYSIS {
    State::fields(reader, *state_);
    reader.require(state_->is_whole());
  }));
  state_->roots.resize(state_->columns.size());
  for (Slot slot = 0; slot < state_->columns.size(); ++slot) state_->count_again(slot);
  return kOk;
}

double CoChoices::support(uint32_t shopper) const {
  const ReaderLock lock(state_->mutex);
  const auto row = state_->rows.find(shopper);
  if (row == state_->rows.end()) return 0;
  const State::Choices& choices = row->second.choices;
  const size_t counted = std::min(choices.size(), state_->options.choices_max);
  double shoppers = 0;
  for (size_t i = choices.size() - counted; i < choices.size(); ++i)
    shoppers += static_cast<double>(state_->columns[choices[i].slot].shoppers.size()) - 1;
  return std::max(0.0, shoppers / static_cast<double>(counted));
}

std::optional<TimePoint> CoChoices::last_choice_at(uint32_t shopper) const {
  const ReaderLock lock(state_->mutex);
  const auto row = state_->rows.find(shopper);
  if (row == state_->rows.end()) return std::nullopt;
  return TimePoint(std::chrono::seconds(row->second.latest_at));
}

size_t CoChoices::shopper_count() const {
  const ReaderLock lock(state_->mutex);
  return state_->rows.size();
}

}  // namespace modiste
