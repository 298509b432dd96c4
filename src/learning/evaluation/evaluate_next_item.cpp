#include "learning/evaluation/evaluate_next_item.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
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
  size_t order = 0;  // of the events: what the shopper did before it at the same time is known
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

// Takes the last item of each shopper with at least two out of the choices, and all that the shopper did with
// it out of the events, unless these are asked about at their time.
Split hold_out(ChoiceHistory& history, bool at_its_time) {
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
  struct HeldChoice {
    std::string garment_id;
    TimePoint at;
    size_t order = 0;
  };
  std::unordered_map<std::string, HeldChoice> held_out;  // by shopper
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
          {shopper, garment, static_cast<uint32_t>(split.choices.by_shopper.size()), row.back().at, last});
      held_out[shopper] = {garment, row.back().at, last};
      row.pop_back();
    }
    split.choices.by_shopper.push_back(std::move(row));
  }
  if (at_its_time) return split;
  // Nor what the shopper did afterwards: it is not known when they are asked. Of one moment, a basket say,
  // what was told before it stays, as it does in the matrix.
  size_t order = 0;
  std::erase_if(history.events, [&](const Event& event) {
    const size_t place = order++;
    const auto of = held_out.find(event.shopper_id);
    if (of == held_out.end()) return false;
    const TimePoint at = time_of(event, {});
    return event.garment_id == of->second.garment_id || at > of->second.at ||
           (at == of->second.at && place > of->second.order);
  });
  return split;
}

// Calls take with the elements, some at a time.
template <class T, class Take>
Result<Done> in_batches(std::vector<T>& all, size_t size, std::string_view what,
                        const NextItemProgress& progress, const Take& take) {
  for (size_t begin = 0; begin < all.size(); begin += size) {
    const size_t end = std::min(all.size(), begin + size);
    TRY(take(std::vector<T>(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(begin)),
                            std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(end)))));
    if (progress) progress(what, end, all.size());
  }
  return kOk;
}

Result<Done> import_garments(Shop& shop, std::vector<Garment> garments, const NextItemProgress& progress) {
  return in_batches(garments, kBatchGarments, "garments", progress,
                    [&](std::vector<Garment> some) { return shop.catalog().upsert(std::move(some)); });
}

Result<Done> import_events(Shop& shop, std::vector<Event> events, const NextItemProgress& progress) {
  return in_batches(events, kBatchEvents, "events", progress, [&](std::vector<Event> some) {
    return shop.events().ingest(std::move(some), Arrival::kImport);
  });
}

// Brings the events of a history as they happened.
class Replay {
 public:
  Replay(const AskedShop& asked, std::vector<Event> events) : asked_(asked), events_(std::move(events)) {
    for (size_t order = 0; order < events_.size(); ++order)
      places_.emplace_back(time_of(events_[order], {}), order);
    std::sort(places_.begin(), places_.end());
  }

  // All that happened before this item was chosen; the shop's clock then shows that time.
  Result<Done> until(const HeldOut& one) {
    std::vector<Event> due;
    for (; next_ < places_.size() && places_[next_] < std::pair(one.at, one.order); ++next_)
      due.push_back(std::move(events_[places_[next_].second]));
    asked_.set_time(one.at);
    return import_events(asked_.shop, std::move(due), {});
  }

 private:
  const AskedShop& asked_;
  std::vector<Event> events_;
  std::vector<std::pair<TimePoint, size_t>> places_;  // of the events, in the order of time
  size_t next_ = 0;
};

// Rank of the held-out item by shopper, from 1.
using Ranks = std::vector<double>;

double gain_of(double rank, size_t count) { return ndcg_at({&rank, 1}, count); }

double gain_of_all(const Ranks& ranks, size_t count) {
  return std::accumulate(ranks.begin(), ranks.end(), 0.0,
                         [&](double sum, double rank) { return sum + gain_of(rank, count); });
}

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

Interval gain_over(const Ranks& ranks, const Ranks& others, const NextItemOptions& options) {
  std::array<std::vector<float>, 1> gain;
  for (size_t i = 0; i < ranks.size(); ++i)
    gain[0].push_back(
        static_cast<float>(gain_of(ranks[i], options.count) - gain_of(others[i], options.count)));
  return bootstrap(gain, options.resamples, options.seed)[0];
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

Policy policy_of(const SourceWeights& weights, const ExplorationOptions& exploration) {
  Policy policy;
  policy.budgets = kNoHurry;
  policy.weights = weights;
  policy.exploration = exploration;
  return policy;
}

class Judge {
 public:
  // replay: brings the history up to each shopper's last item before they are asked; may be null.
  Judge(const AskedShop& asked, const NextItemOptions& options, Replay* replay,
        const NextItemProgress& progress)
      : asked_(asked), options_(options), replay_(replay), progress_(progress) {}

  // By policy the recommender's ranks of the held-out items; those beyond the answer have none. With a
  // replay the shoppers must come in the order of their items.
  Result<std::vector<Ranks>> ask(std::span<const HeldOut> shoppers, std::span<const Policy> policies,
                                 std::string_view what) {
    std::vector<Ranks> ranks(policies.size());
    double ms = 0;
    for (size_t i = 0; i < shoppers.size(); ++i) {
      if (replay_ != nullptr) TRY(replay_->until(shoppers[i]));
      for (size_t p = 0; p < policies.size(); ++p) {
        asked_.use(policies[p]);
        TRY_ASSIGN(const double rank, rank_of(shoppers[i], ms));
        ranks[p].push_back(rank);
      }
      if (progress_) progress_(what, i + 1, shoppers.size());
    }
    ms_per_answer_ = shoppers.empty() ? 0 : ms / static_cast<double>(shoppers.size() * policies.size());
    return ranks;
  }
  Result<Ranks> ask(std::span<const HeldOut> shoppers, const Policy& policy, std::string_view what) {
    TRY_ASSIGN(auto ranks, ask(shoppers, {&policy, 1}, what));
    return std::move(ranks.front());
  }

  [[nodiscard]] double ms_per_answer() const { return ms_per_answer_; }

 private:
  Result<double> rank_of(const HeldOut& one, double& ms) {
    RecommendRequest request;
    request.shopper_id = one.shopper;
    request.count = static_cast<int>(options_.count);
    request.seed = static_cast<uint32_t>(hash64(one.shopper, options_.seed));
    TRY_ASSIGN(const Answer answer, asked_.shop.recommender().recommend(request));
    ms += answer.took_ms;
    const auto found = std::find_if(answer.items.begin(), answer.items.end(),
                                    [&](const AnswerItem& item) { return item.garment_id == one.garment; });
    if (found == answer.items.end()) return std::numeric_limits<double>::infinity();
    return static_cast<double>(found - answer.items.begin()) + 1;
  }

  const AskedShop& asked_;
  const NextItemOptions& options_;
  Replay* replay_;
  const NextItemProgress& progress_;
  double ms_per_answer_ = 0;
};

constexpr ExplorationOptions kNoExploration{.epsilon_start = 0, .epsilon_min = 0};

// Whether the gains of b are larger than those of a by more than chance: three standard errors of their
// difference, which of the 32 changes that a search tries one passes by chance in 4% of the searches.
bool is_better(const Ranks& a, const Ranks& b, size_t count) {
  double sum = 0, squares = 0;
  const auto n = static_cast<double>(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    const double difference = gain_of(b[i], count) - gain_of(a[i], count);
    sum += difference;
    squares += difference * difference;
  }
  const double mean = sum / n;
  constexpr double kErrors = 3;
  return mean > kErrors * std::sqrt(std::max(0.0, squares / n - mean * mean) / n);
}

constexpr std::array<double SourceWeights::*, 4> kChosenWeights{
    &SourceWeights::neighbours, &SourceWeights::content, &SourceWeights::visual, &SourceWeights::popularity};
constexpr std::array kTriedFactors{0.25, 0.5, 2.0, 4.0};

// Coordinate search: each weight in turn is tried at a few factors.
Result<SourceWeights> choose_weights(Judge& judge, std::span<const HeldOut> shoppers, SourceWeights best,
                                     size_t count) {
  if (shoppers.empty()) return best;
  TRY_ASSIGN(Ranks ranks, judge.ask(shoppers, policy_of(best, kNoExploration), "weights"));
  for (int round = 0; round < 2; ++round)
    for (const auto weight : kChosenWeights)
      for (const double factor : kTriedFactors) {
        SourceWeights tried = best;
        tried.*weight *= factor;
        TRY_ASSIGN(Ranks of_tried, judge.ask(shoppers, policy_of(tried, kNoExploration), "weights"));
        if (!is_better(ranks, of_tried, count)) continue;
        best = tried;
        ranks = std::move(of_tried);
      }
  return best;
}

// As time passes once only, every change of one weight is asked at the same time, and the best one is kept.
Result<SourceWeights> choose_weights_at_their_time(Judge& judge, std::span<const HeldOut> shoppers,
                                                   SourceWeights given, size_t count) {
  std::vector<SourceWeights> tried{given};
  for (const auto weight : kChosenWeights)
    for (const double factor : kTriedFactors) (tried.emplace_back(given)).*weight *= factor;
  std::vector<Policy> policies;
  for (const SourceWeights& weights : tried) policies.push_back(policy_of(weights, kNoExploration));
  TRY_ASSIGN(const auto ranks, judge.ask(shoppers, policies, "weights"));
  size_t best = 0;
  for (size_t i = 1; i < tried.size(); ++i)
    if (is_better(ranks[0], ranks[i], count) &&
        (best == 0 || gain_of_all(ranks[i], count) > gain_of_all(ranks[best], count)))
      best = i;
  return tried[best];
}

class BaselineJudge {
 public:
  BaselineJudge(const Split& split, std::span<const HeldOut> shoppers, const NextItemOptions& options,
                NextItemReport& report)
      : split_(split), shoppers_(shoppers), options_(options), report_(report) {}

  template <class ScoresFor>
  void judge(std::string name, const ScoresFor& scores_for) {
    Ranks ranks;
    for (const HeldOut& one : shoppers_) {
      const std::vector<float> scores = scores_for(one);
      std::vector<uint32_t> seen;
      for (const TimedChoice& choice : split_.choices.by_shopper[one.row]) seen.push_back(choice.item);
      ranks.push_back(mid_rank(scores, split_.items.at(one.garment), seen));
    }
    report_.scores.push_back(score_of(std::move(name), ranks, options_));
  }

 private:
  const Split& split_;
  std::span<const HeldOut> shoppers_;
  const NextItemOptions& options_;
  NextItemReport& report_;
};

constexpr double kWindowDays = 30;

void judge_baselines(const Split& split, BaselineJudge judge) {
  const NextItemBaselines baselines(split.choices);
  const TimePoint after = baselines.end() + Micros(1);
  judge.judge("popularity", [&](const HeldOut&) { return baselines.popularity(); });
  judge.judge("popularity, last 30 days", [&, scores = baselines.popularity_before(after, kWindowDays)](
                                              const HeldOut&) { return scores; });
  judge.judge("popularity, 30 days before the item (knows its time)",
              [&](const HeldOut& one) { return baselines.popularity_before(one.at, kWindowDays); });
  ItemKnn knn;
  Histories histories{split.choices.items, {}};
  for (const auto& row : split.choices.by_shopper) {
    History& history = histories.rows.emplace_back();
    for (const TimedChoice& choice : row) history.push_back(choice.item);
  }
  knn.fit(histories);
  judge.judge("item kNN", [&](const HeldOut& one) {
    std::vector<float> scores(histories.items, 0);
    knn.score(histories.rows[one.row], scores);
    return scores;
  });
}

// Those that know what the shop knows then: everything before the item, that of other held-out ones too.
void judge_baselines_at_their_time(const Split& split, BaselineJudge judge) {
  ChoiceMatrix all = split.choices;
  for (const HeldOut& one : split.held_out)
    all.by_shopper[one.row].push_back({split.items.at(one.garment), one.at});
  const NextItemBaselines baselines(all);
  for (const double days : {kWindowDays, 90.0, 36'500.0})
    judge.judge(days > 10'000
                    ? "popularity before the item"
                    : "popularity, " + std::to_string(static_cast<int>(days)) + " days before the item",
                [&](const HeldOut& one) { return baselines.popularity_before(one.at, days); });
}

// The shoppers who are asked, and others on which weights are chosen.
struct Asked {
  std::span<const HeldOut> chosen_on, judged;
};

Asked draw(std::vector<HeldOut>& held_out, const NextItemOptions& options) {
  Rng rng(options.seed);
  rng.shuffle(held_out);
  std::span<HeldOut> all(held_out);
  if (options.at_its_time) {
    all = all.first(std::min(all.size(), options.choose ? 2 * options.shoppers_max : options.shoppers_max));
    std::stable_sort(all.begin(), all.end(), [](const HeldOut& a, const HeldOut& b) {
      return std::pair(a.at, a.order) < std::pair(b.at, b.order);
    });
  }
  Asked asked;
  if (options.choose)
    asked.chosen_on = all.first(
        std::min(all.size() / 2, options.at_its_time ? options.shoppers_max : options.shoppers_max / 2));
  const std::span<const HeldOut> left = all.subspan(asked.chosen_on.size());
  asked.judged = left.first(std::min(left.size(), options.shoppers_max));
  return asked;
}

Result<Done> judge_modiste(Judge& judge, const Asked& asked, const NextItemOptions& options,
                           const std::function<Result<Done>()>& train_taste, NextItemReport& report) {
  report.asked = asked.judged.size();
  report.chosen_on = asked.chosen_on.size();
  report.weights = options.weights;
  if (!asked.chosen_on.empty()) {
    const auto choose = options.at_its_time ? choose_weights_at_their_time : choose_weights;
    TRY_ASSIGN(report.weights, choose(judge, asked.chosen_on, options.weights, options.count));
  }
  std::vector<Policy> policies{policy_of(report.weights, kNoExploration),
                               policy_of(report.weights, options.exploration)};
  const bool changed = report.weights != options.weights;
  if (changed) policies.push_back(policy_of(options.weights, kNoExploration));
  TRY_ASSIGN(const auto ranks, judge.ask(asked.judged, policies, "asked"));
  report.ms_per_answer = judge.ms_per_answer();
  report.scores.push_back(score_of("Modiste", ranks[0], options));
  report.scores.push_back(score_of("Modiste as served, with exploration", ranks[1], options));
  if (changed) {
    report.scores.push_back(score_of("Modiste, weights as they were", ranks[2], options));
    report.gain = gain_over(ranks[0], ranks[2], options);
  }
  if (!train_taste) return kOk;
  TRY(train_taste());
  TRY_ASSIGN(const Ranks with_taste, judge.ask(asked.judged, policies[0], "asked with a trained taste"));
  report.scores.push_back(score_of("Modiste with a trained taste", with_taste, options));
  return kOk;
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
  Split split = hold_out(history, options.at_its_time);
  report.shoppers = split.choices.by_shopper.size();
  report.held_out = split.held_out.size();
  TRY(import_garments(asked.shop, std::move(history.garments), progress));
  std::optional<Replay> replay;
  if (options.at_its_time) {
    replay.emplace(asked, std::move(history.events));
  } else {
    TRY(import_events(asked.shop, std::move(history.events), progress));
    report.modes = count_modes(asked.shop.shoppers(), split);
  }
  const Asked drawn = draw(split.held_out, options);
  Judge judge(asked, options, replay ? &*replay : nullptr, progress);
  TRY(judge_modiste(judge, drawn, options, asked.train_taste, report));
  const auto judge_others = options.at_its_time ? judge_baselines_at_their_time : judge_baselines;
  judge_others(split, BaselineJudge(split, drawn.judged, options, report));
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
  json::value gain;
  if (report.gain) gain = {report.gain->low, report.gain->high};
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
                      {"gain_interval", std::move(gain)},
                      {"ms_per_answer", report.ms_per_answer},
                      {"seconds", report.seconds},
                      {"longest_histories", report.modes.shoppers},
                      {"with_several_modes", report.modes.several}};
}

}  // namespace modiste
