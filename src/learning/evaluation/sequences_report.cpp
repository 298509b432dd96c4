#include <fmt/format.h>

#include <algorithm>

#include "learning/evaluation/evaluate_sequences.h"

namespace modiste {
namespace {

json::object interval_json(const Interval& interval) {
  return {{"mean", interval.mean}, {"low", interval.low}, {"high", interval.high}};
}

json::object model_json(const ModelScores& model) {
  json::array cuts, segments;
  for (const CutScores& cut : model.cuts) {
    json::object object{{"k", cut.k}};
    json::object difference;
    for (size_t m = 0; m < kListMetrics; ++m) {
      object[name_of(static_cast<ListMetric>(m))] = interval_json(cut.metrics[m]);
      difference[name_of(static_cast<ListMetric>(m))] = interval_json(cut.difference[m]);
    }
    object["coverage"] = cut.coverage;
    object["diversity"] = cut.diversity;
    object["novelty"] = cut.novelty;
    object["difference_to_first"] = std::move(difference);
    cuts.push_back(std::move(object));
  }
  for (const SegmentScores& segment : model.segments)
    segments.push_back(json::object{{"name", segment.name},
                                    {"queries", segment.queries},
                                    {"hit_rate", interval_json(segment.hit)},
                                    {"ndcg", interval_json(segment.ndcg)},
                                    {"mrr", interval_json(segment.mrr)}});
  return {{"name", model.name},
          {"cuts", std::move(cuts)},
          {"segments", std::move(segments)},
          {"fit_seconds", model.fit_seconds},
          {"microseconds_per_query", model.microseconds_per_query},
          {"bytes", model.bytes}};
}

std::string cut_text(const SequencesReport& report, size_t c) {
  std::string text =
      fmt::format("\n{:<14} {:>8} {:>15} {:>7} {:>15} {:>7} {:>8} {:>7} {:>7} {:>8} {:>9} {:>8}\n",
                  fmt::format("at {}", report.models.front().cuts[c].k), "hit", "95%", "ndcg", "95%", "mrr",
                  "recall", "prec", "map", "coverage", "diversity", "novelty");
  for (const ModelScores& model : report.models) {
    const CutScores& cut = model.cuts[c];
    const auto at = [&](ListMetric metric) { return cut.metrics[static_cast<size_t>(metric)]; };
    const Interval hit = at(ListMetric::kHit), ndcg = at(ListMetric::kNdcg);
    text += fmt::format(
        "{:<14} {:>8.4f} {:>8.4f}-{:.4f} {:>7.4f} {:>8.4f}-{:.4f} {:>7.4f} {:>8.4f} {:>7.4f} {:>7.4f} "
        "{:>8.3f} {:>9.3f} {:>8.2f}\n",
        model.name, hit.mean, hit.low, hit.high, ndcg.mean, ndcg.low, ndcg.high,
        at(ListMetric::kReciprocalRank).mean, at(ListMetric::kRecall).mean, at(ListMetric::kPrecision).mean,
        at(ListMetric::kAveragePrecision).mean, cut.coverage, cut.diversity, cut.novelty);
  }
  return text;
}

// The model with the greatest NDCG at the last cut, and whether the first is surely behind it.
std::string best_text(const SequencesReport& report) {
  const auto ndcg = [](const ModelScores& model) {
    return model.cuts.back().metrics[static_cast<size_t>(ListMetric::kNdcg)].mean;
  };
  const auto best =
      std::max_element(report.models.begin(), report.models.end(),
                       [&](const ModelScores& a, const ModelScores& b) { return ndcg(a) < ndcg(b); });
  std::string text =
      fmt::format("\nbest: {}, by NDCG at {}", best->name, report.models.front().cuts.back().k);
  if (best == report.models.begin()) return text + "\n";
  const Interval& ahead = best->cuts.back().difference[static_cast<size_t>(ListMetric::kNdcg)];
  return text + fmt::format("; ahead of {} by {:.4f}, 95% {:+.4f} to {:+.4f}{}\n", report.models.front().name,
                            ahead.mean, ahead.low, ahead.high, ahead.low > 0 ? "" : ": not significant");
}

std::string difference_text(const SequencesReport& report, size_t m) {
  const ModelScores& model = report.models[m];
  std::string text = fmt::format("\n{} less {}, paired, 95%:", model.name, report.models.front().name);
  for (const CutScores& cut : model.cuts)
    for (const ListMetric metric : {ListMetric::kHit, ListMetric::kNdcg, ListMetric::kReciprocalRank}) {
      const Interval& d = cut.difference[static_cast<size_t>(metric)];
      text +=
          fmt::format("  {}@{} {:+.4f} ({:+.4f} to {:+.4f})", name_of(metric), cut.k, d.mean, d.low, d.high);
    }
  return text + "\n";
}

}  // namespace

std::string_view name_of(ListMetric metric) {
  constexpr std::string_view kNames[kListMetrics] = {"hit_rate", "recall", "ndcg", "mrr", "precision", "map"};
  return kNames[static_cast<size_t>(metric)];
}

json::value to_report_json(const SequencesReport& report) {
  json::array models;
  for (const ModelScores& model : report.models) models.push_back(model_json(model));
  return json::object{{"report", "sequences"},       {"items", report.items},
                      {"rows", report.rows},         {"choices", report.choices},
                      {"queries", report.queries},   {"unknown", report.unknown},
                      {"seen", report.seen},         {"rank_seen", report.rank_seen},
                      {"models", std::move(models)}, {"seconds", report.seconds}};
}

std::string to_report_text(const SequencesReport& report) {
  std::string text = fmt::format(
      "{} choices of {} items in {} histories; {} queries. Of the held-out items, training does not know {}; "
      "{} stand in the history{}\n",
      report.choices, report.items, report.rows, report.queries, report.unknown, report.seen,
      report.rank_seen ? "" : " and are missed, because seen items are not ranked");
  if (report.models.empty()) return text;
  for (size_t c = 0; c < report.models.front().cuts.size(); ++c) text += cut_text(report, c);
  text += best_text(report);
  text += fmt::format("\n{:<14} {:>9} {:>9} {:>12}\n", "", "learns s", "MB", "us a query");
  for (const ModelScores& model : report.models)
    text += fmt::format("{:<14} {:>9.1f} {:>9.1f} {:>12.0f}\n", model.name, model.fit_seconds,
                        static_cast<double>(model.bytes) / 1e6, model.microseconds_per_query);
  for (size_t m = 1; m < report.models.size(); ++m) text += difference_text(report, m);
  for (size_t s = 0; s < report.models.front().segments.size(); ++s) {
    const SegmentScores& shown = report.models.front().segments[s];
    text += fmt::format("\n{} ({} queries)\n", shown.name, shown.queries);
    for (const ModelScores& model : report.models)
      text += fmt::format("  {:<14} hit {:.4f} ({:.4f}-{:.4f})  ndcg {:.4f}  mrr {:.4f}\n", model.name,
                          model.segments[s].hit.mean, model.segments[s].hit.low, model.segments[s].hit.high,
                          model.segments[s].ndcg.mean, model.segments[s].mrr.mean);
  }
  return text;
}

}  // namespace modiste
