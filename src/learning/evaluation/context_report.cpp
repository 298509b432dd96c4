#include "learning/evaluation/context_report.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "learning/evaluation/report_page.h"
#include "learning/evaluation/svg_plot.h"

namespace modiste {
namespace {

constexpr std::string_view kTable = "prior table", kFrequencies = "training frequencies";

// What a guess gave to the truth on average: the geometric mean probability.
double mean_probability(const ContextScores& scores) { return std::exp(-scores.log_loss); }

const ContextScores& named(const ContextReport& report, std::string_view name) {
  for (const auto& scores : report.scores)
    if (scores.name == name) return scores;
  CHECK(false);
}

size_t total(const std::map<std::string, size_t>& counts) {
  size_t sum = 0;
  for (const auto& [word, count] : counts) sum += count;
  return sum;
}

std::string counted(const std::map<std::string, size_t>& counts) {
  std::string text;
  for (const auto& [word, count] : counts)
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", word, count);
  return text;
}

std::string score_table(const ContextReport& report) {
  std::string html =
      "<table><tr><th>guessed from</th><th>log-loss, nats</th><th>probability of the truth</th>"
      "<th>likeliest is right</th><th>calibration error</th></tr>";
  for (const auto& scores : report.scores)
    html += fmt::format("<tr><td>{}</td><td>{:.4f}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                        escape_html(scores.name), scores.log_loss, percent(mean_probability(scores)),
                        percent(scores.accuracy), percent(scores.calibration_error));
  return html + "</table>";
}

std::string share_table(const ContextReport& report) {
  std::string html =
      "<table><tr><th>occasion</th><th>said before the split</th><th>said after it</th>"
      "<th>guessed after it</th></tr>";
  for (const auto& row : report.shares)
    html += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", name_of(row.occasion),
                        percent(row.trained), percent(row.tested), percent(row.guessed));
  return html + "</table>";
}

std::string score_plot(const ContextReport& report) {
  std::vector<BarPair> bars;
  for (const auto& scores : report.scores)
    bars.push_back({scores.name, mean_probability(scores), scores.accuracy});
  return bar_pairs_svg(bars, "probability of truth", "likeliest is right");
}

std::string calibration_plot(const ContextReport& report) {
  std::vector<SizedPoint> points;
  for (const auto& band : report.bands)
    if (band.count > 0)
      points.push_back({band.confidence, band.accuracy,
                        static_cast<double>(band.count) / static_cast<double>(report.tested)});
  return calibration_svg(points);
}

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
  return json::object{{"rows_read", report.rows_read},
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

std::string to_report_html(const ContextReport& report) {
  CHECK(!report.scores.empty());
  const auto& best = report.scores.back();
  const auto& table = named(report, kTable);
  std::string html = report_head("context evaluation");
  html += fmt::format(
      "<h1>What is a garment for?</h1><p class=\"lead\">The learned model gives the occasion that was said "
      "{} on "
      "average, the prior table {}: log-loss {:.3f} against {:.3f}, and {:.3f} for the training frequencies. "
      "Its "
      "likeliest occasion is right for {} of the rentals.</p>",
      percent(mean_probability(best)), percent(mean_probability(table)), best.log_loss, table.log_loss,
      named(report, kFrequencies).log_loss, percent(best.accuracy));
  html += fmt::format(
      "<p><small>Rent the Runway (rtr): {} rentals of {} to {} teach, {} of {} to {} are guessed; {} "
      "shoppers; "
      "{} of the guessed have said something on an earlier day. Of {} rows {} say no occasion of ours and "
      "are "
      "left out ({}). The table's share for occasions that the data has not is given to those it has. An "
      "example "
      "counts half after {:.0f} days, L2 {:.0f}: both chosen within the days before the split. Body and age "
      "are "
      "not read; the hour is not in the data.</small></p>",
      report.trained, report.first_day, report.split_day, report.tested, report.split_day, report.last_day,
      report.shoppers, report.tested_with_history, report.rows_read, total(report.dropped),
      escape_html(counted(report.dropped)), report.half_life_days, report.l2);
  html += "<h2>By what is seen</h2>" + score_plot(report) + score_table(report);
  html += "<h2>Can its probability be believed?</h2>" + calibration_plot(report);
  html += fmt::format("<p>Expected calibration error {}.</p>", percent(best.calibration_error));
  html += "<h2>By occasion</h2>" + share_table(report);
  html += fmt::format(
      "<p><small>Words for categories that the vocabulary has not: {} rows. Measured in {:.0f} s."
      "</small></p></body></html>\n",
      total(report.categories_unknown), report.seconds);
  return html;
}

std::string to_report_text(const ContextReport& report) {
  std::string text =
      fmt::format("{} rentals before {} teach, {} from then to {} are guessed; left out: {}\n",
                  report.trained, report.split_day, report.tested, report.last_day, counted(report.dropped));
  text += fmt::format("{:<40} {:>9} {:>9} {:>12}\n", "guessed from", "log-loss", "accuracy", "calibration");
  for (const auto& scores : report.scores)
    text += fmt::format("{:<40} {:>9.4f} {:>9} {:>12}\n", scores.name, scores.log_loss,
                        percent(scores.accuracy), percent(scores.calibration_error));
  return text;
}

}  // namespace modiste
