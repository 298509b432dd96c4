// The random walk of a search over what is chosen together, and what was chosen beside one garment.
#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_set.hpp>
#include <utility>

#include "base/mutex.h"
#include "retrieval/co_choices_state.h"
#include "retrieval/top_candidates.h"

namespace modiste {
namespace {

constexpr size_t kRowsAhead = 16;  // shoppers whose choices are fetched before the first one's are looked at

}  // namespace

// The latest relevant choices, latest first, with the weight that each has in the search.
CoChoices::State::Choices CoChoices::State::starts(const Choices& row, const CoChoiceQuery& query) const {
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

const CoChoices::State::Choices* CoChoices::State::fetched_ahead(uint32_t shopper) const {
  const Choices& row = rows.at(shopper).choices;
  __builtin_prefetch(row.data());
  __builtin_prefetch(row.data() + row.size() / 2);
  return &row;
}

// What two hops reach from the shopper's choices, and the choices themselves with a score below 0. Sets
// `complete` to false when the deadline passed.
Accumulator<CoChoices::State::Reached> CoChoices::State::walk(const Row& row, const CoChoiceQuery& query,
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
  const Accumulator<State::Reached> reached = state_->walk(row->second, query, complete);
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
  Accumulator<State::Reached> reached;
  std::vector<Candidate> beside;  // of one shopper
  for (const uint32_t shopper : state_->shoppers_of(query)) {
    const State::Choices& row = state_->rows.at(shopper).choices;
    beside.clear();
    for (const Slot slot : query.slots) {
      const auto mine = State::find(row, slot);
      if (mine == row.end() || (query.bought ? mine->bought_at == 0 : mine->weight < kLiked)) continue;
      state_->visit_together(row, static_cast<size_t>(mine - row.begin()), query.bought, beside);
    }
    // Who has the garment in two colours is one shopper: the colour that speaks most counts.
    std::sort(beside.begin(), beside.end(), [](const Candidate& a, const Candidate& b) {
      return a.slot != b.slot ? a.slot < b.slot : a.score > b.score;
    });
    for (size_t i = 0; i < beside.size(); ++i) {
      if (i > 0 && beside[i].slot == beside[i - 1].slot) continue;
      State::Reached& item = reached[beside[i].slot];
      item.score += beside[i].score;
      ++item.shoppers;
    }
  }
  TopCandidates top(query.k);
  reached.for_each([&](Slot slot, const State::Reached& item) {
    const Candidate candidate{slot, item.score};
    if (item.shoppers >= query.shoppers_min && top.wants(candidate) && query.filter(slot))
      top.offer(candidate);
  });
  list.items = std::move(top).take();
  for (const Candidate& item : list.items) list.evidence.push_back(reached.find(item.slot)->shoppers);
  return list;
}

}  // namespace modiste
