#include "learning/evaluation/embedding_report.h"

#include <fmt/format.h>

#include "learning/evaluation/report_page.h"
#include "learning/evaluation/svg_plot.h"

namespace modiste {
namespace {

// Order of EmbeddingReport::retrieval.
constexpr size_t kOursTraining = 0, kRawTraining = 2;

std::string retrieval_table(const EmbeddingReport& report) {
  std::string html =
      "<table><tr><th>vectors</th><th>gallery</th><th>mean over photos</th>"
      "<th>mean over labels</th></tr>";
  for (const auto& scores : report.retrieval)
    html += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", escape_html(scores.encoder),
                        escape_html(scores.gallery), percent(scores.precision.micro()),
                        percent(scores.precision.macro()));
  return html + "</table>";
}

std::string fold_table(const EmbeddingReport& report) {
  std::string html =
      "<table><tr><th>fold</th><th>senders</th><th>tested</th><th>trained on</th><th>epochs</th>"
      "<th>ours</th><th>ResNet-50</th><th>zero-shot</th></tr>";
  for (size_t i = 0; i < report.folds.size(); ++i) {
    const auto& fold = report.folds[i];
    html += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        i + 1, fold.senders, fold.photos_tested, fold.photos_trained, fold.epochs,
        percent(fold.precision_modiste), percent(fold.precision_resnet), percent(fold.zero_shot));
  }
  return html + "</table>";
}

std::string label_plot(const EmbeddingReport& report) {
  std::vector<BarPair> bars;
  const auto& raw = report.retrieval[kRawTraining].precision.labels;
  for (const auto& [label, score] : report.retrieval[kOursTraining].precision.labels) {
    const auto rival = raw.find(label);
    bars.push_back({fmt::format("{} ({})", label, score.count), score.mean(),
                    rival == raw.end() ? 0 : rival->second.mean()});
  }
  return bar_pairs_svg(bars, "Modiste", "ResNet-50");
}

std::string calibration_plot(const EmbeddingReport& report) {
  size_t tags = 0;
  for (const auto& band : report.category_tags) tags += band.tags;
  std::vector<SizedPoint> points;
  for (const auto& band : report.category_tags)
    points.push_back({band.confidence, band.accuracy,
                      static_cast<double>(band.tags) / static_cast<double>(std::max<size_t>(1, tags))});
  return calibration_svg(points);
}

json::object by_label(const ScoreByLabel& scores) {
  json::object labels;
  for (const auto& [label, score] : scores.labels)
    labels[label] = json::object{{"photos", score.count}, {"mean", score.mean()}};
  return {{"micro", scores.micro()}, {"macro", scores.macro()}, {"labels", std::move(labels)}};
}

}  // namespace

json::value to_report_json(const EmbeddingReport& report) {
  json::array retrieval, folds, bands;
  for (const auto& scores : report.retrieval) {
    auto entry = by_label(scores.precision);
    entry["encoder"] = scores.encoder;
    entry["gallery"] = scores.gallery;
    retrieval.push_back(std::move(entry));
  }
  for (const auto& fold : report.folds)
    folds.push_back(json::object{{"senders", fold.senders},
                                 {"photos_tested", fold.photos_tested},
                                 {"photos_trained", fold.photos_trained},
                                 {"epochs", fold.epochs},
                                 {"precision_modiste", fold.precision_modiste},
                                 {"precision_resnet50", fold.precision_resnet},
                                 {"zero_shot", fold.zero_shot}});
  for (const auto& band : report.category_tags)
    bands.push_back(
        json::object{{"tags", band.tags}, {"confidence", band.confidence}, {"accuracy", band.accuracy}});
  return json::object{{"photos", report.photos},           {"senders", report.senders},
                      {"labels", report.labels},           {"k", report.k},
                      {"retrieval", std::move(retrieval)}, {"zero_shot", by_label(report.zero_shot)},
                      {"category_tags", std::move(bands)}, {"calibration_error", report.calibration_error},
                      {"folds", std::move(folds)},         {"seconds", report.seconds}};
}

std::string to_report_html(const EmbeddingReport& report) {
  CHECK(report.retrieval.size() > kRawTraining);
  const double ours = report.retrieval[kOursTraining].precision.micro();
  const double raw = report.retrieval[kRawTraining].precision.micro();
  std::string html = report_head("embedding evaluation");
  html += fmt::format(
      "<h1>Do the trained heads see clothes better?</h1><p class=\"lead\">Of the {0} nearest "
      "photos, {1} carry the query's label; with raw ResNet-50 features of the same photos {2} do: "
      "{3:+.1f} points. From a label's words alone, {4} of the photos are named right.</p>"
      "<p><small>clothing_cc0: {5} photos of {6} senders, {7} labels, {8} folds of senders. A fold's heads "
      "never saw its senders, and a query never finds its own sender's photos.</small></p>",
      report.k, percent(ours), percent(raw), (ours - raw) * 100, percent(report.zero_shot.micro()),
      report.photos, report.senders, report.labels, report.folds.size());
  html += fmt::format("<h2>Precision at {} by label</h2>", report.k) + label_plot(report);
  html += fmt::format("<h2>Precision at {}</h2>", report.k) + retrieval_table(report);
  html += fmt::format("<h2>Zero-shot</h2><p>{} of photos, {} as the mean over labels.</p>",
                      percent(report.zero_shot.micro()), percent(report.zero_shot.macro()));
  html += fmt::format(
      "<h2>Can a category tag's confidence be believed?</h2>{}<p>Expected calibration error "
      "{}.</p>",
      calibration_plot(report), percent(report.calibration_error));
  html += "<h2>Folds</h2>" + fold_table(report);
  html += fmt::format("<p><small>Measured in {:.0f} s.</small></p></body></html>\n", report.seconds);
  return html;
}

}  // namespace modiste
