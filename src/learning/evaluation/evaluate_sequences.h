// How well models predict what comes next, on a task of held-out items: full ranking over all items that
// training knows, never sampled negatives; equal scores share the middle of their ranks; a held-out item that
// training does not know, or that is left out because it was seen, counts as missed. Intervals by the
// bootstrap over queries; all models are judged on the same draws, and each is compared with the first.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "learning/datasets/sequence_task.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/models/next_item_model.h"

namespace modiste {

struct EvaluateSequencesOptions {
  std::vector<size_t> cuts{10, 20};  // k, ascending
  bool rank_seen = false;            // items of the history may come next
  size_t queries_max = 100'000;      // drawn at random from more
  size_t resamples = 1'000;
  uint64_t seed = 7;
};

// What is measured at each k. One row for each, in this order, in every table.
enum class ListMetric { kHit, kRecall, kNdcg, kReciprocalRank, kPrecision, kAveragePrecision };
inline constexpr size_t kListMetrics = 6;
[[nodiscard]] std::string_view name_of(ListMetric metric);

struct CutScores {
  size_t k = 0;
  Interval metrics[kListMetrics];
  // Of the difference to the first model, paired.
  Interval difference[kListMetrics];
  double coverage = 0;  // share of all items that stand in somebody's first k
  // How much of a query's first k another's lacks, over all pairs (Zhou et al. 2010, equation 3): 0 where all
  // get the same.
  double diversity = 0;
  double novelty = 0;  // mean of -log2(share of all choices that the item has), over the first k
};

// Queries of a kind, at the first cut.
struct SegmentScores {
  std::string name;
  size_t queries = 0;
  Interval hit, ndcg, mrr;
};

struct ModelScores {
  std::string name;
  std::vector<CutScores> cuts;
  std::vector<SegmentScores> segments;
  double fit_seconds = 0;
  double microseconds_per_query = 0;  // of score(), all items
  size_t bytes = 0;
};

struct SequencesReport {
  size_t items = 0, rows = 0, choices = 0;  // of training
  size_t queries = 0;                       // asked
  size_t unknown = 0;                       // of their held-out items, training does not know
  size_t seen = 0;                          // of their held-out items, stand in the history
  bool rank_seen = false;
  std::vector<ModelScores> models;
  double seconds = 0;
};

using SequencesProgress = std::function<void(const std::string& what, size_t done, size_t total)>;

[[nodiscard]] SequencesReport evaluate_sequences(const NextItemTask& task,
                                                 std::span<const std::unique_ptr<NextItemModel>> models,
                                                 const EvaluateSequencesOptions& options,
                                                 const SequencesProgress& progress = {});

[[nodiscard]] json::value to_report_json(const SequencesReport& report);
[[nodiscard]] std::string to_report_text(const SequencesReport& report);

}  // namespace modiste
