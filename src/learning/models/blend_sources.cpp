#include "learning/models/blend_sources.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/rng.h"

namespace modiste {
namespace {

using ReadScore = float (*)(const SourceScores&);

constexpr size_t kNetworkProposed = 60;

// What a source may propose, best first. Score, rank and share of the source's maximum are features.
struct Proposer {
  ReadScore score;
  size_t most;
};
constexpr std::array<Proposer, 13> kProposers{{
    {[](const SourceScores& of) { return of.knn.score; }, 100},
    {[](const SourceScores& of) { return of.knn.next; }, 30},
    {[](const SourceScores& of) { return of.late_knn.score; }, 60},
    {[](const SourceScores& of) { return of.slow_knn.score; }, 60},
    {[](const SourceScores& of) { return of.slow_knn.next; }, 30},
    {[](const SourceScores& of) { return of.counts.forward; }, 60},
    {[](const SourceScores& of) { return of.counts.together; }, 60},
    {[](const SourceScores& of) { return of.counts.last; }, 40},
    {[](const SourceScores& of) { return of.counts.cosine; }, 40},
    {[](const SourceScores& of) { return of.counts.two_hop; }, 60},
    {[](const SourceScores& of) { return of.recent_forward; }, 40},
    {[](const SourceScores& of) { return of.ease; }, 60},
    {[](const SourceScores& of) { return of.network; }, kNetworkProposed},
}};
constexpr size_t kPopularProposed = 20;
// Scores that describe and do not propose.
constexpr std::array<ReadScore, 10> kDescribers{
    [](const SourceScores& of) { return of.knn.support; },
    [](const SourceScores& of) { return of.knn.nearest; },
    [](const SourceScores& of) { return of.knn.newest; },
    [](const SourceScores& of) { return of.late_knn.next; },
    [](const SourceScores& of) { return of.late_knn.support; },
    [](const SourceScores& of) { return of.slow_knn.support; },
    [](const SourceScores& of) { return of.slow_knn.nearest; },
    [](const SourceScores& of) { return of.slow_knn.newest; },
    [](const SourceScores& of) { return of.counts.support; },
    [](const SourceScores& of) { return of.recent_last; },
};
constexpr size_t kPastColumns = 6;
constexpr size_t kHistoryColumns = 8;

using ProposerValues = std::array<float, kProposers.size()>;

// A candidate on its way.
struct DescribedItem {
  ItemNumber item = 0;
  SourceScores scores;
  ProposerValues ranks{};  // 1 / place, equal scores share the first of their places; 0: not proposed
};

// Fills the proposer's ranks; answers its greatest score.
float propose(const Proposer& proposer, size_t number, std::vector<DescribedItem>& all,
              std::vector<std::pair<float, uint32_t>>& order) {
  order.clear();
  for (uint32_t i = 0; i < all.size(); ++i)
    if (const float score = proposer.score(all[i].scores); score > 0) order.emplace_back(score, i);
  const size_t kept = std::min(order.size(), proposer.most);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                    [&](const auto& a, const auto& b) {
                      return a.first != b.first ? a.first > b.first
                                                : mix64(all[a.second].item) < mix64(all[b.second].item);
                    });
  size_t place = 1;
  for (size_t i = 0; i < kept; ++i) {
    if (i > 0 && order[i].first < order[i - 1].first) place = i + 1;
    DescribedItem& one = all[order[i].second];
    one.ranks[number] = 1 / static_cast<float>(place);
    one.scores.proposed = true;
  }
  return kept > 0 ? order.front().first : 0;
}

// What came last decides: better on Diginetica (HR@20 +0.4, MRR@20 +0.4 points on 3,000 queries of its rows
// 81 to 90 %), worse on Tmall (-3.6, -0.7), so the trees choose.
SessionKnnOptions knn_of_latest(HistoryKind kind) {
  SessionKnnOptions options;
  options.position_decay = 1.5F;
  options.inner_decay = 4;
  options.age_decay = kind == HistoryKind::kSessions ? 0.3F : 0;  // shoppers' rows have no order
  return options;
}

// All of a session counts nearly alike: better on Tmall, whose sessions are long (HR@20 +0.8, MRR@20 +0.2
// points on 2,000 queries of its rows 81 to 90 %), worse on Diginetica (-1.4, -0.5 on 1,500), so the trees
// choose.
SessionKnnOptions knn_of_all() {
  SessionKnnOptions options;
  options.position_decay = 16;
  options.inner_decay = 20;
  options.age_decay = 0.5F;
  return options;
}

// The second hop takes most of the time, and most of what it finds comes from its first starts.
CountsOptions quick_counts(HistoryKind kind) {
  CountsOptions options = kind == HistoryKind::kSessions ? counts_of_sessions() : CountsOptions();
  options.two_hop_items = 80;
  return options;
}

float or_unknown(bool known, float value) { return known ? value : std::numeric_limits<float>::quiet_NaN(); }

}  // namespace

BlendSources::BlendSources(HistoryKind kind)
    : kind_(kind),
      knn_(kind == HistoryKind::kSessions ? SessionKnnOptions() : knn_of_shoppers()),
      late_knn_(knn_of_latest(kind)),
      slow_knn_(knn_of_all()),
      counts_(quick_counts(kind)),
      recent_counts_(counts_of_sessions()),
      network_("network", kind,
               kind == HistoryKind::kSessions ? sequence_transformer_options() : spectral_bag_options()) {
  if (kind == HistoryKind::kShoppers) ease_ = std::make_unique<Ease>();
}

size_t BlendSources::columns() {
  return 3 * kProposers.size() + kDescribers.size() + kPastColumns + kHistoryColumns;
}

void BlendSources::fit(const Histories& histories, const FitProgress& progress, bool again) {
  rows_ = histories.rows.size();
  knn_.fit(histories);
  late_knn_.fit(histories);
  counts_.fit(histories);
  if (ease_) ease_->fit(histories, progress);
  if (again)
    network_.fit_again(histories, progress);
  else
    network_.fit(histories, progress);
  if (kind_ == HistoryKind::kSessions) {
    slow_knn_.fit(histories);
    const size_t first = rows_ - rows_ / 10;
    recent_counts_.fit({histories.items,
                        {histories.rows.begin() + static_cast<std::ptrdiff_t>(first), histories.rows.end()}});
  }
  count_past(histories);
}

void BlendSources::count_past(const Histories& histories) {
  past_.assign(histories.items, {});
  const bool ordered = kind_ == HistoryKind::kSessions;
  const size_t recent = ordered ? rows_ - rows_ / 20 : 0;
  for (size_t r = 0; r < rows_; ++r) {
    const History& row = histories.rows[r];
    for (const ItemNumber item : row) {
      ++past_[item].choices;
      if (r >= recent) ++past_[item].recent;
    }
    for (const auto& [item, place] : HistoryFacts(row).places) {
      ItemPast& past = past_[item];
      ++past.rows;
      if (place.times > 1) ++past.repeats;
      past.last_row = static_cast<float>(r);
      if (past.first_row < 0) past.first_row = past.last_row;
    }
  }
  popular_.resize(histories.items);
  std::iota(popular_.begin(), popular_.end(), ItemNumber{0});
  std::sort(popular_.begin(), popular_.end(),
            [&](ItemNumber a, ItemNumber b) { return past_[a].recent > past_[b].recent; });
  if (popular_.size() <= kPopularProposed) return;
  // Of equals at the end none is proposed.
  const float beyond = past_[popular_[kPopularProposed]].recent;
  std::erase_if(popular_, [&](ItemNumber item) { return past_[item].recent <= beyond; });
}

Accumulator<SourceScores> BlendSources::signals_of(std::span<const ItemNumber> history) const {
  Accumulator<SourceScores> found;
  knn_.parts(history).for_each([&](ItemNumber item, const KnnScores& of) { found[item].knn = of; });
  late_knn_.parts(history).for_each([&](ItemNumber item, const KnnScores& of) { found[item].late_knn = of; });
  counts_.parts(history).for_each([&](ItemNumber item, const CountScores& of) { found[item].counts = of; });
  if (kind_ == HistoryKind::kSessions) {
    slow_knn_.parts(history).for_each(
        [&](ItemNumber item, const KnnScores& of) { found[item].slow_knn = of; });
    recent_counts_.first_hop(history).for_each([&](ItemNumber item, const CountScores& of) {
      found[item].recent_forward = of.forward;
      found[item].recent_last = of.last;
    });
  }
  if (ease_) {
    std::vector<float> scores(past_.size(), 0);
    ease_->score(history, scores);
    for (ItemNumber item = 0; item < scores.size(); ++item)
      if (scores[item] > 0) found[item].ease = scores[item];
  }
  add_network(history, found);
  for (const ItemNumber item : popular_) found[item].proposed = true;
  if (kind_ == HistoryKind::kSessions)
    for (const ItemNumber item : history)
      if (item < past_.size()) found[item].proposed = true;
  return found;
}

// The network says something of every item: those that it ranks first are added, all others only described.
void BlendSources::add_network(std::span<const ItemNumber> history, Accumulator<SourceScores>& found) const {
  std::vector<float> scores(past_.size(), 0);
  network_.score(history, scores);
  std::vector<ItemNumber> first(scores.size());
  std::iota(first.begin(), first.end(), ItemNumber{0});
  const auto most = static_cast<std::ptrdiff_t>(std::min(first.size(), kNetworkProposed));
  std::nth_element(first.begin(), first.begin() + most, first.end(),
                   [&](ItemNumber a, ItemNumber b) { return scores[a] > scores[b]; });
  for (const ItemNumber item : std::span(first).first(static_cast<size_t>(most)))
    if (scores[item] > 0) found[item].network = scores[item];
  found.for_each([&](ItemNumber item, SourceScores& of) {
    if (item < scores.size()) of.network = scores[item];
  });
}

void BlendSources::add_past(ItemNumber item, std::vector<float>& features) const {
  const ItemPast& past = past_[item];
  const auto rows = static_cast<float>(std::max<size_t>(1, rows_));
  const bool ordered = kind_ == HistoryKind::kSessions && past.rows > 0;
  features.push_back(past.choices);
  features.push_back(or_unknown(ordered, past.recent));
  features.push_back(or_unknown(ordered, past.recent / (past.choices + 5)));
  features.push_back(past.repeat_share());
  features.push_back(or_unknown(ordered, (rows - past.last_row) / rows));
  features.push_back(or_unknown(ordered, (rows - past.first_row) / rows));
}

HistoryFacts::HistoryFacts(std::span<const ItemNumber> of) : items(of) {
  for (size_t i = 0; i < of.size(); ++i) {
    Place& place = places[of[i]];
    ++place.times;
    place.steps = static_cast<float>(of.size() - 1 - i);
  }
}

void BlendSources::add_place_in_history(const HistoryFacts& facts, ItemNumber item,
                                        std::vector<float>& features) const {
  const std::span<const ItemNumber> history = facts.items;
  const auto length = static_cast<float>(history.size());
  const auto found = facts.places.find(item);
  const auto place = found == facts.places.end() ? HistoryFacts::Place() : found->second;
  const bool known = !history.empty() && history.back() < past_.size();
  features.push_back(place.times);
  features.push_back(or_unknown(length > 0, place.times / length));
  features.push_back(or_unknown(place.times > 0, place.steps));
  features.push_back(length);
  features.push_back(static_cast<float>(facts.places.size()));
  features.push_back(or_unknown(known, known ? past_[history.back()].choices : 0));
  features.push_back(or_unknown(known, known ? past_[history.back()].repeat_share() : 0));
  features.push_back(length > 1 && history.back() == history[history.size() - 2] ? 1 : 0);
}

BlendCandidates BlendSources::describe(std::span<const ItemNumber> history) const {
  std::vector<DescribedItem> all;
  signals_of(history).for_each([&](ItemNumber item, const SourceScores& scores) {
    if (item < past_.size()) all.push_back({item, scores, {}});
  });
  ProposerValues greatest{};
  std::vector<std::pair<float, uint32_t>> order;
  for (size_t p = 0; p < kProposers.size(); ++p) greatest[p] = propose(kProposers[p], p, all, order);
  BlendCandidates candidates;
  const HistoryFacts facts(history);
  auto& features = candidates.features;
  for (DescribedItem& one : all) {
    if (!one.scores.proposed) continue;
    // Shoppers' rows have no order, and so no newest.
    if (kind_ == HistoryKind::kShoppers) one.scores.knn.newest = or_unknown(false, 0);
    candidates.items.push_back(one.item);
    for (size_t p = 0; p < kProposers.size(); ++p) {
      const float score = kProposers[p].score(one.scores);
      features.push_back(score);
      features.push_back(one.ranks[p]);
      features.push_back(greatest[p] > 0 ? score / greatest[p] : 0);
    }
    for (const ReadScore read : kDescribers) features.push_back(read(one.scores));
    candidates.plain.push_back(std::accumulate(one.ranks.begin(), one.ranks.end(), 0.0F));
    add_past(one.item, features);
    add_place_in_history(facts, one.item, features);
  }
  return candidates;
}

size_t BlendSources::bytes() const {
  return knn_.bytes() + late_knn_.bytes() + slow_knn_.bytes() + counts_.bytes() + recent_counts_.bytes() +
         (ease_ ? ease_->bytes() : 0) + network_.bytes() + past_.size() * sizeof(ItemPast);
}

}  // namespace modiste
