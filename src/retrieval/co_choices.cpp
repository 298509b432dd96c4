#include "retrieval/co_choices.h"

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cmath>
#include <utility>

#include "base/binary_fields.h"
#include "base/mutex.h"
#include "retrieval/accumulator.h"
#include "retrieval/fair_lock.h"
#include "retrieval/top_candidates.h"

namespace modiste {
namespace {

using Seconds = uint32_t;  // since 1970, until 2106: half the bytes of a TimePoint; 0: never

Seconds seconds_of(TimePoint at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
  return static_cast<Seconds>(std::clamp<int64_t>(seconds, 0, UINT32_MAX));
}

struct ItemChoice {
  Slot slot;
  float weight;
  Seconds liked_at = 0;   // the latest rise by CoChoices::kLiked or more; below that weight, of any rise
  Seconds bought_at = 0;  // the latest rise by CoChoices::kBought
};
using Choices = std::vector<ItemChoice>;  // latest last, each item once

constexpr size_t kRowsAhead = 16;  // shoppers whose choices are fetched before the first one's are looked at

struct Row {  // of a shopper
  Choices choices;
  Seconds latest_at = 0;

  // Of what is left once one is taken back, as far as the times of each say.
  [[nodiscard]] Seconds latest_left() const {
    Seconds latest = 0;
    for (const ItemChoice& choice : choices) latest = std::max({latest, choice.liked_at, choice.bought_at});
    return latest;
  }
};

struct ItemColumn {
  std::vector<uint32_t> shoppers;  // latest last, each once
};

// What a hop found of an item.
struct Reached {
  float score = 0;
  uint32_t shoppers = 0;               // the most from one start
  uint32_t start = 0, from_start = 0;  // the start that reached it last, from 1, and from how many shoppers
};

template <class List>
auto find(List& choices, Slot slot) {
  return std::find_if(choices.begin(), choices.end(),
                      [&](const ItemChoice& choice) { return choice.slot == slot; });
}

}  // namespace

struct CoChoices::State {
  explicit State(CoChoicesOptions o) : options(o) {
    float factor = 1;
    for (size_t place = 0; place <= options.places_max; ++place, factor *= options.distance)
      by_distance.push_back(place == 0 ? 0 : factor / options.distance);
  }

  template <class Io, class Self>
  static void fields(Io& io, Self& state) NO_THREAD_SAFETY_ANALYSIS;
  [[nodiscard]] bool is_whole() const REQUIRES_SHARED(mutex);
  void forget(uint32_t shopper, Slot slot) REQUIRES(mutex);
  void leave_column(uint32_t shopper, Slot slot) REQUIRES(mutex);
  void count_again(Slot slot) REQUIRES(mutex) {
    roots[slot] = std::sqrt(static_cast<float>(columns[slot].shoppers.size()));
  }
  void put(uint32_t shopper, const ItemChoice& choice, TimePoint at) REQUIRES(mutex);
  [[nodiscard]] Choices starts(const Choices& row, const CoChoiceQuery& query) const;
  // Adds what is chosen beside the starts to `reached`. False when the deadline passed.
  bool hop(std::span<const ItemChoice> from, float weight, const CoChoiceQuery& query,
           Accumulator<Reached>& reached) const REQUIRES_SHARED(mutex);
  // The choices of a shopper, which lie anywhere in memory: they are on their way when it returns.
  [[nodiscard]] const Choices* fetched_ahead(uint32_t shopper) const REQUIRES_SHARED(mutex);
  void visit(const Choices& row, size_t at, float weight, float root, uint32_t start,
             Accumulator<Reached>& reached) const REQUIRES_SHARED(mutex);
  Accumulator<Reached> walk(const Row& row, const CoChoiceQuery& query, bool& complete) const
      REQUIRES_SHARED(mutex);
  [[nodiscard]] static std::vector<CandidateList> best(const Accumulator<Reached>& reached,
                                                       const CoChoiceQuery& query,
                                                       std::span<const SlotFilter> filters);
  // The shoppers of any of these, each once, within the budget of visits.
  [[nodiscard]] std::vector<uint32_t> shoppers_of(const TogetherQuery& query) const REQUIRES_SHARED(mutex);
  void visit_together(const Choices& row, size_t at, bool bought, std::vector<Candidate>& beside) const
      REQUIRES_SHARED(mutex);

  const CoChoicesOptions options;
  std::vector<float> by_distance;  // places apart -> factor
  mutable FairSharedMutex mutex;
  // Two views of one matrix. A column may have dropped its oldest shoppers while their rows still have the
  // item.
  boost::unordered_flat_map<uint32_t, Row> rows GUARDED_BY(mutex);
  std::vector<ItemColumn> columns GUARDED_BY(mutex);  // by slot
  std::vector<float> roots GUARDED_BY(mutex);         // of the number of each column's shoppers
};

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

// The latest relevant choices, latest first, with the weight that each has in the search.
Choices CoChoices::State::starts(const Choices& row, const CoChoiceQuery& query) const {
  Choices from;
  float recency = 1;
  for (auto mine = row.rbegin(); mine != row.rend() && from.size() < options.choices_max; ++mine) {
    const float relevance = query.relevance ? query.relevance(mine->slot) : 1;
    if (!(relevance > 0)) continue;
    from.push_back({mine->slot, mine->weight * relevance * recency});
    recency *= options.recency;
  }
  return from;
}

void CoChoices::State::visit(const Choices& row, size_t at, float weight, float root, uint32_t start,
                             Accumulator<Reached>& reached) const {
  const size_t begin = at - std::min(at, options.places_max);
  const size_t end = std::min(row.size(), at + options.places_max + 1);
  for (size_t place = begin; place < end; ++place) {
    if (place == at) continue;
    const ItemChoice& other = row[place];
    Reached& item = reached[other.slot];
    item.score += weight * other.weight * by_distance[place > at ? place - at : at - place] /
                  (root * roots[other.slot] + options.shrinkage);
    if (item.start != start) item.start = start, item.from_start = 0;
    item.shoppers = std::max(item.shoppers, ++item.from_start);
  }
}

bool CoChoices::State::hop(std::span<const ItemChoice> from, float weight, const CoChoiceQuery& query,
                           Accumulator<Reached>& reached) const {
  uint32_t number = 0;
  for (const ItemChoice& start : from) {
    ++number;
    if (query.deadline.passed()) return false;
    const ItemColumn& column = columns[start.slot];
    // Latest first, so that the budget leaves out the oldest.
    size_t left = options.visits_max / from.size();
    for (auto other = column.shoppers.rbegin(); other != column.shoppers.rend() && left > 0;) {
      std::array<const Choices*, kRowsAhead> ahead;
      size_t count = 0;
      for (; other != column.shoppers.rend() && count < kRowsAhead; ++other)
        if (*other != query.shopper) ahead[count++] = fetched_ahead(*other);
      for (size_t i = 0; i < count && left > 0; ++i) {
        const Choices& row = *ahead[i];
        const auto common = find(row, start.slot);
        visit(row, static_cast<size_t>(common - row.begin()), weight * start.weight * common->weight,
              roots[start.slot], number, reached);
        left -= std::min(left, std::min(row.size(), 2 * options.places_max));
      }
    }
  }
  return true;
}

const Choices* CoChoices::State::fetched_ahead(uint32_t shopper) const {
  const Choices& row = rows.at(shopper).choices;
  __builtin_prefetch(row.data());
  __builtin_prefetch(row.data() + row.size() / 2);
  return &row;
}

CoChoices::CoChoices(CoChoicesOptions options) : state_(std::make_unique<State>(options)) {}
CoChoices::~CoChoices() = default;

void CoChoices::record(uint32_t shopper, Slot slot, float weight, TimePoint at) {
  if (!std::isfinite(weight) || weight == 0) return;
  const MutexLock lock(state_->mutex);
  ItemChoice choice{slot, 0};
  if (const auto row = state_->rows.find(shopper); row != state_->rows.end())
    if (const auto known = find(row->second.choices, slot); known != row->second.choices.end())
      choice = *known;
  const float before = std::exchange(choice.weight, std::clamp(choice.weight + weight, 0.0F, 1.0F));
  if (weight >= kLiked || (weight > 0 && choice.weight < kLiked))
    choice.liked_at = std::max(choice.liked_at, seconds_of(at));
  else if (weight > 0 && before < kLiked)
    choice.liked_at = 0;  // several clicks do not make a like
  if (weight >= kBought) choice.bought_at = std::max(choice.bought_at, seconds_of(at));
  if (choice.weight > 0)
    state_->put(shopper, choice, at);
  else if (before > 0)
    state_->forget(shopper, slot);
}

bool CoChoices::take_back(uint32_t shopper, Slot slot, float weight) {
  const MutexLock lock(state_->mutex);
  const auto row = state_->rows.find(shopper);
  if (row == state_->rows.end()) return false;
  const auto known = find(row->second.choices, slot);
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
  for (const ItemChoice& choice : row->second.choices) state_->leave_column(shopper, choice.slot);
  state_->rows.erase(row);
  return true;
}

// What two hops reach from the shopper's choices, and the choices themselves with a score below 0. Sets
// `complete` to false when the deadline passed.
Accumulator<Reached> CoChoices::State::walk(const Row& row, const CoChoiceQuery& query,
                                            bool& complete) const {
  Accumulator<Reached> reached;
  complete = hop(starts(row.choices, query), 1, query, reached);
  Accumulator<Reached> further;
  if (complete && options.second_hop > 0) {
    TopCandidates best(options.second_hop_items);
    reached.for_each([&](Slot slot, const Reached& item) { best.offer({slot, item.score}); });
    Choices from;
    for (const Candidate& item : std::move(best).take()) from.push_back({item.slot, item.score});
    complete = hop(from, options.second_hop, query, further);
  }
  further.for_each([&](Slot slot, const Reached& item) { reached[slot].score += item.score; });
  for (const ItemChoice& mine : row.choices) reached[mine.slot].score = -1;
  return reached;
}

// Of each filter. Scores are made once, and a block of the prior is looked at where a filter may want it.
std::vector<CandidateList> CoChoices::State::best(const Accumulator<Reached>& reached,
                                                  const CoChoiceQuery& query,
                                                  std::span<const SlotFilter> filters) {
  const SlotPrior* prior = query.prior;
  std::vector<TopCandidates> tops(filters.size(), TopCandidates(query.k));
  const auto offer = [&](size_t i, const Candidate& candidate) {
    if (candidate.score > 0 && tops[i].wants(candidate) && filters[i](candidate.slot))
      tops[i].offer(candidate);
  };
  reached.for_each([&](Slot slot, const Reached& item) {
    if (item.score < 0) return;
    const Candidate candidate{slot, item.score + (prior == nullptr ? 0 : prior->of(slot))};
    for (size_t i = 0; i < filters.size(); ++i) offer(i, candidate);
  });
  const auto wants = [&](const Candidate& best) {
    return std::any_of(tops.begin(), tops.end(), [&](const TopCandidates& top) { return top.wants(best); });
  };
  const auto visit = [&](Slot first, Slot end) {
    const size_t block = first / kBlockSlots;
    const auto scores = prior->of_block(block);
    for (size_t i = 0; i < filters.size(); ++i) {
      if (!tops[i].wants({first, prior->most_in(block)})) continue;
      for (Slot slot = filters[i].next(first); slot < end; slot = filters[i].next(slot + 1))
        if (const Candidate candidate{slot, scores[slot - first]};
            tops[i].wants(candidate) && reached.find(slot) == nullptr)
          offer(i, candidate);
    }
  };
  if (prior != nullptr)
    visit_blocks(
        prior->slots(), 0, [&](size_t block) { return prior->most_in(block); }, wants, visit);
  std::vector<CandidateList> lists;
  for (TopCandidates& top : tops) {
    CandidateList& list = lists.emplace_back();
    list.items = std::move(top).take();
    for (const Candidate& item : list.items) {
      const Reached* found = reached.find(item.slot);
      list.evidence.push_back(found == nullptr ? 0 : found->shoppers);
    }
  }
  return lists;
}

CandidateList CoChoices::search(const CoChoiceQuery& query) const {
  return std::move(search_under(query, {&query.filter, 1}).front());
}

std::vector<CandidateList> CoChoices::search_under(const CoChoiceQuery& query,
                                                   std::span<const SlotFilter> filters) const {
  std::vector<CandidateList> lists(filters.size());
  const ReaderLock lock(state_->mutex);
  const auto row = state_->rows.find(query.shopper);
  if (row == state_->rows.end()) return lists;
  bool complete = true;
  const Accumulator<Reached> reached = state_->walk(row->second, query, complete);
  lists = State::best(reached, query, filters);
  for (CandidateList& list : lists) list.complete = complete;
  return lists;
}

// Others of the row that stand near the one at `at`, or were bought with it.
void CoChoices::State::visit_together(const Choices& row, size_t at, bool bought,
                                      std::vector<Candidate>& beside) const {
  const ItemChoice& mine = row[at];
  const size_t begin = bought ? 0 : at - std::min(at, options.places_max);
  const size_t end = bought ? row.size() : std::min(row.size(), at + options.places_max + 1);
  for (size_t place = begin; place < end; ++place) {
    const ItemChoice& other = row[place];
    if (place == at) continue;
    if (bought) {
      if (other.bought_at == 0 ||
          std::max(other.bought_at, mine.bought_at) - std::min(other.bought_at, mine.bought_at) >
              options.bought_within.count())
        continue;
    } else if (other.weight < kLiked) {
      continue;
    }
    const float weight =
        bought ? 1 : mine.weight * other.weight * by_distance[place > at ? place - at : at - place];
    beside.push_back({other.slot, weight / (roots[mine.slot] * roots[other.slot] + options.shrinkage)});
  }
}

std::vector<uint32_t> CoChoices::State::shoppers_of(const TogetherQuery& query) const {
  std::vector<uint32_t> shoppers;
  boost::unordered_flat_set<uint32_t> known;
  for (const Slot slot : query.slots) {
    if (slot >= columns.size()) continue;
    size_t left = options.visits_max / query.slots.size();
    const auto& column = columns[slot].shoppers;
    for (auto shopper = column.rbegin(); shopper != column.rend() && left > 0; ++shopper) {
      if (*shopper == query.except) continue;
      left -= std::min(left, std::min(rows.at(*shopper).choices.size(), 2 * options.places_max));
      if (known.insert(*shopper).second) shoppers.push_back(*shopper);
    }
  }
  return shoppers;
}

CandidateList CoChoices::together(const TogetherQuery& query) const {
  CandidateList list;
  const ReaderLock lock(state_->mutex);
  Accumulator<Reached> reached;
  std::vector<Candidate> beside;  // of one shopper
  for (const uint32_t shopper : state_->shoppers_of(query)) {
    const Choices& row = state_->rows.at(shopper).choices;
    beside.clear();
    for (const Slot slot : query.slots) {
      const auto mine = find(row, slot);
      if (mine == row.end() || (query.bought ? mine->bought_at == 0 : mine->weight < kLiked)) continue;
      state_->visit_together(row, static_cast<size_t>(mine - row.begin()), query.bought, beside);
    }
    // Who has the garment in two colours is one shopper: the colour that speaks most counts.
    std::sort(beside.begin(), beside.end(), [](const Candidate& a, const Candidate& b) {
      return a.slot != b.slot ? a.slot < b.slot : a.score > b.score;
    });
    for (size_t i = 0; i < beside.size(); ++i) {
      if (i > 0 && beside[i].slot == beside[i - 1].slot) continue;
      Reached& item = reached[beside[i].slot];
      item.score += beside[i].score;
      ++item.shoppers;
    }
  }
  TopCandidates top(query.k);
  reached.for_each([&](Slot slot, const Reached& item) {
    const Candidate candidate{slot, item.score};
    if (item.shoppers >= query.shoppers_min && top.wants(candidate) && query.filter(slot))
      top.offer(candidate);
  });
  list.items = std::move(top).take();
  for (const Candidate& item : list.items) list.evidence.push_back(reached.find(item.slot)->shoppers);
  return list;
}

bool CoChoices::liked_since(Slot slot, TimePoint since, uint32_t except, size_t enough) const {
  const ReaderLock lock(state_->mutex);
  if (slot >= state_->columns.size()) return enough == 0;
  const auto& shoppers = state_->columns[slot].shoppers;
  for (auto other = shoppers.rbegin(); other != shoppers.rend() && enough > 0; ++other) {
    if (*other == except) continue;
    const auto row = state_->rows.find(*other);
    if (row == state_->rows.end()) continue;
    const auto choice = find(row->second.choices, slot);
    if (choice != row->second.choices.end() && choice->weight >= kLiked &&
        choice->liked_at >= seconds_of(since))
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
  const Choices& choices = row->second.choices;
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
