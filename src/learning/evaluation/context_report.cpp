#include "learning/evaluation/context_report.h"

#include <fmt/format.h>

namespace modiste {
namespace {

std::string counted(const std::map<std::string, size_t>& counts) {
  std::string text;
  for (const auto& [word, count] : counts)
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", word, count);
  return text;
}

// 0.4182 -> "41.8%".
std::string percent(double share) { return fmt::format("{:.1f}%", share * 100); }

}  // namespace

json::value to_report_json(const ContextReport& report) {
  json::array scores, bands, shares;
  for (const auto& s : report.scores)
    scores.push_back(json::object{{"name", s.name},
                                  {"log_loss", s.log_loss},
                                  {"accuracy", s.accuracy},
                                  {"calibration_error", s.calibration_error}});
  for (const auto& band : report.bands)
    bands.push_back(
        json::object{{"count", band.count}, {"confidence", band.confidence}, {"accuracy", band.accuracy}});
  for (const auto& row : report.shares)
    shares.push_back(json::object{{"occasion", name_of(row.occasion)},
                                  {"trained", row.trained},
                                  {"tested", row.tested},
                                  {"guessed", row.guessed}});
  return json::object{{"report", "context"},
                      {"rows_read", report.rows_read},
                      {"dropped", to_json(report.dropped)},
                      {"categories_unknown", to_json(report.categories_unknown)},
                      {"trained", report.trained},
                      {"tested", report.tested},
                      {"tested_with_history", report.tested_with_history},
                      {"shoppers", report.shoppers},
                      {"first_day", report.first_day},
                      {"split_day", report.split_day},
                      {"last_day", report.last_day},
                      {"half_life_days", report.half_life_days},
                      {"l2", report.l2},
                      {"scores", std::move(scores)},
                      {"bands", std::move(bands)},
                      {"shares", std::move(shares)},
                      {"seconds", report.seconds}};
}

std::string to_report_text(const ContextReport& report) {
  std::string text =
      fmt::format("trained on {} rentals before {}, tested on {} from then to {}; left out: {}\n",
                  report.trained, report.split_day, report.tested, report.last_day, counted(report.dropped));
  text += fmt::format("{:<40} {:>9} {:>9} {:>12}\n", "guessed from", "log-loss", "accuracy", "calibration");
  for (const auto& scores : report.scores)
    text += fmt::format("{:<40} {:>9.4f} {:>9} {:>12}\n", scores.name, scores.log_loss,
                        percent(scores.accuracy), percent(scores.calibration_error));
  return text;
}

}  // namespace modiste
