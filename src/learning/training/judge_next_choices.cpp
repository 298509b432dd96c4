#include "learning/training/judge_next_choices.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "base/rng.h"
#include "features/source_shares.h"
#include "learning/registry/metric_names.h"
#include "retrieval/co_choices.h"
#include "retrieval/popularity_by_time.h"

namespace modiste {
namespace {

constexpr std::array<float, 5> kShares{0, 0.25F, 0.5F, 0.75F, 1};

// What can be ranked at a time: all that anybody chose before it.
struct RankedItems {
  std::vector<Slot> slot_of;
  std::vector<uint32_t> place_of;  // by slot; UINT32_MAX: none
};

RankedItems chosen_before(const ChoiceHistoryRows& history, TimePoint until) {
  RankedItems ranked;
  ranked.place_of.assign(history.items.size(), UINT32_MAX);
  for (const auto& row : history.shoppers)
    for (const ChosenItem& chosen : row)
      if (chosen.at < until) ranked.place_of[chosen.item] = 0;
  for (Slot slot = 0; slot < ranked.place_of.size(); ++slot) {
    if (ranked.place_of[slot] == UINT32_MAX) continue;
    ranked.place_of[slot] = static_cast<uint32_t>(ranked.slot_of.size());
    ranked.slot_of.push_back(slot);
  }
  return ranked;
}

// The neighbours of a time, as serving has them but for the tastes, by which it weighs a shopper's choices.
class NeighboursThen {
 public:
  NeighboursThen(const ChoiceHistoryRows& history, const RankedItems& ranked, TimePoint until)
      : ranked_(ranked) {
    struct Made {
      HeardChoice heard;
      uint32_t shopper;
    };
    std::vector<Made> made;
    for (uint32_t s = 0; s < history.shoppers.size(); ++s) {
      const auto add = [&](const HeardChoice& heard) {
        if (heard.at < until && ranked.place_of[heard.item] != UINT32_MAX) made.push_back({heard, s});
      };
      if (history.heard.empty())
        for (const ChosenItem& chosen : history.shoppers[s]) add({chosen.item, 1, chosen.at});
      else
        for (const HeardChoice& heard : history.heard[s]) add(heard);
    }
    std::stable_sort(made.begin(), made.end(),
                     [](const Made& a, const Made& b) { return a.heard.at < b.heard.at; });
    for (const auto& [heard, shopper] : made) {
      choices_.record(shopper, heard.item, heard.weight, heard.at);
      popularity_.record(heard.item, heard.weight, heard.at);
    }
  }

  // By place, as the feature "neighbours".
  [[nodiscard]] std::vector<float> shares(uint32_t shopper, TimePoint now) const {
    std::vector<float> scores(ranked_.slot_of.size(), 0);
    CoChoiceQuery query;
    query.shopper = shopper;
    query.k = std::min(scores.size(), kCandidatesMax);
    const auto times = popular_beside(choices_.last_choice_at(shopper).value_or(now), now);
    popularity_.with_shares(times, [&](const SlotPrior& prior) {
      query.prior = &prior;
      for (const Candidate& found : choices_.search(query).items)
        if (const uint32_t place = ranked_.place_of[found.slot]; place != UINT32_MAX)
          scores[place] = found.score;
    });
    return log_shares(scores);
  }

 private:
  const RankedItems& ranked_;
  CoChoices choices_;
  PopularityByTime popularity_;
};

// A network among what can be ranked, as NextChoices::shares() answers.
class NetworkThen {
 public:
  // number_of: by slot, of the network's items; UINT32_MAX: it does not know the item.
  NetworkThen(const SequenceNetwork& network, const std::vector<uint32_t>& number_of,
              const RankedItems& ranked)
      : network_(network), number_of_(number_of), ranked_(ranked) {}

  // By place. Empty where it knows none of the shopper's choices.
  [[nodiscard]] std::vector<float> shares(std::span<const Slot> choices,
                                          const std::vector<bool>& excluded) const {
    // In the hybrid what a garment is stands in where the network does not know it: a rank share, whose
    // middle this is. The history does not tell it better.
    constexpr float kContentMiddle = 0.5F;
    std::vector<uint32_t> known;
    for (const Slot slot : choices)
      if (number_of_[slot] != UINT32_MAX) known.push_back(number_of_[slot]);
    if (known.empty()) return {};
    const std::vector<float> logits = network_.scores(known);
    float most = -std::numeric_limits<float>::infinity();
    for (const float logit : logits) most = std::max(most, logit);
    std::vector<float> values(ranked_.slot_of.size(), 0);
    for (size_t place = 0; place < values.size(); ++place)
      if (const uint32_t number = number_of_[ranked_.slot_of[place]];
          number != UINT32_MAX && !excluded[place])
        values[place] = std::exp(logits[number] - most);
    values = log_shares(values);
    for (size_t place = 0; place < values.size(); ++place)
      if (number_of_[ranked_.slot_of[place]] == UINT32_MAX) values[place] = kContentMiddle;
    return values;
  }

 private:
  const SequenceNetwork& network_;
  const std::vector<uint32_t>& number_of_;
  const RankedItems& ranked_;
};

// NDCG of one item that is wanted, among those that are not excluded; of equal values it has the middle rank.
float ndcg_of(std::span<const float> values, size_t wanted, const std::vector<bool>& excluded, size_t count) {
  double rank = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (i == wanted || excluded[i]) continue;
    rank += values[i] > values[wanted] ? 1 : values[i] == values[wanted] ? 0.5 : 0;
  }
  return rank < static_cast<double>(count) ? static_cast<float>(1 / std::log2(rank + 2)) : 0;
}

// As the hybrid gives the network its share of the neighbours' weight.
std::vector<float> mix(const std::vector<float>& by_neighbours, const std::vector<float>& by_network,
                       float share) {
  if (by_network.empty()) return by_neighbours;
  std::vector<float> mixed(by_neighbours.size());
  for (size_t i = 0; i < mixed.size(); ++i) mixed[i] = (1 - share) * by_neighbours[i] + share * by_network[i];
  return mixed;
}

struct JudgedShopper {
  std::array<float, kShares.size()> ndcg{};
  std::optional<float> champion;  // of the network that serves, with its share
};

// The network that serves, by its own numbers.
struct ServingNetwork {
  SequenceNetwork network;
  std::vector<uint32_t> number_of;  // by slot
};

class NextChoiceJudge {
 public:
  NextChoiceJudge(const ChoiceHistoryRows& history, const SequenceNetwork& network,
                  const std::vector<uint32_t>& number_of, TimePoint from,
                  const JudgeNextChoicesOptions& options)
      : history_(history),
        options_(options),
        from_(from),
        ranked_(chosen_before(history, from)),
        neighbours_(history, ranked_, from),
        network_(network, number_of, ranked_) {
    if (options.champion != nullptr) serving_ = serving_network(*options.champion, history);
  }

  // Shoppers are drawn: persons' ids often grow with time, and the first of them are the oldest accounts.
  [[nodiscard]] std::vector<JudgedShopper> run() const {
    std::vector<uint32_t> order(history_.shoppers.size());
    std::iota(order.begin(), order.end(), 0U);
    Rng rng(options_.seed);
    rng.shuffle(order);
    std::vector<JudgedShopper> judged;
    for (const uint32_t shopper : order) {
      if (judged.size() == options_.asked_max) break;
      if (auto one = ask(shopper)) judged.push_back(*one);
    }
    return judged;
  }

 private:
  static ServingNetwork serving_network(const NextChoicesModel& model, const ChoiceHistoryRows& history) {
    ServingNetwork serving;
    serving.number_of.assign(history.items.size(), UINT32_MAX);
    std::map<std::pair<std::string, std::string>, uint32_t> numbers;
    for (uint32_t i = 0; i < model.items.size(); ++i)
      numbers.emplace(std::pair(model.items[i].garment_id, model.items[i].colour), i);
    for (Slot slot = 0; slot < history.items.size(); ++slot)
      if (const auto found = numbers.find({history.items[slot].garment_id, history.items[slot].colour});
          found != numbers.end())
        serving.number_of[slot] = found->second;
    SequenceShape shape = next_choices_network().shape;
    shape.items = model.items.size();
    shape.width = model.width;
    serving.network = SequenceNetwork(shape, {{"items", model.rows},
                                              {"read", model.read},
                                              {"bias", model.bias},
                                              {"decay", {std::log(model.decay / (1 - model.decay))}}});
    return serving;
  }

  // The first new choice of what somebody had chosen before.
  [[nodiscard]] std::optional<JudgedShopper> ask(uint32_t shopper) const {
    const auto& row = history_.shoppers[shopper];
    std::vector<Slot> known;
    std::vector<bool> excluded(ranked_.slot_of.size());
    const ChosenItem* next = nullptr;
    for (const ChosenItem& chosen : row) {
      const uint32_t place = ranked_.place_of[chosen.item];
      if (chosen.at < from_) {
        known.push_back(chosen.item);
        excluded[place] = true;
      } else if (next == nullptr && place != UINT32_MAX) {
        next = &chosen;
      }
    }
    if (known.empty() || next == nullptr) return std::nullopt;
    const size_t wanted = ranked_.place_of[next->item];
    const auto by_neighbours = neighbours_.shares(shopper, from_);
    const auto by_network = network_.shares(known, excluded);
    const auto ndcg = [&](const std::vector<float>& by, float share) {
      return ndcg_of(mix(by_neighbours, by, share), wanted, excluded, options_.count);
    };
    JudgedShopper judged;
    for (size_t m = 0; m < kShares.size(); ++m) judged.ndcg[m] = ndcg(by_network, kShares[m]);
    if (serving_ && next->at > options_.champion_until)
      judged.champion =
          ndcg(NetworkThen(serving_->network, serving_->number_of, ranked_).shares(known, excluded),
               options_.champion->share);
    return judged;
  }

  const ChoiceHistoryRows& history_;
  const JudgeNextChoicesOptions& options_;
  const TimePoint from_;
  const RankedItems ranked_;
  const NeighboursThen neighbours_;
  const NetworkThen network_;
  std::optional<ServingNetwork> serving_;
};

// The even shoppers choose the share, the odd ones say what it is worth.
NextChoicesVerdict verdict_of(const std::vector<JudgedShopper>& judged,
                              const JudgeNextChoicesOptions& options) {
  std::array<double, kShares.size()> sums{};
  for (size_t i = 0; i < judged.size(); i += 2)
    for (size_t m = 0; m < sums.size(); ++m) sums[m] += static_cast<double>(judged[i].ndcg[m]);
  const auto best = static_cast<size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
  std::array<std::vector<float>, 4> series;            // mixed, neighbours, network, gain
  std::array<std::vector<float>, 2> against_champion;  // its own, gain
  for (size_t i = 1; i < judged.size(); i += 2) {
    const auto& ndcg = judged[i].ndcg;
    series[0].push_back(ndcg[best]);
    series[1].push_back(ndcg.front());
    series[2].push_back(ndcg.back());
    series[3].push_back(ndcg[best] - ndcg.front());
    if (!judged[i].champion) continue;
    against_champion[0].push_back(*judged[i].champion);
    against_champion[1].push_back(ndcg[best] - *judged[i].champion);
  }
  const auto intervals = bootstrap(series, options.resamples, options.seed);
  const auto beside = bootstrap(against_champion, options.resamples, options.seed);
  NextChoicesVerdict verdict;
  verdict.share = kShares[best];
  verdict.asked = series[0].size();
  verdict.mixed = intervals[0];
  verdict.neighbours = intervals[1];
  verdict.network = intervals[2];
  verdict.gain = intervals[3];
  verdict.asked_champion = against_champion[0].size();
  verdict.champion = beside[0];
  verdict.champion_gain = beside[1];
  return verdict;
}

}  // namespace

SequenceModelOptions next_choices_network() {
  SequenceModelOptions options = spectral_bag_options();
  options.shape.width = 64;
  options.shape.latest_max = NextChoices::kLatestMax;
  return options;
}

NextChoicesVerdict judge_next_choices(const ChoiceHistoryRows& history, const SequenceNetwork& network,
                                      const std::vector<uint32_t>& number_of, TimePoint from,
                                      const JudgeNextChoicesOptions& options) {
  return verdict_of(NextChoiceJudge(history, network, number_of, from, options).run(), options);
}

std::map<std::string, double> metrics_of(const NextChoicesVerdict& verdict) {
  std::map<std::string, double> metrics = {{metric_names::kAsked, static_cast<double>(verdict.asked)},
                                           {metric_names::kNdcgMixed, verdict.mixed.mean},
                                           {metric_names::kNdcgNeighbours, verdict.neighbours.mean},
                                           {metric_names::kNdcgNetwork, verdict.network.mean},
                                           {metric_names::kNdcgGainLow, verdict.gain.low},
                                           {metric_names::kNdcgGainHigh, verdict.gain.high}};
  if (verdict.asked_champion == 0) return metrics;
  metrics[metric_names::kChampionAsked] = static_cast<double>(verdict.asked_champion);
  metrics[metric_names::kChampionNdcg] = verdict.champion.mean;
  metrics[metric_names::kChampionGainLow] = verdict.champion_gain.low;
  metrics[metric_names::kChampionGainHigh] = verdict.champion_gain.high;
  return metrics;
}

}  // namespace modiste
