#include "learning/evaluation/embedding_report.h"

namespace modiste {
namespace {

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
  return json::object{{"report", "embedding"},
                      {"photos", report.photos},
                      {"senders", report.senders},
                      {"labels", report.labels},
                      {"k", report.k},
                      {"retrieval", std::move(retrieval)},
                      {"zero_shot", by_label(report.zero_shot)},
                      {"category_tags", std::move(bands)},
                      {"calibration_error", report.calibration_error},
                      {"folds", std::move(folds)},
                      {"seconds", report.seconds}};
}

}  // namespace modiste
