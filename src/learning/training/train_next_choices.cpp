#include "learning/training/train_next_choices.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "features/source_shares.h"
#include "retrieval/co_choices.h"
#include "retrieval/popularity_by_time.h"

namespace modiste {
namespace {

constexpr std::array<float, 5> kShares{0, 0.25F, 0.5F, 0.75F, 1};

// The items that a network is about, and what shoppers chose of them.
struct NumberedChoices {
  Histories histories;  // a row for each shopper, which may be empty
  std::vector<Slot> slot_of;
  std::vector<ItemNumber> number_of;  // by slot; UINT32_MAX: none
  size_t choices = 0;
};

// What was chosen before `until`.
NumberedChoices number(const ChoiceHistoryRows& history, TimePoint until,
                       const TrainNextChoicesOptions& options) {
  std::vector<uint32_t> choosers(history.items.size());
  for (const auto& row : history.shoppers)
    for (const ChosenItem& chosen : row) choosers[chosen.item] += chosen.at < until ? 1 : 0;
  NumberedChoices numbered;
  for (Slot slot = 0; slot < choosers.size(); ++slot)
    if (choosers[slot] >= options.choosers_min) numbered.slot_of.push_back(slot);
  if (numbered.slot_of.size() > options.items_max) {
    std::stable_sort(numbered.slot_of.begin(), numbered.slot_of.end(),
                     [&](Slot a, Slot b) { return choosers[a] > choosers[b]; });
    numbered.slot_of.resize(options.items_max);
    std::sort(numbered.slot_of.begin(), numbered.slot_of.end());
  }
  numbered.number_of.assign(history.items.size(), UINT32_MAX);
  for (size_t n = 0; n < numbered.slot_of.size(); ++n)
    numbered.number_of[numbered.slot_of[n]] = static_cast<ItemNumber>(n);
  numbered.histories.items = numbered.slot_of.size();
  for (const auto& row : history.shoppers) {
    History& known = numbered.histories.rows.emplace_back();
    for (const ChosenItem& chosen : row)
      if (chosen.at < until && numbered.number_of[chosen.item] != UINT32_MAX)
        known.push_back(numbered.number_of[chosen.item]);
    numbered.choices += known.size();
  }
  return numbered;
}

// From when on the latest choices judge, of those later than `after`.
TimePoint judging_from(const ChoiceHistoryRows& history, double judging, TimePoint after) {
  std::vector<TimePoint> times;
  for (const auto& row : history.shoppers)
    for (const ChosenItem& chosen : row)
      if (chosen.at > after) times.push_back(chosen.at);
  std::sort(times.begin(), times.end());
  const auto place = static_cast<size_t>((1 - judging) * static_cast<double>(times.size()));
  return times.empty() ? TimePoint{} : times[std::min(place, times.size() - 1)];
}

// The neighbours of a time, as serving has them but for the tastes, by which it weighs a shopper's choices.
class NeighboursThen {
 public:
  NeighboursThen(const ChoiceHistoryRows& history, const NumberedChoices& numbered, TimePoint until)
      : items_(numbered.slot_of.size()) {
    struct Made {
      TimePoint at;
      uint32_t shopper;
      ItemNumber item;
    };
    std::vector<Made> made;
    for (uint32_t s = 0; s < history.shoppers.size(); ++s)
      for (const ChosenItem& chosen : history.shoppers[s])
        if (chosen.at < until && numbered.number_of[chosen.item] != UINT32_MAX)
          made.push_back({chosen.at, s, numbered.number_of[chosen.item]});
    std::stable_sort(made.begin(), made.end(), [](const Made& a, const Made& b) { return a.at < b.at; });
    for (const Made& one : made) {
      choices_.record(one.shopper, one.item, 1, one.at);
      popularity_.record(one.item, 1, one.at);
    }
  }

  // By item, as the feature "neighbours".
  [[nodiscard]] std::vector<float> shares(uint32_t shopper, TimePoint now) const {
    std::vector<float> scores(items_, 0);
    CoChoiceQuery query;
    query.shopper = shopper;
    query.k = std::min(items_, kCandidatesMax);
    const auto times = popular_beside(choices_.last_choice_at(shopper).value_or(now), now);
    popularity_.with_shares(times, [&](const SlotPrior& prior) {
      query.prior = &prior;
      for (const Candidate& found : choices_.search(query).items) scores[found.slot] = found.score;
    });
    return log_shares(scores);
  }

 private:
  const size_t items_;
  CoChoices choices_;
  PopularityByTime popularity_;
};

// NDCG of one item that is wanted, among those that are not excluded; of equal values it has the middle rank.
float ndcg_of(std::span<const float> values, ItemNumber wanted, const std::vector<bool>& excluded,
              size_t count) {
  double rank = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (i == wanted || excluded[i]) continue;
    rank += values[i] > values[wanted] ? 1 : values[i] == values[wanted] ? 0.5 : 0;
  }
  return rank < static_cast<double>(count) ? static_cast<float>(1 / std::log2(rank + 2)) : 0;
}

struct Judgement {
  std::vector<std::array<float, kShares.size()>> ndcg;  // by shopper asked
};

Judgement judge(const ChoiceHistoryRows& history, const NumberedChoices& numbered, const SequenceModel& model,
                TimePoint from, const TrainNextChoicesOptions& options) {
  const NeighboursThen neighbours(history, numbered, from);
  Judgement judgement;
  for (uint32_t s = 0; s < history.shoppers.size() && judgement.ndcg.size() < options.asked_max; ++s) {
    const History& known = numbered.histories.rows[s];
    const auto& row = history.shoppers[s];
    const auto next = std::find_if(row.begin(), row.end(), [&](const ChosenItem& chosen) {
      return chosen.at >= from && numbered.number_of[chosen.item] != UINT32_MAX;
    });
    if (known.empty() || next == row.end()) continue;
    std::vector<bool> excluded(numbered.slot_of.size());
    for (const ItemNumber item : known) excluded[item] = true;
    const ItemNumber wanted = numbered.number_of[next->item];
    if (excluded[wanted]) continue;
    const std::vector<float> by_neighbours = neighbours.shares(s, from);
    std::vector<float> by_network(numbered.slot_of.size(), 0);
    model.score(known, by_network);
    for (size_t i = 0; i < by_network.size(); ++i)
      if (excluded[i]) by_network[i] = 0;
    by_network = log_shares(by_network);
    auto& ndcg = judgement.ndcg.emplace_back();
    std::vector<float> mixed(by_network.size());
    for (size_t m = 0; m < kShares.size(); ++m) {
      for (size_t i = 0; i < mixed.size(); ++i)
        mixed[i] = (1 - kShares[m]) * by_neighbours[i] + kShares[m] * by_network[i];
      ndcg[m] = ndcg_of(mixed, wanted, excluded, options.count);
    }
  }
  return judgement;
}

// The even shoppers choose the share, the odd ones say what it is worth.
void weigh(const Judgement& judgement, const TrainNextChoicesOptions& options, TrainedNextChoices& trained) {
  std::array<double, kShares.size()> sums{};
  for (size_t i = 0; i < judgement.ndcg.size(); i += 2)
    for (size_t m = 0; m < sums.size(); ++m) sums[m] += static_cast<double>(judgement.ndcg[i][m]);
  const auto best = static_cast<size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
  trained.model.share = kShares[best];
  std::array<std::vector<float>, 4> series;  // mixed, neighbours, network, gain
  for (size_t i = 1; i < judgement.ndcg.size(); i += 2) {
    const auto& ndcg = judgement.ndcg[i];
    series[0].push_back(ndcg[best]);
    series[1].push_back(ndcg.front());
    series[2].push_back(ndcg.back());
    series[3].push_back(ndcg[best] - ndcg.front());
  }
  trained.asked = series[0].size();
  const auto intervals = bootstrap(series, options.resamples, options.network.training.seed);
  trained.mixed = intervals[0];
  trained.neighbours = intervals[1];
  trained.network = intervals[2];
  trained.gain = intervals[3];
}

// Rows of those who chose something between the two; of others, none.
Histories chosen_between(const ChoiceHistoryRows& history, const NumberedChoices& numbered, TimePoint after,
                         TimePoint until) {
  Histories since = numbered.histories;
  for (size_t s = 0; s < history.shoppers.size(); ++s)
    if (std::ranges::none_of(history.shoppers[s], [&](const ChosenItem& chosen) {
          return chosen.at > after && chosen.at < until;
        }))
      since.rows[s].clear();
  return since;
}

// The model's tensors for these items; NaN for items that it does not know.
std::shared_ptr<const SequenceWeights> tensors_for(const NextChoicesModel& model,
                                                   const ChoiceHistoryRows& history,
                                                   const NumberedChoices& numbered) {
  std::map<std::pair<std::string, std::string>, size_t> rows;
  for (size_t i = 0; i < model.items.size(); ++i)
    rows.emplace(std::pair(model.items[i].garment_id, model.items[i].colour), i);
  const size_t width = model.width, items = numbered.slot_of.size();
  const float unknown = std::numeric_limits<float>::quiet_NaN();
  auto tensors = std::make_shared<SequenceWeights>();
  auto &out = (*tensors)["items"], &read = (*tensors)["read"], &bias = (*tensors)["bias"];
  out.assign(items * width, unknown);
  read = out;
  bias.assign(items, unknown);
  for (size_t n = 0; n < items; ++n) {
    const ItemKey& key = history.items[numbered.slot_of[n]];
    const auto known = rows.find({key.garment_id, key.colour});
    if (known == rows.end()) continue;
    const auto from = static_cast<std::ptrdiff_t>(known->second * width);
    const auto to = static_cast<std::ptrdiff_t>(n * width), count = static_cast<std::ptrdiff_t>(width);
    std::copy_n(model.rows.begin() + from, count, out.begin() + to);
    std::copy_n(model.read.begin() + from, count, read.begin() + to);
    bias[n] = model.bias[known->second];
  }
  (*tensors)["decay"] = {std::log(model.decay / (1 - model.decay))};
  return tensors;
}

void take_network(const SequenceNetwork& network, const ChoiceHistoryRows& history,
                  const NumberedChoices& numbered, NextChoicesModel& model) {
  const SequenceWeights& weights = network.weights();
  model.width = static_cast<uint32_t>(network.shape().width);
  for (const Slot slot : numbered.slot_of) model.items.push_back(history.items[slot]);
  model.rows = weights.at("items");
  model.read = weights.at("read");
  model.bias = weights.at("bias");
  model.decay = 1 / (1 + std::exp(-weights.at("decay").front()));
}

ModelDraft draft_of(const TrainedNextChoices& trained, TimePoint first, TimePoint last) {
  ModelDraft draft;
  draft.name = "next-choices";
  draft.kind = kNextChoicesKind;
  draft.trained_on =
      fmt::format("{} choices of {} shoppers until {:%F}, {} items", trained.choices, trained.shoppers,
                  std::chrono::floor<std::chrono::seconds>(last), trained.model.items.size());
  draft.data_from = first;
  draft.data_until = last;
  draft.settings = {{"share", static_cast<double>(trained.model.share)},
                    {"width", trained.model.width},
                    {"decay", static_cast<double>(trained.model.decay)}};
  draft.metrics = {{"asked", static_cast<double>(trained.asked)}, {"ndcg.mixed", trained.mixed.mean},
                   {"ndcg.neighbours", trained.neighbours.mean},  {"ndcg.network", trained.network.mean},
                   {"ndcg.gain_low", trained.gain.low},           {"ndcg.gain_high", trained.gain.high}};
  return draft;
}

}  // namespace

SequenceModelOptions next_choices_network() {
  SequenceModelOptions options = spectral_bag_options();
  options.shape.width = 64;
  options.shape.latest_max = NextChoices::kLatestMax;
  return options;
}

Result<TrainedNextChoices> train_next_choices(const ChoiceHistoryRows& history,
                                              const TrainNextChoicesOptions& options,
                                              const FitProgress& progress) {
  const bool goes_on = options.begin_from != nullptr;
  if (goes_on && options.begin_from->width != options.network.shape.width)
    return Error{Code::kConflict,
                 fmt::format("the network to go on from is {} wide", options.begin_from->width), "",
                 fmt::format("{}, or a full training", options.network.shape.width)};
  const TimePoint after = goes_on ? options.begin_until : TimePoint::min();
  const TimePoint from = judging_from(history, options.judging, after);
  const NumberedChoices earlier = number(history, from, options),
                        all = number(history, TimePoint::max(), options);
  size_t several = 0;  // shoppers who teach
  const auto learn = [&](const NumberedChoices& numbered, TimePoint until, size_t stage) {
    SequenceModelOptions network = options.network;
    Histories taught = numbered.histories;
    if (goes_on) {
      network.before = tensors_for(*options.begin_from, history, numbered);
      taught = chosen_between(history, numbered, after, until);
    }
    several = static_cast<size_t>(
        std::ranges::count_if(taught.rows, [](const History& row) { return row.size() > 1; }));
    SequenceModel model("spectral-bag", HistoryKind::kShoppers, network);
    model.fit(taught, [&](size_t epoch, size_t epochs) {
      if (progress) progress(stage * epochs + epoch, 2 * epochs);
    });
    return model;
  };
  const SequenceModel judged = learn(earlier, from, 0), published = learn(all, TimePoint::max(), 1);
  if (judged.network().shape().items == 0 || published.network().shape().items == 0)
    return Error{Code::kConflict, fmt::format("{} shoppers chose two items or more", several), "",
                 fmt::format("{} of them before the latest choices, which judge", kSequenceRowsMin)};
  TrainedNextChoices trained;
  trained.shoppers = several;
  trained.choices = all.choices;
  take_network(published.network(), history, all, trained.model);
  weigh(judge(history, earlier, judged, from, options), options, trained);
  TimePoint first = TimePoint::max(), last{};
  for (const auto& row : history.shoppers) {
    first = std::min(first, row.front().at);
    last = std::max(last, row.back().at);
  }
  trained.draft = draft_of(trained, first, last);
  return trained;
}

}  // namespace modiste
