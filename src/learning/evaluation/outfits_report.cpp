#include <fmt/format.h>

#include "learning/evaluation/evaluate_outfits.h"

namespace modiste {
namespace {

json::array scores_json(const std::vector<OutfitScores>& all) {
  json::array list;
  for (const OutfitScores& scores : all)
    list.push_back(json::object{{"set", scores.set},
                                {"count", scores.count},
                                {"mean", scores.score.mean},
                                {"low", scores.score.low},
                                {"high", scores.score.high},
                                {"lowest_seed", scores.lowest},
                                {"highest_seed", scores.highest}});
  return list;
}

json::array sets_json(const std::vector<OutfitSetReport>& all) {
  json::array list;
  for (const OutfitSetReport& set : all)
    list.push_back(json::object{{"set", set.set},
                                {"count", set.count},
                                {"left_out", set.left_out},
                                {"of_training_outfits", set.taught},
                                {"items_without_category", set.uncategorised}});
  return list;
}

std::string sets_text(std::string_view what, const std::vector<OutfitSetReport>& all) {
  std::string text;
  for (const OutfitSetReport& set : all) {
    text += fmt::format("{} {}, {}", set.count, what, set.set);
    if (set.left_out > 0) text += fmt::format("; {} left out, their outfits are in no file", set.left_out);
    if (set.taught > 0)
      text += fmt::format("; {} ASK FOR OUTFITS THAT TRAINING HOLDS: they prove nothing", set.taught);
    if (set.uncategorised > 0)
      text += fmt::format("; {} items are not in their outfit's entry: their category is unknown",
                          set.uncategorised);
    text += "\n";
  }
  return text;
}

std::string table_text(const OutfitsReport& report, bool filled, size_t set, std::string_view what) {
  const auto of = [&](const OutfitModelScores& model) -> const OutfitScores& {
    return filled ? model.filled[set] : model.areas[set];
  };
  std::string text = fmt::format("\n{}, {}\n", what, of(report.models.front()).set);
  for (const OutfitModelScores& model : report.models) {
    const OutfitScores& scores = of(model);
    text += fmt::format("  {:<20} {:.3f}  ({:.3f}-{:.3f})", model.name, scores.score.mean, scores.score.low,
                        scores.score.high);
    if (model.seeds > 1)
      text += fmt::format("  {} seeds: {:.3f} to {:.3f}", model.seeds, scores.lowest, scores.highest);
    text += "\n";
  }
  return text;
}

}  // namespace

json::value to_report_json(const OutfitsReport& report) {
  json::array models;
  for (const OutfitModelScores& model : report.models)
    models.push_back(json::object{{"name", model.name},
                                  {"seeds", model.seeds},
                                  {"fill_in_the_blank", scores_json(model.filled)},
                                  {"compatibility_auc", scores_json(model.areas)},
                                  {"fit_seconds", model.fit_seconds},
                                  {"seconds", model.seconds}});
  return json::object{{"report", "outfits"},
                      {"train", json::object{{"outfits", report.outfits},
                                             {"items", report.items},
                                             {"items_with_name", report.named},
                                             {"categories", report.categories}}},
                      {"questions", sets_json(report.questions)},
                      {"lines", sets_json(report.lines)},
                      {"models", std::move(models)},
                      {"seconds", report.seconds}};
}

std::string to_report_text(const OutfitsReport& report) {
  std::string text = fmt::format("learned from {} outfits of {} items, {} with a name; {} categories\n",
                                 report.outfits, report.items, report.named, report.categories);
  text += sets_text("questions", report.questions) + sets_text("lines", report.lines);
  if (report.models.empty()) return text;
  for (size_t s = 0; s < report.questions.size(); ++s)
    text += table_text(report, true, s, "fill in the blank, accuracy (95%)");
  for (size_t s = 0; s < report.lines.size(); ++s)
    text += table_text(report, false, s, "compatibility, area under the curve (95%)");
  text += "\n";
  for (const OutfitModelScores& model : report.models)
    text += fmt::format("{:<22} learned for {:.1f} s, {:.1f} s with its answers\n", model.name,
                        model.fit_seconds, model.seconds);
  return text + fmt::format("{:.1f} minutes in all\n", report.seconds / 60);
}

}  // namespace modiste
