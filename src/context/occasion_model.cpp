#include "context/occasion_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

constexpr int kFormatVersion = 1;
constexpr double kWeightMax = 100;  // limit for files: e^100 exceeds any certainty that floats express

struct ModelFile {
  std::string format{kOccasionModelKind};
  int format_version = kFormatVersion;
  double evidence = 0;
  std::vector<std::string> occasions;
  std::map<std::string, std::vector<double>> weights;
};

OccasionVector log_prior(const OccasionClues& clues, const PriorOptions& prior) {
  constexpr double kFloor = 1e-4;  // occasions with probability 0 in the table can still be learned
  OccasionVector logs = prior_occasions(clues, prior);
  for (double& p : logs) p = std::log(std::max(p, kFloor));
  return logs;
}

Error corrupt(std::string what, std::string expected) {
  return {Code::kCorrupt, std::move(what), "context model", std::move(expected)};
}

}  // namespace

template <>
struct Contract<ModelFile> {
  static constexpr std::string_view kName = "ContextModelFile";
  static constexpr std::string_view kDoc = "A learned occasion model.";
  static constexpr auto kFields =
      Fields{field("format", &ModelFile::format, {.doc = "modiste-context-model", .required = true}),
             field("format_version", &ModelFile::format_version,
                   {.doc = "Version of this file's format", .required = true}),
             field("evidence", &ModelFile::evidence,
                   {.doc = "Total weight of the training examples", .required = true, .min = 0}),
             field("occasions", &ModelFile::occasions,
                   {.doc = "Occasions, in the order of the weights", .required = true}),
             field("weights", &ModelFile::weights,
                   {.doc = "Weights by feature", .required = true, .items_max = 5'000})};
};

OccasionModel::OccasionModel(const Vocabulary& vocabulary, PriorOptions prior)
    : features_(vocabulary), prior_(prior), weights_(features_.names().size()) {}

Result<OccasionModel> OccasionModel::fit(std::span<const OccasionExample> examples,
                                         const Vocabulary& vocabulary, const SoftmaxOptions& options,
                                         const PriorOptions& prior) {
  OccasionModel model(vocabulary, prior);
  std::vector<SoftmaxRow> rows;
  rows.reserve(examples.size());
  for (const auto& example : examples) {
    rows.push_back(
        {model.features_.row(example.clues), log_prior(example.clues, prior), example.said, example.weight});
    model.evidence_ += example.weight;
  }
  TRY_ASSIGN(model.weights_, fit_softmax(rows, model.weights_.size(), options));
  return model;
}

OccasionVector OccasionModel::predict(const OccasionClues& clues) const {
  if (evidence_ == 0) return prior_occasions(clues, prior_);
  return softmax(features_.row(clues), log_prior(clues, prior_), weights_);
}

Result<OccasionModel> OccasionModel::parse(std::string_view text, const Vocabulary& vocabulary) {
  auto read = from_json_text<ModelFile>(text);
  if (!read.ok()) return corrupt(read.error().message(), "a file written by OccasionModel::serialize");
  const ModelFile& file = *read;
  if (file.format != kOccasionModelKind || file.format_version != kFormatVersion)
    return corrupt(fmt::format("unsupported format '{}' version {}", file.format, file.format_version),
                   fmt::format("{} version {}", kOccasionModelKind, kFormatVersion));
  if (!std::equal(file.occasions.begin(), file.occasions.end(), EnumNames<Occasion>::kNames.begin(),
                  EnumNames<Occasion>::kNames.end()))
    return corrupt("the occasions differ from this program's",
                   "the occasions of vocabulary.toml, in its order");
  OccasionModel model(vocabulary);
  model.evidence_ = file.evidence;
  const auto& names = model.features_.names();
  for (const auto& [name, weights] : file.weights) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      return corrupt(fmt::format("unknown feature '{}'", name), "a model of this vocabulary: train it again");
    const bool sound =
        weights.size() == kOccasionCount &&
        std::all_of(weights.begin(), weights.end(), [](double w) { return std::abs(w) <= kWeightMax; });
    if (!sound)
      return corrupt(fmt::format("the weights of '{}' are out of range", name),
                     fmt::format("{} numbers within {}", kOccasionCount, kWeightMax));
    std::copy(weights.begin(), weights.end(),
              model.weights_[static_cast<size_t>(found - names.begin())].begin());
  }
  return model;
}

std::string OccasionModel::serialize() const {
  ModelFile file;
  file.evidence = evidence_;
  file.occasions.assign(EnumNames<Occasion>::kNames.begin(), EnumNames<Occasion>::kNames.end());
  for (size_t f = 0; f < weights_.size(); ++f)
    if (std::any_of(weights_[f].begin(), weights_[f].end(), [](double w) { return w != 0; }))
      file.weights.emplace(features_.names()[f], std::vector<double>(weights_[f].begin(), weights_[f].end()));
  return to_json_text(file);
}

}  // namespace modiste
