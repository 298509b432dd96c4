#include "learning/evaluation/evaluate_sequences.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/rng.h"
#include "learning/evaluation/metrics.h"

namespace modiste {
namespace {

using MetricFunction = double (*)(std::span<const double>, size_t);
constexpr MetricFunction kMetricFunctions[kListMetrics] = {
    hit_at, recall_at, ndcg_at, reciprocal_rank_at, precision_at, average_precision_at};

using SteadyTime = std::chrono::steady_clock::time_point;
double seconds_since(SteadyTime time) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - time).count();
}

// Ranks of what is relevant, by query.
using QueryRanks = std::vector<std::vector<double>>;

// What a model's first places hold, over all queries.
struct Listed {
  std::vector<uint32_t> lists;  // how many each item stands in
  double information = 0;       // bits
  size_t places = 0;
};

class SequenceJudge {
 public:
  SequenceJudge(const NextItemTask& task, std::span<const size_t> asked,
                const EvaluateSequencesOptions& options)
      : task_(task), asked_(asked), options_(options) {
    const auto counts = item_counts(task.train);
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    for (const uint32_t count : counts) bits_.push_back(-std::log2(std::max<double>(1, count) / all));
  }

  // Answers the ranks; adds to the model's scores what was listed and how long it took.
  QueryRanks rank(const NextItemModel& model, ModelScores& scores, const SequencesProgress& progress) {
    std::vector<Listed> listed(options_.cuts.size(), {std::vector<uint32_t>(task_.train.items), 0, 0});
    QueryRanks ranks;
    double seconds = 0;
    std::vector<float> values(task_.train.items);
    for (const size_t number : asked_) {
      const NextItemQuery& query = task_.queries[number];
      std::fill(values.begin(), values.end(), 0.0F);
      const auto started = std::chrono::steady_clock::now();
      model.score(query.history, values);
      seconds += seconds_since(started);
      History seen;
      if (!options_.rank_seen) seen = distinct_latest(query.history);
      ranks.push_back(ranks_of(query, values, seen));
      list(number, values, seen, listed);
      if (progress && ranks.size() % 64 == 0) progress(scores.name, ranks.size(), asked_.size());
    }
    const auto queries = static_cast<double>(std::max<size_t>(1, asked_.size()));
    scores.microseconds_per_query = seconds * 1e6 / queries;
    for (size_t c = 0; c < listed.size(); ++c) {
      CutScores& cut = scores.cuts.emplace_back();
      cut.k = options_.cuts[c];
      describe(listed[c], cut);
    }
    return ranks;
  }

 private:
  void describe(const Listed& listed, CutScores& cut) const {
    size_t covered = 0;
    double shared = 0;  // items of ordered pairs of lists
    for (const uint32_t lists : listed.lists) {
      covered += lists > 0 ? 1 : 0;
      shared += static_cast<double>(lists) * (static_cast<double>(lists) - 1);
    }
    cut.coverage = static_cast<double>(covered) / static_cast<double>(std::max<size_t>(1, task_.train.items));
    if (listed.places == 0) return;
    const auto places = static_cast<double>(listed.places);
    cut.novelty = listed.information / places;
    if (asked_.size() > 1) cut.diversity = 1 - shared / (places * static_cast<double>(asked_.size() - 1));
  }

  [[nodiscard]] static std::vector<double> ranks_of(const NextItemQuery& query, std::span<const float> values,
                                                    const History& seen) {
    constexpr double kMissed = std::numeric_limits<double>::infinity();
    std::vector<double> ranks(query.unknown, kMissed);
    for (const ItemNumber item : query.relevant)
      ranks.push_back(std::find(seen.begin(), seen.end(), item) == seen.end() ? mid_rank(values, item, seen)
                                                                              : kMissed);
    std::sort(ranks.begin(), ranks.end());
    return ranks;
  }

  // The first places; equal scores in an order that is drawn for each query.
  void list(size_t query, std::vector<float>& values, const History& seen, std::vector<Listed>& listed) {
    for (const ItemNumber item : seen) values[item] = -std::numeric_limits<float>::infinity();
    const size_t ranked = values.size() - seen.size();
    const size_t most = std::min(options_.cuts.back(), ranked);
    const auto better = [&](ItemNumber a, ItemNumber b) {
      return values[a] != values[b] ? values[a] > values[b]
                                    : mix64(a ^ mix64(query)) < mix64(b ^ mix64(query));
    };
    // Most models leave most items at 0: these are ordered only where the others do not fill the places.
    candidates_.clear();
    for (ItemNumber item = 0; item < values.size(); ++item)
      if (values[item] > 0) candidates_.push_back(item);
    if (candidates_.size() < most) {
      candidates_.resize(values.size());
      std::iota(candidates_.begin(), candidates_.end(), ItemNumber{0});
    }
    std::nth_element(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(most),
                     candidates_.end(), better);
    std::sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(most), better);
    for (size_t c = 0; c < listed.size(); ++c)
      for (size_t place = 0; place < std::min(most, options_.cuts[c]); ++place) {
        ++listed[c].lists[candidates_[place]];
        listed[c].information += bits_[candidates_[place]];
        ++listed[c].places;
      }
  }

  const NextItemTask& task_;
  std::span<const size_t> asked_;
  const EvaluateSequencesOptions& options_;
  std::vector<double> bits_;  // by item
  std::vector<ItemNumber> candidates_;
};

std::vector<float> series_of(const QueryRanks& ranks, MetricFunction metric, size_t k) {
  std::vector<float> series;
  for (const auto& of_query : ranks) series.push_back(static_cast<float>(metric(of_query, k)));
  return series;
}

// Fills the intervals of all models, and of their differences to the first.
void add_intervals(std::span<const QueryRanks> ranks, const EvaluateSequencesOptions& options,
                   std::vector<ModelScores>& models) {
  for (size_t c = 0; c < options.cuts.size(); ++c)
    for (size_t m = 0; m < kListMetrics; ++m) {
      std::vector<std::vector<float>> series;
      for (const QueryRanks& of_model : ranks)
        series.push_back(series_of(of_model, kMetricFunctions[m], options.cuts[c]));
      for (size_t i = 0; i < ranks.size(); ++i) {
        std::vector<float> difference = series[i];
        for (size_t q = 0; q < difference.size(); ++q) difference[q] -= series.front()[q];
        series.push_back(std::move(difference));
      }
      const auto intervals = bootstrap(series, options.resamples, options.seed);
      for (size_t i = 0; i < ranks.size(); ++i) {
        models[i].cuts[c].metrics[m] = intervals[i];
        models[i].cuts[c].difference[m] = intervals[ranks.size() + i];
      }
    }
}

struct Segment {
  std::string_view name;
  std::function<bool(const NextItemQuery&)> has;
};

std::vector<Segment> segments_of(const std::vector<uint32_t>& counts) {
  constexpr size_t kColdMax = 3, kWarmMax = 9, kNewMax = 5;
  const auto length = [](size_t low, size_t high) {
    return [low, high](const NextItemQuery& query) {
      return query.history.size() >= low && query.history.size() <= high;
    };
  };
  return {{"cold: history of at most 3", length(0, kColdMax)},
          {"warm: 4 to 9", length(kColdMax + 1, kWarmMax)},
          {"engaged: 10 or more", length(kWarmMax + 1, SIZE_MAX)},
          {"new items: chosen at most 5 times",
           [&counts](const NextItemQuery& query) {
             return query.unknown > 0 ||
                    std::any_of(query.relevant.begin(), query.relevant.end(),
                                [&](ItemNumber item) { return counts[item] <= kNewMax; });
           }},
          // What publications count: they take other items out of the test.
          {"known: all that is asked for occurs in training",
           [](const NextItemQuery& query) { return query.unknown == 0; }}};
}

void add_segments(const NextItemTask& task, std::span<const size_t> asked, std::span<const QueryRanks> ranks,
                  const EvaluateSequencesOptions& options, std::vector<ModelScores>& models) {
  const auto counts = item_counts(task.train);
  for (const Segment& segment : segments_of(counts))
    for (size_t i = 0; i < models.size(); ++i) {
      QueryRanks part;
      for (size_t q = 0; q < asked.size(); ++q)
        if (segment.has(task.queries[asked[q]])) part.push_back(ranks[i][q]);
      const std::vector<std::vector<float>> series{series_of(part, hit_at, options.cuts.front()),
                                                   series_of(part, ndcg_at, options.cuts.front()),
                                                   series_of(part, reciprocal_rank_at, options.cuts.front())};
      const auto intervals = bootstrap(series, options.resamples, options.seed);
      models[i].segments.push_back(
          {std::string(segment.name), part.size(), intervals[0], intervals[1], intervals[2]});
    }
}

}  // namespace

SequencesReport evaluate_sequences(const NextItemTask& task,
                                   std::span<const std::unique_ptr<NextItemModel>> models,
                                   const EvaluateSequencesOptions& options,
                                   const SequencesProgress& progress) {
  const auto started = std::chrono::steady_clock::now();
  SequencesReport report;
  report.items = task.train.items;
  report.rows = task.train.rows.size();
  for (const History& row : task.train.rows) report.choices += row.size();
  report.rank_seen = options.rank_seen;
  std::vector<size_t> asked(task.queries.size());
  std::iota(asked.begin(), asked.end(), size_t{0});
  if (asked.size() > options.queries_max) {
    Rng rng(options.seed);
    rng.shuffle(asked);
    asked.resize(options.queries_max);
  }
  report.queries = asked.size();
  for (const size_t number : asked) {
    const NextItemQuery& query = task.queries[number];
    report.unknown += query.unknown;
    for (const ItemNumber item : query.relevant)
      report.seen +=
          std::find(query.history.begin(), query.history.end(), item) != query.history.end() ? 1 : 0;
  }
  SequenceJudge judge(task, asked, options);
  std::vector<QueryRanks> ranks;
  for (const auto& model : models) {
    ModelScores& scores = report.models.emplace_back();
    scores.name = std::string(model->name());
    const auto fit_started = std::chrono::steady_clock::now();
    model->fit(task.train, [&](size_t done, size_t total) {
      if (progress) progress(scores.name + " learns", done, total);
    });
    scores.fit_seconds = seconds_since(fit_started);
    scores.bytes = model->bytes();
    ranks.push_back(judge.rank(*model, scores, progress));
  }
  add_intervals(ranks, options, report.models);
  add_segments(task, asked, ranks, options, report.models);
  report.seconds = seconds_since(started);
  return report;
}

}  // namespace modiste
