#include "learning/training/head_fitting.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "base/rng.h"
#include "embedding/towers.h"
#include "head_training/fit_linear_classifier.h"
#include "learning/training/head_rows.h"

namespace modiste {
namespace {

std::string describe(std::span<const PhotoExample* const> examples) {
  std::map<std::string, size_t> counts;
  for (const auto* example : examples) ++counts[example->source];
  std::string text;
  for (const auto& [source, count] : counts)
    text += (text.empty() ? "" : ", ") + source + " " + std::to_string(count);
  return text;
}

// Terms of each facet that are seen often enough to be learned.
std::vector<AttributeHead> learnable_attributes(std::span<const PhotoExample* const> examples,
                                                size_t examples_min) {
  std::map<Facet, std::map<std::string, size_t>> counts;
  for (const auto* example : examples)
    for (const auto& [facet, term] : example->attributes) ++counts[facet][term];
  std::vector<AttributeHead> heads;
  for (const auto& [facet, terms] : counts) {
    AttributeHead head{std::string(name_of(facet)), {}, 1};
    for (const auto& [term, count] : terms)
      if (count >= examples_min) head.terms.push_back(term);
    if (head.terms.size() >= 2) heads.push_back(std::move(head));
  }
  return heads;
}

// A garment of several colours has no colour to learn from.
bool is_named(const PhotoExample& photo) {
  return !photo.colour.empty() && photo.colour != "multicolour" && !photo.palette.empty();
}

struct Outcome {
  std::vector<float> probabilities;
  size_t truth = 0;
};

double negative_log_likelihood(std::span<const Outcome> outcomes, double temperature) {
  double sum = 0;
  for (auto outcome : outcomes) {
    rescale(outcome.probabilities, temperature);
    sum -= std::log(std::max(1e-9, static_cast<double>(outcome.probabilities[outcome.truth])));
  }
  return sum / static_cast<double>(outcomes.size());
}

// Golden-section search: the loss is convex in 1 / temperature, so it has one valley.
double best_temperature(std::span<const Outcome> outcomes) {
  double low = std::log(0.2), high = std::log(8.0);
  const double ratio = (std::sqrt(5.0) - 1) / 2;
  for (int step = 0; step < 24; ++step) {
    const double a = high - ratio * (high - low), b = low + ratio * (high - low);
    const bool left =
        negative_log_likelihood(outcomes, std::exp(a)) < negative_log_likelihood(outcomes, std::exp(b));
    (left ? high : low) = left ? b : a;
  }
  return std::exp((low + high) / 2);
}

FacetCalibration calibrate_facet(const AttributeHead& head, std::span<const Outcome> outcomes) {
  constexpr size_t kOutcomesMin = 20;  // fewer say nothing
  FacetCalibration calibration{head.facet, 1, 0, static_cast<int>(outcomes.size())};
  if (outcomes.empty()) return calibration;
  size_t right = 0;
  for (const auto& outcome : outcomes) {
    const auto& p = outcome.probabilities;
    right += static_cast<size_t>(std::max_element(p.begin(), p.end()) - p.begin()) == outcome.truth ? 1 : 0;
  }
  calibration.accuracy = static_cast<double>(right) / static_cast<double>(outcomes.size());
  if (outcomes.size() >= kOutcomesMin) calibration.temperature = best_temperature(outcomes);
  return calibration;
}

std::vector<FacetCalibration> calibrate(const ProjectionHeads& heads, const HeadRows& held_out) {
  const auto& facets = heads.info().attributes;
  const auto probabilities = heads.attribute_probabilities(held_out.features());
  std::vector<FacetCalibration> calibrations;
  for (size_t facet = 0; facet < facets.size(); ++facet) {
    const size_t terms = facets[facet].terms.size();
    std::vector<Outcome> outcomes;
    for (size_t row = 0; row < held_out.size(); ++row) {
      const int32_t truth = held_out.attribute(facet, row);
      if (truth < 0) continue;
      const auto of_row = std::span(probabilities[facet]).subspan(row * terms, terms);
      outcomes.push_back({{of_row.begin(), of_row.end()}, static_cast<size_t>(truth)});
    }
    calibrations.push_back(calibrate_facet(facets[facet], outcomes));
  }
  return calibrations;
}

// Without colours of owners, or of a single one, the heads do not name colours.
ProjectionHeads name_colours(const ProjectionHeads& heads, std::span<const PhotoExample* const> training,
                             const HeadFittingOptions& options) {
  std::map<std::string, std::set<std::string>> words;  // by data set
  for (const auto* photo : training)
    if (is_named(*photo)) words[photo->source].insert(photo->colour);
  const auto teaches = [&](const PhotoExample& photo) {
    return is_named(photo) && words[photo.source].size() >= options.colour_words_min;
  };
  std::map<std::string, size_t> counts;
  for (const auto* photo : training)
    if (teaches(*photo)) ++counts[photo->colour];
  std::vector<std::string> terms;
  for (const auto& [term, count] : counts)
    if (count >= options.colour_examples_min) terms.push_back(term);
  if (terms.size() < 2) return heads.described_as(heads.info());
  std::vector<float> rows;
  std::vector<int32_t> labels;
  for (const auto* photo : training) {
    const auto term = std::find(terms.begin(), terms.end(), photo->colour);
    if (!teaches(*photo) || term == terms.end()) continue;
    const auto features = naming_features(photo->palette);
    rows.insert(rows.end(), features.begin(), features.end());
    labels.push_back(static_cast<int32_t>(term - terms.begin()));
  }
  const auto classifier =
      fit_linear_classifier(rows, kNamingFeatures, labels, terms.size(), options.colour_l2);
  return heads.with_colour_names(std::move(terms), classifier);
}

}  // namespace

ColourScores score_colours(const ProjectionHeads& heads, std::span<const PhotoExample* const> photos,
                           const Vocabulary& vocabulary) {
  const auto first_is = [](const std::vector<Attribute>& tags, const std::string& colour) {
    return !tags.empty() && tags.front().term == colour;
  };
  size_t learned = 0, anchors = 0;
  ColourScores scores;
  for (const auto* photo : photos) {
    if (!is_named(*photo)) continue;
    ++scores.photos;
    const auto likely = heads.colour_probabilities(naming_features(photo->palette));
    learned += first_is(named_colours(heads.info().colour_terms, likely, vocabulary), photo->colour) ? 1 : 0;
    anchors += first_is(colour_tags(photo->palette, vocabulary), photo->colour) ? 1 : 0;
  }
  if (scores.photos == 0) return scores;
  scores.learned = static_cast<double>(learned) / static_cast<double>(scores.photos);
  scores.anchors = static_cast<double>(anchors) / static_cast<double>(scores.photos);
  return scores;
}

double group_position(const PhotoExample& example, uint64_t seed) {
  return static_cast<double>(hash64(example.source + "/" + example.group, seed) >> 11) * 0x1.0p-53;
}

Result<FittedHeads> fit_heads(std::string name, std::span<const PhotoExample* const> examples,
                              const TextFeatureTable& texts, const HeadFittingOptions& options,
                              const EpochProgress& progress) {
  std::vector<const PhotoExample*> training, validation;
  for (const auto* example : examples) {
    const bool held = group_position(*example, options.trainer.seed) < options.validation_share;
    (held ? validation : training).push_back(example);
  }
  if (training.empty() || validation.empty())
    return Error{Code::kInvalid, "there are too few photos to train on", "", "several groups of photos"};

  HeadsInfo info;
  info.image_features = kImageFeatures;
  info.text_features = kTextFeatures;
  info.image_hidden = info.text_hidden = options.hidden;
  info.dimension = options.dimension;
  info.kept = options.kept;
  info.colours = kColourFeatures;
  info.kept_share = options.kept_share;
  info.colour_share = options.colour_share;
  info.attributes = learnable_attributes(training, options.term_examples_min);
  info.name = std::move(name);
  info.towers = Towers::kId;
  info.trained_on = describe(examples);

  HeadRowLabels labels(examples, options.label_garments);
  TRY_ASSIGN(const auto training_rows, HeadRows::make(training, texts, info, labels));
  TRY_ASSIGN(const auto validation_rows, HeadRows::make(validation, texts, info, labels));
  TRY_ASSIGN(auto trainer,
             HeadTrainer::create(info, training_rows.dataset(), validation_rows.dataset(), options.trainer));
  std::vector<HeadEpoch> epochs;
  do {
    epochs.push_back(trainer.run_epoch());
    if (progress && !progress(epochs.back())) break;
  } while (!epochs.back().stop);
  const auto heads = trainer.heads();
  auto calibration = calibrate(heads, validation_rows);
  HeadsInfo calibrated = heads.info();
  for (size_t head = 0; head < calibration.size(); ++head)
    calibrated.attributes[head].temperature = calibration[head].temperature;
  return FittedHeads{name_colours(heads.described_as(std::move(calibrated)), training, options),
                     std::move(epochs), std::move(calibration), training.size(), validation.size()};
}

}  // namespace modiste
