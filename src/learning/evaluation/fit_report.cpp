#include "learning/evaluation/fit_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "learning/evaluation/report_page.h"
#include "learning/evaluation/svg_plot.h"

namespace modiste {
namespace {

const FitScores& scores_of(const std::vector<FitScores>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const FitScores& s) { return s.name == name; });
  CHECK(found != all.end());
  return *found;
}

json::array to_json_list(const std::vector<FitScores>& all) {
  json::array list;
  for (const auto& s : all)
    list.push_back(json::object{
        {"name", s.name},
        {"rows", s.rows},
        {"auc", s.auc},
        {"auc_of", json::object{{"small", s.auc_of[0]}, {"fit", s.auc_of[1]}, {"large", s.auc_of[2]}}},
        {"log_loss", s.log_loss},
        {"accuracy", s.accuracy},
        {"calibration_error", s.calibration_error}});
  return list;
}

json::object to_json_object(const FitReport& report) {
  json::array sizes, bands;
  for (const auto& s : report.sizes)
    sizes.push_back(json::object{{"name", s.name},
                                 {"rows", s.rows},
                                 {"mean", s.mean},
                                 {"within_half", s.within_half},
                                 {"within_one", s.within_one}});
  for (const auto& band : report.calibration)
    bands.push_back(json::object{
        {"predictions", band.predictions}, {"predicted", band.predicted}, {"happened", band.happened}});
  const FitParameters& p = report.parameters;
  json::array prior_variance(p.prior_variance.begin(), p.prior_variance.end());
  return {{"rows", report.rows},
          {"trained", report.trained},
          {"tested", report.tested},
          {"cold", report.cold},
          {"garments", report.garments},
          {"all", to_json_list(report.all)},
          {"of_cold", to_json_list(report.of_cold)},
          {"sizes", std::move(sizes)},
          {"calibration", std::move(bands)},
          {"parameters", json::object{{"slope", p.slope},
                                      {"threshold_small", p.threshold_small},
                                      {"threshold_large", p.threshold_large},
                                      {"choice_variance", p.choice_variance},
                                      {"prior_variance", std::move(prior_variance)},
                                      {"run_variance", p.run_variance},
                                      {"tolerance_variance", p.tolerance_variance}}},
          {"seconds", report.seconds}};
}

std::string scores_table(const std::vector<FitScores>& all) {
  std::string html =
      "<table><tr><th>predictor</th><th>AUC</th><th>small</th><th>fit</th><th>large</th>"
      "<th>log-loss</th><th>accuracy</th><th>calibration error</th></tr>";
  for (const auto& s : all)
    html += fmt::format(
        "<tr><td>{}</td><td>{:.3f}</td><td>{:.3f}</td><td>{:.3f}</td><td>{:.3f}</td><td>{:.3f}</td>"
        "<td>{}</td><td>{}</td></tr>",
        escape_html(s.name), s.auc, s.auc_of[0], s.auc_of[1], s.auc_of[2], s.log_loss, percent(s.accuracy),
        percent(s.calibration_error));
  return html + "</table>";
}

std::string sizes_table(const std::vector<SizeError>& sizes) {
  std::string html =
      "<table><tr><th>advice</th><th>rentals</th><th>mean distance</th><th>within half a size</th>"
      "<th>within one</th></tr>";
  for (const auto& s : sizes)
    html += fmt::format("<tr><td>{}</td><td>{}</td><td>{:.2f}</td><td>{}</td><td>{}</td></tr>",
                        escape_html(s.name), s.rows, s.mean, percent(s.within_half), percent(s.within_one));
  return html + "</table>";
}

std::string plots(const FitReport& report) {
  std::vector<BarPair> bars;
  for (size_t i = 0; i < report.all.size(); ++i)
    bars.push_back({report.all[i].name, report.all[i].auc, report.of_cold[i].auc});
  size_t predictions = 0;
  for (const auto& band : report.calibration) predictions += band.predictions;
  std::vector<SizedPoint> points;
  for (const auto& band : report.calibration)
    points.push_back({band.predicted, band.happened,
                      static_cast<double>(band.predictions) / static_cast<double>(predictions)});
  return "<h2>AUC, the mean of small, fit and large against the others</h2>" +
         bar_pairs_svg(bars, "all rentals", "first of their shopper") +
         "<h2>Can the probabilities be believed?</h2>" + calibration_svg(points);
}

}  // namespace

json::value to_report_json(const FitReport& by_time, const FitReport& at_random) {
  return json::object{{"by_time", to_json_object(by_time)}, {"at_random", to_json_object(at_random)}};
}

std::string to_report_html(const FitReport& by_time, const FitReport& at_random) {
  const auto& ours = scores_of(by_time.all, "model");
  const auto& items = scores_of(by_time.all, "item rates");
  const auto& drawn = scores_of(at_random.all, "model");
  std::string html = report_head("size and fit");
  html += fmt::format(
      "<h1>Will it fit?</h1><p class=\"lead\">Asked of the latest {} of {} rentals, the model tells small, "
      "fit and large apart with an AUC of {:.3f}; the garment's own rates reach {:.3f}. Asked of as many "
      "drawn at random, {:.3f}.</p>"
      "<p><small>Rent the Runway, {} garments. {} of the tested rentals are the first of their shopper. All "
      "predictors but the last are frozen at the split, apart from the shoppers' own later rentals; the last "
      "also learns of garments as reports come in.</small></p>",
      by_time.tested, by_time.rows, ours.auc, items.auc, drawn.auc, by_time.garments, by_time.cold);
  html += plots(by_time);
  html += "<h2>All tested rentals</h2>" + scores_table(by_time.all);
  html += "<h2>The first of their shopper</h2>" + scores_table(by_time.of_cold);
  html += "<h2>How far is the advised size from the one that fitted?</h2>" + sizes_table(by_time.sizes);
  html += "<h2>Tested on a random draw</h2>" + scores_table(at_random.all);
  html += fmt::format(
      "<p>The slope is {:.2f} a size: whoever takes a garment in a larger size than hers calls it small. A "
      "review says how the garment runs, not what happened to her (docs/adr/0009-size-and-fit.md).</p>",
      by_time.parameters.slope);
  html += fmt::format("<p><small>Measured in {:.0f} s.</small></p></body></html>\n",
                      by_time.seconds + at_random.seconds);
  return html;
}

}  // namespace modiste
