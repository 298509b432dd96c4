#include "retrieval/user_knn.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "retrieval/accumulator.h"
#include "retrieval/fair_lock.h"
#include "retrieval/top_candidates.h"

namespace modiste {
namespace {

// An entry of the matrix of shoppers and items: in a row, key is the item's slot; in a column, the shopper.
struct Weighted {
  uint32_t key;
  float weight;
  TimePoint liked_at{};  // of the latest rise by UserKnn::kLiked or more
};
using Line = std::vector<Weighted>;  // latest last

Line::iterator find(Line& line, uint32_t key) {
  return std::find_if(line.begin(), line.end(), [&](const Weighted& entry) { return entry.key == key; });
}

void erase_key(Line& line, uint32_t key) {
  if (const auto at = find(line, key); at != line.end()) line.erase(at);
}

// Moves the key to the end, with this weight.
void put_last(Line& line, uint32_t key, float weight, TimePoint liked_at = {}) {
  erase_key(line, key);
  line.push_back({key, weight, liked_at});
}

struct Row {
  Line choices;
  float length = 0;

  void measure() {
    float square = 0;
    for (const Weighted& choice : choices) square += choice.weight * choice.weight;
    length = std::sqrt(square);
  }
};

struct Overlap {
  float dot = 0;
  uint32_t items = 0;
};

}  // namespace

struct UserKnn::State {
  explicit State(UserKnnOptions o) : options(o) {}

  void forget(uint32_t shopper, Slot slot);
  void put(uint32_t shopper, Slot slot, float weight, TimePoint liked_at);
  [[nodiscard]] std::vector<Candidate> neighbours(uint32_t shopper, const Row& row, const Deadline& deadline,
                                                  bool& complete) const;

  const UserKnnOptions options;
  mutable FairSharedMutex mutex;  // guards the members below
  // Two views of one matrix. A column may have dropped its oldest shoppers while their rows
  // still have the item.
  std::unordered_map<uint32_t, Row> rows;
  std::unordered_map<Slot, Line> columns;
};

void UserKnn::State::forget(uint32_t shopper, Slot slot) {
  if (const auto column = columns.find(slot); column != columns.end()) {
    erase_key(column->second, shopper);
    if (column->second.empty()) columns.erase(column);
  }
  const auto row = rows.find(shopper);
  erase_key(row->second.choices, slot);
  row->second.measure();
  if (row->second.choices.empty()) rows.erase(row);
}

void UserKnn::State::put(uint32_t shopper, Slot slot, float weight, TimePoint liked_at) {
  Line& column = columns[slot];
  put_last(column, shopper, weight, liked_at);
  if (column.size() > options.shoppers_max) column.erase(column.begin());
  Row& row = rows[shopper];
  put_last(row.choices, slot, weight, liked_at);
  row.measure();
  if (row.choices.size() > options.items_max) forget(shopper, row.choices.front().key);
}

// The most similar shoppers: key in slot, cosine in score. Best first.
std::vector<Candidate> UserKnn::State::neighbours(uint32_t shopper, const Row& row, const Deadline& deadline,
                                                  bool& complete) const {
  Accumulator<Overlap> overlaps;
  for (auto mine = row.choices.rbegin(); mine != row.choices.rend();
       ++mine) {  // latest first, so that a deadline leaves out the oldest
    if (!(complete = !deadline.passed())) break;
    const auto column = columns.find(mine->key);
    if (column == columns.end()) continue;
    for (const Weighted& other : column->second) {
      Overlap& overlap = overlaps[other.key];
      overlap.dot += mine->weight * other.weight;
      ++overlap.items;
    }
  }
  TopCandidates nearest(options.neighbours_max);
  overlaps.for_each([&](uint32_t other, const Overlap& overlap) {
    if (other == shopper) return;
    const float trust =
        static_cast<float>(overlap.items) / (static_cast<float>(overlap.items) + options.shrinkage);
    const float cosine = overlap.dot / (row.length * rows.at(other).length);
    nearest.offer({other, cosine * trust});
  });
  return std::move(nearest).take();
}

UserKnn::UserKnn(UserKnnOptions options) : state_(std::make_unique<State>(options)) {}
UserKnn::~UserKnn() = default;

void UserKnn::record(uint32_t shopper, Slot slot, float weight, TimePoint at) {
  if (!std::isfinite(weight) || weight == 0) return;
  const std::lock_guard lock(state_->mutex);
  float before = 0;
  TimePoint liked_at{};
  if (const auto row = state_->rows.find(shopper); row != state_->rows.end())
    if (const auto known = find(row->second.choices, slot); known != row->second.choices.end()) {
      before = known->weight;
      liked_at = known->liked_at;
    }
  if (weight >= kLiked) liked_at = std::max(liked_at, at);
  const float after = std::clamp(before + weight, 0.0F, 1.0F);
  if (after > 0)
    state_->put(shopper, slot, after, liked_at);
  else if (before > 0)
    state_->forget(shopper, slot);
}

bool UserKnn::erase(uint32_t shopper) {
  const std::lock_guard lock(state_->mutex);
  const auto row = state_->rows.find(shopper);
  if (row == state_->rows.end()) return false;
  for (const Weighted& entry : Line(row->second.choices)) state_->forget(shopper, entry.key);
  return true;
}

CandidateList UserKnn::search(uint32_t shopper, size_t k, const SlotFilter& filter, const Deadline& deadline,
                              const Relevance& relevance) const {
  CandidateList list;
  const std::shared_lock lock(state_->mutex);
  const auto row = state_->rows.find(shopper);
  if (row == state_->rows.end()) return list;
  Row relevant;
  if (relevance) {
    for (const Weighted& mine : row->second.choices)
      if (const float weight = mine.weight * relevance(mine.key); weight > 0)
        relevant.choices.push_back({mine.key, weight, mine.liked_at});
    relevant.measure();
    if (!(relevant.length > 0)) return list;
  }
  const auto neighbours =
      state_->neighbours(shopper, relevance ? relevant : row->second, deadline, list.complete);

  Accumulator<float> sums;
  float similarity = 0;
  for (const auto& [other, cosine] : neighbours) {
    similarity += cosine;
    for (const Weighted& choice : state_->rows.at(other).choices) sums[choice.key] += cosine * choice.weight;
  }
  for (const Weighted& mine : row->second.choices) sums[mine.key] = 0;
  TopCandidates top(k);
  sums.for_each([&](Slot slot, float sum) {
    const Candidate candidate{slot, std::min(1.0F, sum / similarity)};
    if (sum > 0 && top.wants(candidate) && filter(slot)) top.offer(candidate);
  });
  list.items = std::move(top).take();
  return list;
}

size_t UserKnn::choosers(Slot slot, TimePoint since, uint32_t except) const {
  const std::shared_lock lock(state_->mutex);
  const auto column = state_->columns.find(slot);
  if (column == state_->columns.end()) return 0;
  return static_cast<size_t>(
      std::count_if(column->second.begin(), column->second.end(), [&](const Weighted& one) {
        return one.key != except && one.weight >= kLiked && one.liked_at >= since;
      }));
}

size_t UserKnn::shopper_count() const {
  const std::shared_lock lock(state_->mutex);
  return state_->rows.size();
}

}  // namespace modiste
