#include "learning/evaluation/evaluate_outfits.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "learning/evaluation/outfit_metrics.h"

namespace modiste {
namespace {

using OutfitsTime = std::chrono::steady_clock::time_point;
double outfit_seconds(OutfitsTime since) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

// What one fit of a model answers, set by set.
struct FitAnswers {
  std::vector<std::vector<float>> filled;   // by question
  std::vector<std::vector<double>> scores;  // by line
};

FitAnswers ask(const OutfitModel& model, const OutfitTask& task) {
  FitAnswers answers;
  for (const OutfitQuestions& set : task.questions) {
    auto& filled = answers.filled.emplace_back();
    for (const OutfitQuestion& question : set.questions)
      filled.push_back(static_cast<float>(filled_in(model.score_answers(question), question.right)));
  }
  for (const OutfitLines& set : task.compatibility) {
    auto& scores = answers.scores.emplace_back();
    for (const OutfitLine& line : set.lines) scores.push_back(model.score_set(line.items));
  }
  return answers;
}

std::vector<bool> labels_of(const OutfitLines& set) {
  std::vector<bool> labels;
  for (const OutfitLine& line : set.lines) labels.push_back(line.compatible);
  return labels;
}

// The mean over fits with its interval, and the lowest and highest fit.
OutfitScores summary(const std::string& set, size_t count, const std::vector<Interval>& fits,
                     const Interval& mean) {
  OutfitScores scores{set, count, mean, fits.front().mean, fits.front().mean};
  for (const Interval& fit : fits) {
    scores.lowest = std::min(scores.lowest, fit.mean);
    scores.highest = std::max(scores.highest, fit.mean);
  }
  return scores;
}

OutfitScores filled_scores(const OutfitQuestions& set, size_t number, const std::vector<FitAnswers>& fits,
                           const EvaluateOutfitsOptions& options) {
  std::vector<std::vector<float>> series;
  for (const FitAnswers& fit : fits) series.push_back(fit.filled[number]);
  std::vector<float> mean(set.questions.size());
  for (const auto& of_fit : series)
    for (size_t q = 0; q < mean.size(); ++q) mean[q] += of_fit[q] / static_cast<float>(fits.size());
  series.push_back(std::move(mean));
  auto intervals = bootstrap(series, options.resamples, options.seed);
  const Interval all = intervals.back();
  intervals.pop_back();
  return summary(set.name, set.questions.size(), intervals, all);
}

// Scores of two fits cannot be averaged; their areas can, draw by draw of one seed, and the ends of their
// intervals nearly.
OutfitScores area_scores(const OutfitLines& set, size_t number, const std::vector<FitAnswers>& fits,
                         const EvaluateOutfitsOptions& options) {
  std::vector<std::vector<double>> scores;
  for (const FitAnswers& fit : fits) scores.push_back(fit.scores[number]);
  const auto intervals = bootstrap_area(scores, labels_of(set), options.resamples, options.seed);
  Interval mean;
  for (const Interval& fit : intervals) {
    mean.mean += fit.mean / static_cast<double>(intervals.size());
    mean.low += fit.low / static_cast<double>(intervals.size());
    mean.high += fit.high / static_cast<double>(intervals.size());
  }
  return summary(set.name, set.lines.size(), intervals, mean);
}

OutfitsReport describe_task(const OutfitTask& task) {
  OutfitsReport report;
  report.outfits = task.train.size();
  std::vector<bool> seen(task.items.categories.size());
  for (const ItemList& outfit : task.train)
    for (const OutfitItemNumber number : outfit) {
      const OutfitItem& item = task.items.items[number];
      ++report.items;
      report.named += item.name.empty() ? 0 : 1;
      seen[item.category] = true;
    }
  report.categories = static_cast<size_t>(std::count(seen.begin(), seen.end(), true));
  for (const OutfitQuestions& set : task.questions)
    report.questions.push_back({set.name, set.questions.size(), set.left_out, set.taught, set.uncategorised});
  for (const OutfitLines& set : task.compatibility)
    report.lines.push_back({set.name, set.lines.size(), set.left_out, set.taught, set.uncategorised});
  return report;
}

}  // namespace

OutfitsReport evaluate_outfits(const OutfitTask& task, std::span<const std::unique_ptr<OutfitModel>> models,
                               const EvaluateOutfitsOptions& options, const OutfitsProgress& progress) {
  const auto started = std::chrono::steady_clock::now();
  OutfitsReport report = describe_task(task);
  for (const auto& model : models) {
    const auto model_started = std::chrono::steady_clock::now();
    OutfitModelScores& scores = report.models.emplace_back();
    scores.name = std::string(model->name());
    scores.seeds = model->is_drawn() ? std::max<size_t>(1, options.seeds) : 1;
    std::vector<FitAnswers> fits;
    for (size_t seed = 0; seed < scores.seeds; ++seed) {
      const auto fit_started = std::chrono::steady_clock::now();
      model->fit({task.items, task.train, options.seed + seed, [&](const std::string& line) {
                    if (progress) progress(fmt::format("{}, seed {}: {}", scores.name, seed + 1, line));
                  }});
      scores.fit_seconds += outfit_seconds(fit_started);
      fits.push_back(ask(*model, task));
    }
    for (size_t s = 0; s < task.questions.size(); ++s)
      scores.filled.push_back(filled_scores(task.questions[s], s, fits, options));
    for (size_t s = 0; s < task.compatibility.size(); ++s)
      scores.areas.push_back(area_scores(task.compatibility[s], s, fits, options));
    scores.seconds = outfit_seconds(model_started);
  }
  report.seconds = outfit_seconds(started);
  return report;
}

}  // namespace modiste
