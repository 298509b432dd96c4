#include "learning/evaluation/evaluate_next_item.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/rng.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/evaluation/metrics.h"
#include "learning/evaluation/next_item_baselines.h"
#include "learning/models/item_knn.h"

namespace modiste {
namespace {

constexpr size_t kBatchGarments = 500, kBatchEvents = 2'000;

// A shopper whose last item is held out.
struct HeldOut {
  std::string shopper, garment;
  uint32_t row = 0;  // of the matrix
  TimePoint at{};
};

struct Split {
  ChoiceMatrix choices;  // without what is held out
  std::vector<HeldOut> held_out;
  std::unordered_map<std::string, uint32_t> items;  // garment -> item
};

struct Chosen {
  uint32_t item = 0;
  TimePoint at{};
  size_t order = 0;  // of the events
};

bool is_choice(const Event& event, const std::unordered_map<std::string, uint32_t>& items) {
  return !event.shopper_id.empty() && taste_weight(event) > 0 && items.contains(event.garment_id);
}

// Takes the last item of each shopper with at least two out of the events: all that the shopper did with it.
Split hold_out(ChoiceHistory& history) {
  Split split;
  for (const Garment& garment : history.garments)
    split.items.try_emplace(garment.id, static_cast<uint32_t>(split.items.size()));
  split.choices.items = split.items.size();
  std::map<std::string, std::vector<Chosen>> by_shopper;
  for (size_t i = 0; i < history.events.size(); ++i) {
    const Event& event = history.events[i];
    if (!is_choice(event, split.items)) continue;
    by_shopper[event.shopper_id].push_back({split.items.at(event.garment_id), time_of(event, {}), i});
  }
  std::unordered_set<std::string> dropped;  // shopper and garment
  const auto key = [](const std::string& shopper, const std::string& garment) {
    return shopper + '\n' + garment;
  };
  for (auto& [shopper, chosen] : by_shopper) {
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const Chosen& a, const Chosen& b) { return a.at < b.at; });
    std::vector<TimedChoice> row;
    std::unordered_set<uint32_t> known;
    size_t last = 0;  // event of the latest new item
    for (const Chosen& one : chosen)
      if (known.insert(one.item).second) row.push_back({one.item, one.at}), last = one.order;
    if (row.size() > 1) {
      const std::string& garment = history.events[last].garment_id;
      split.held_out.push_back(
          {shopper, garment, static_cast<uint32_t>(split.choices.by_shopper.size()), row.back().at});
      dropped.insert(key(shopper, garment));
      row.pop_back();
    }
    split.choices.by_shopper.push_back(std::move(row));
  }
  std::erase_if(history.events, [&](const Event& event) {
    return dropped.contains(key(event.shopper_id, event.garment_id));
  });
  return split;
}

Result<Done> import_into(Shop& shop, ChoiceHistory history, const NextItemProgress& progress) {
  const auto in_batches = [&](auto& all, size_t size, std::string_view what,
                              const auto& take) -> Result<Done> {
    for (size_t begin = 0; begin < all.size(); begin += size) {
      const size_t end = std::min(all.size(), begin + size);
      TRY(take(std::vector(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(begin)),
                           std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(end)))));
      if (progress) progress(what, end, all.size());
    }
    return kOk;
  };
  TRY(in_batches(history.garments, kBatchGarments, "garments",
                 [&](std::vector<Garment> some) { return shop.catalog().upsert(std::move(some)); }));
  return in_batches(history.events, kBatchEvents, "events", [&](std::vector<Event> some) {
    return shop.events().ingest(std::move(some), Arrival::kImport);
  });
}

// Rank of the held-out item by shopper, from 1.
using Ranks = std::vector<double>;

double gain_of(double rank, size_t count) { return ndcg_at({&rank, 1}, count); }

NextItemScore score_of(std::string name, const Ranks& ranks, const NextItemOptions& options) {
  std::vector<std::vector<float>> series(2);
  for (const double rank : ranks) {
    series[0].push_back(static_cast<float>(hit_at({&rank, 1}, options.count)));
    series[1].push_back(static_cast<float>(gain_of(rank, options.count)));
  }
  const auto intervals = bootstrap(series, options.resamples, options.seed);
  const Interval &hit = intervals[0], &gain = intervals[1];
  return {std::move(name), hit.mean, hit.low, hit.high, gain.mean, gain.low, gain.high};
}

ModesOfHistory count_modes(const ShopperService& shoppers, const Split& split) {
  constexpr size_t kLongest = 400;
  const auto choices = [&](const HeldOut& one) { return split.choices.by_shopper[one.row].size(); };
  std::vector<const HeldOut*> longest;
  for (const HeldOut& one : split.held_out) longest.push_back(&one);
  std::stable_sort(longest.begin(), longest.end(),
                   [&](const HeldOut* a, const HeldOut* b) { return choices(*a) > choices(*b); });
  longest.resize(std::min(longest.size(), kLongest));
  ModesOfHistory counted{.shoppers = longest.size()};
  if (!longest.empty()) counted.choices_min = choices(*longest.back());
  for (const HeldOut* one : longest) {
    const StyleView style = shoppers.style({IdentifierKind::kUser, one->shopper});
    counted.several += std::count_if(style.modes.begin(), style.modes.end(),
                                     [](const StyleModeView& mode) { return !mode.tentative; }) > 1
                           ? 1
                           : 0;
  }
  return counted;
}

class Judge {
 public:
  Judge(const AskedShop& asked, const NextItemOptions& options, const NextItemProgress& progress)
      : asked_(asked), options_(options), progress_(progress) {}

  // The recommender's ranks of the held-out items; those beyond the answer have none.
  Result<Ranks> ask(std::span<const HeldOut> shoppers, const SourceWeights& weights,
                    const ExplorationOptions& exploration, std::string_view what) {
    Policy policy;
    policy.budgets = kNoHurry;
    policy.weights = weights;
    policy.exploration = exploration;
    asked_.use(std::move(policy));
    Ranks ranks;
    double ms = 0;
    for (const HeldOut& one : shoppers) {
      RecommendRequest request;
      request.shopper_id = one.shopper;
      request.count = static_cast<int>(options_.count);
      request.seed = static_cast<uint32_t>(hash64(one.shopper, options_.seed));
      TRY_ASSIGN(const Answer answer, asked_.shop.recommender().recommend(request));
      const auto found = std::find_if(answer.items.begin(), answer.items.end(),
                                      [&](const AnswerItem& item) { return item.garment_id == one.garment; });
      ranks.push_back(found == answer.items.end() ? std::numeric_limits<double>::infinity()
                                                  : static_cast<double>(found - answer.items.begin()) + 1);
      ms += answer.took_ms;
      if (progress_) progress_(what, ranks.size(), shoppers.size());
    }
    ms_per_answer_ = shoppers.empty() ? 0 : ms / static_cast<double>(shoppers.size());
    return ranks;
  }

  [[nodiscard]] double ms_per_answer() const { return ms_per_answer_; }

 private:
  const AskedShop& asked_;
  const NextItemOptions& options_;
  const NextItemProgress& progress_;
  double ms_per_answer_ = 0;
};

constexpr ExplorationOptions kNoExploration{.epsilon_start = 0, .epsilon_min = 0};

// Whether the gains of b are larger than those of a by more than the standard error of their difference.
bool is_better(const Ranks& a, const Ranks& b, size_t count) {
  double sum = 0, squares = 0;
  const auto n = static_cast<double>(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    const double difference = gain_of(b[i], count) - gain_of(a[i], count);
    sum += difference;
    squares += difference * difference;
  }
  const double mean = sum / n;
  return mean > std::sqrt(std::max(0.0, squares / n - mean * mean) / n);
}

// Coordinate search: each weight in turn is tried at a few factors. A change must be worth more than chance.
Result<SourceWeights> choose_weights(Judge& judge, std::span<const HeldOut> shoppers, SourceWeights best,
                                     size_t count) {
  constexpr std::array<double SourceWeights::*, 4> kWeights{&SourceWeights::neighbours,
                                                            &SourceWeights::content, &SourceWeights::visual,
                                                            &SourceWeights::popularity};
  if (shoppers.empty()) return best;
  TRY_ASSIGN(Ranks ranks, judge.ask(shoppers, best, kNoExploration, "weights"));
  for (int round = 0; round < 2; ++round)
    for (const auto weight : kWeights)
      for (const double factor : {0.25, 0.5, 2.0, 4.0}) {
        SourceWeights tried = best;
        tried.*weight *= factor;
        TRY_ASSIGN(Ranks of_tried, judge.ask(shoppers, tried, kNoExploration, "weights"));
        if (!is_better(ranks, of_tried, count)) continue;
        best = tried;
        ranks = std::move(of_tried);
      }
  return best;
}

void judge_baselines(const Split& split, std::span<const HeldOut> shoppers, const NextItemOptions& options,
                     NextItemReport& report) {
  const NextItemBaselines baselines(split.choices);
  const auto judge = [&](std::string name, const auto& scores_for) {
    Ranks ranks;
    for (const HeldOut& one : shoppers) {
      const std::vector<float> scores = scores_for(one);
      std::vector<uint32_t> seen;
      for (const TimedChoice& choice : split.choices.by_shopper[one.row]) seen.push_back(choice.item);
      ranks.push_back(mid_rank(scores, split.items.at(one.garment), seen));
    }
    report.scores.push_back(score_of(std::move(name), ranks, options));
  };
  constexpr double kWindowDays = 30;
  const TimePoint after = baselines.end() + Micros(1);
  judge("popularity", [&](const HeldOut&) { return baselines.popularity(); });
  judge("popularity, last 30 days",
        [&, scores = baselines.popularity_before(after, kWindowDays)](const HeldOut&) { return scores; });
  judge("popularity, 30 days before the item (knows its time)",
        [&](const HeldOut& one) { return baselines.popularity_before(one.at, kWindowDays); });
  ItemKnn knn;
  Histories histories{split.choices.items, {}};
  for (const auto& row : split.choices.by_shopper) {
    History& history = histories.rows.emplace_back();
    for (const TimedChoice& choice : row) history.push_back(choice.item);
  }
  knn.fit(histories);
  judge("item kNN", [&](const HeldOut& one) {
    std::vector<float> scores(histories.items, 0);
    knn.score(histories.rows[one.row], scores);
    return scores;
  });
}

}  // namespace

Result<NextItemReport> evaluate_next_item(ChoiceHistory history, const AskedShop& asked,
                                          const NextItemOptions& options, const NextItemProgress& progress) {
  const auto started = std::chrono::steady_clock::now();
  NextItemReport report;
  report.history = history.name;
  report.garments = history.garments.size();
  report.events = history.events.size();
  report.count = options.count;
  report.weights = options.weights;
  Split split = hold_out(history);
  report.shoppers = split.choices.by_shopper.size();
  report.held_out = split.held_out.size();
  TRY(import_into(asked.shop, std::move(history), progress));

  report.modes = count_modes(asked.shop.shoppers(), split);
  Rng rng(options.seed);
  rng.shuffle(split.held_out);
  std::span<const HeldOut> left(split.held_out);
  Judge judge(asked, options, progress);
  if (options.choose) {
    const auto chosen_on = left.first(std::min(left.size() / 2, options.shoppers_max / 2));
    left = left.subspan(chosen_on.size());
    report.chosen_on = chosen_on.size();
    TRY_ASSIGN(report.weights, choose_weights(judge, chosen_on, options.weights, options.count));
  }
  const auto judged = left.first(std::min(left.size(), options.shoppers_max));
  report.asked = judged.size();
  TRY_ASSIGN(const Ranks ranks, judge.ask(judged, report.weights, kNoExploration, "asked"));
  report.ms_per_answer = judge.ms_per_answer();
  report.scores.push_back(score_of("Modiste", ranks, options));
  TRY_ASSIGN(const Ranks served, judge.ask(judged, report.weights, options.exploration, "asked, exploring"));
  report.scores.push_back(score_of("Modiste as served, with exploration", served, options));
  judge_baselines(split, judged, options, report);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return report;
}

json::value to_report_json(const NextItemReport& report) {
  json::array scores;
  for (const NextItemScore& score : report.scores)
    scores.push_back(json::object{{"name", score.name},
                                  {"hit_rate", score.hit_rate},
                                  {"hit_rate_interval", {score.hit_rate_low, score.hit_rate_high}},
                                  {"ndcg", score.ndcg},
                                  {"ndcg_interval", {score.ndcg_low, score.ndcg_high}}});
  return json::object{{"report", "next_item"},
                      {"history", report.history},
                      {"garments", report.garments},
                      {"events", report.events},
                      {"shoppers", report.shoppers},
                      {"held_out", report.held_out},
                      {"asked", report.asked},
                      {"count", report.count},
                      {"scores", std::move(scores)},
                      {"weights", to_json(report.weights)},
                      {"chosen_on", report.chosen_on},
                      {"ms_per_answer", report.ms_per_answer},
                      {"seconds", report.seconds},
                      {"longest_histories", report.modes.shoppers},
                      {"with_several_modes", report.modes.several}};
}

}  // namespace modiste
