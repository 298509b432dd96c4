#include "learning/evaluation/evaluate_embedding.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "embedding/label_text.h"
#include "embedding/towers.h"

namespace modiste {
namespace {

constexpr size_t kConfidenceBands = 10;

using PhotoExamples = std::vector<const PhotoExample*>;

const std::string* category_of(const PhotoExample& example) {
  for (const auto& [facet, term] : example.attributes)
    if (facet == Facet::kCategory) return &term;
  return nullptr;
}

// The vocabulary's term of each label that is tested.
std::map<std::string, const Term*> label_terms(const PhotoExamples& examples, const Vocabulary& vocabulary) {
  std::map<std::string, const Term*> terms;
  for (const auto* example : examples) {
    const auto* category = category_of(*example);
    const Term* term = category ? vocabulary.find(Facet::kCategory, *category) : nullptr;
    if (!example->label.empty() && term != nullptr) terms.emplace(example->label, term);
  }
  return terms;
}

// Unit vectors of photos, kept together with what they are.
struct Vectors {
  std::vector<float> matrix;
  size_t columns = 0;
  PhotoExamples photos;

  [[nodiscard]] std::vector<Seen> seen() const {
    std::vector<Seen> out;
    for (size_t i = 0; i < photos.size(); ++i)
      out.push_back({std::span(matrix).subspan(i * columns, columns), photos[i]->label, photos[i]->group});
    return out;
  }
};

std::vector<float> features_of(const PhotoExamples& photos) {
  std::vector<float> features;
  for (const auto* photo : photos)
    features.insert(features.end(), photo->features.begin(), photo->features.end());
  return features;
}

// What the network saw, without the palette: the rival.
Vectors raw_vectors(const PhotoExamples& photos) {
  Vectors raw{{}, ResNet50::kFeatures, photos};
  for (const auto* photo : photos) {
    Vector row(photo->features.begin(), photo->features.begin() + ResNet50::kFeatures);
    normalise(row);
    raw.matrix.insert(raw.matrix.end(), row.begin(), row.end());
  }
  return raw;
}

Vectors head_vectors(const ProjectionHeads& heads, const PhotoExamples& photos) {
  return {heads.image(features_of(photos)), heads.info().dimension, photos};
}

std::map<std::string, Vector> prompt_vectors(const ProjectionHeads& heads, const TextFeatureTable& texts,
                                             const std::map<std::string, const Term*>& labels) {
  std::map<std::string, Vector> prompts;
  for (const auto& [label, term] : labels) {
    Vector mean(heads.info().dimension);
    for (const auto& prompt : category_prompts(*term)) {
      const auto features = texts.find(prompt);
      CHECK(features != texts.end());
      add_scaled(mean, heads.text(features->second), 1.0F);
    }
    normalise(mean);
    prompts.emplace(label, std::move(mean));
  }
  return prompts;
}

struct Tag {
  double confidence = 0;
  bool right = false;
};

// The likeliest category of each tested photo, with its calibrated probability.
void add_category_tags(const FittedHeads& fitted, const PhotoExamples& tested, std::vector<Tag>& tags) {
  const auto& heads = fitted.heads.info().attributes;
  const auto head = std::find_if(heads.begin(), heads.end(),
                                 [](const AttributeHead& h) { return h.facet == name_of(Facet::kCategory); });
  if (head == heads.end()) return;
  const auto index = static_cast<size_t>(head - heads.begin());
  auto probabilities = fitted.heads.attribute_probabilities(features_of(tested))[index];
  for (size_t i = 0; i < tested.size(); ++i) {
    const auto row = std::span(probabilities).subspan(i * head->terms.size(), head->terms.size());
    rescale(row, fitted.calibration[index].temperature);
    const auto best = std::max_element(row.begin(), row.end());
    tags.push_back({static_cast<double>(*best),
                    head->terms[static_cast<size_t>(best - row.begin())] == *category_of(*tested[i])});
  }
}

void summarise_tags(const std::vector<Tag>& tags, EmbeddingReport& report) {
  for (size_t band = 0; band < kConfidenceBands; ++band) {
    ConfidenceBand summary{static_cast<double>(band) / kConfidenceBands,
                           static_cast<double>(band + 1) / kConfidenceBands, 0, 0, 0};
    for (const auto& tag : tags) {
      if (std::min(kConfidenceBands - 1, static_cast<size_t>(tag.confidence * kConfidenceBands)) != band)
        continue;
      ++summary.tags;
      summary.confidence += tag.confidence;
      summary.accuracy += tag.right ? 1 : 0;
    }
    if (summary.tags == 0) continue;
    const auto count = static_cast<double>(summary.tags);
    summary.confidence /= count;
    summary.accuracy /= count;
    report.calibration_error +=
        std::abs(summary.confidence - summary.accuracy) * count / static_cast<double>(tags.size());
    report.category_tags.push_back(summary);
  }
}

// Photos of one fold: those to test, those with a label to search among, those to train on.
struct Fold {
  PhotoExamples tested, gallery, training;
  std::set<std::string> senders;
};

Fold make_fold(const std::vector<PhotoExample>& examples, size_t index,
               const EvaluateEmbeddingOptions& options) {
  Fold fold;
  for (const auto& example : examples) {
    const bool of_source = example.source == options.source;
    const auto place =
        static_cast<size_t>(group_position(example, options.seed) * static_cast<double>(options.folds));
    const bool held_out = of_source && place == index;
    const bool labelled = of_source && !example.label.empty() && category_of(example) != nullptr;
    if (!held_out) fold.training.push_back(&example);
    if (held_out) fold.senders.insert(example.group);
    if (labelled) (held_out ? fold.tested : fold.gallery).push_back(&example);
  }
  return fold;
}

constexpr std::string_view kTraining = "training senders", kHeldOut = "held-out senders";

class FoldRunner {
 public:
  FoldRunner(const TextFeatureTable& texts, const EvaluateEmbeddingOptions& options,
             const std::map<std::string, const Term*>& labels, EmbeddingReport& report)
      : texts_(texts), options_(options), labels_(labels), report_(report) {
    for (const char* encoder : {"modiste", "resnet50"})
      for (const auto gallery : {kTraining, kHeldOut})
        report_.retrieval.push_back({encoder, std::string(gallery), {}});
  }

  Result<FoldSummary> run(const Fold& fold, size_t index) {
    TRY_ASSIGN(const auto fitted,
               fit_heads("fold-" + std::to_string(index), fold.training, texts_, options_.fitting));
    FoldSummary summary;
    summary.senders = fold.senders.size();
    summary.photos_tested = fold.tested.size();
    summary.photos_trained = fitted.photos_training + fitted.photos_validation;
    summary.epochs = fitted.epochs.size();
    const auto ours = head_vectors(fitted.heads, fold.tested);
    summary.precision_modiste = retrieve(ours, head_vectors(fitted.heads, fold.gallery), 0);
    summary.precision_resnet = retrieve(raw_vectors(fold.tested), raw_vectors(fold.gallery), 2);
    ScoreByLabel zero_shot;
    const auto prompts = prompt_vectors(fitted.heads, texts_, labels_);
    add_zero_shot_accuracy(ours.seen(), prompts, zero_shot);
    add_zero_shot_accuracy(ours.seen(), prompts, report_.zero_shot);
    summary.zero_shot = zero_shot.micro();
    add_category_tags(fitted, fold.tested, tags_);
    return summary;
  }

  void finish() { summarise_tags(tags_, report_); }

 private:
  // Adds to the report's scores from `row` on; answers the fold's own micro precision.
  double retrieve(const Vectors& tested, const Vectors& gallery, size_t row) {
    const auto queries = tested.seen(), others = gallery.seen();
    ScoreByLabel of_fold;
    add_precision_at_k(queries, others, options_.k, of_fold);
    for (const auto& [label, score] : of_fold.labels) {
      auto& total = report_.retrieval[row].precision.labels[label];
      total.sum += score.sum;
      total.count += score.count;
    }
    add_precision_at_k(queries, queries, options_.k, report_.retrieval[row + 1].precision);
    return of_fold.micro();
  }

  const TextFeatureTable& texts_;
  const EvaluateEmbeddingOptions& options_;
  const std::map<std::string, const Term*>& labels_;
  EmbeddingReport& report_;
  std::vector<Tag> tags_;
};

PhotoExamples of_source(const std::vector<PhotoExample>& examples, const std::string& source) {
  PhotoExamples out;
  for (const auto& example : examples)
    if (example.source == source) out.push_back(&example);
  return out;
}

}  // namespace

std::vector<std::string> label_prompts(const std::vector<PhotoExample>& examples, const std::string& source,
                                       const Vocabulary& vocabulary) {
  std::vector<std::string> prompts;
  for (const auto& [label, term] : label_terms(of_source(examples, source), vocabulary))
    for (auto& prompt : category_prompts(*term)) prompts.push_back(std::move(prompt));
  return prompts;
}

Result<EmbeddingReport> evaluate_embedding(const std::vector<PhotoExample>& examples,
                                           const TextFeatureTable& texts, const Vocabulary& vocabulary,
                                           const EvaluateEmbeddingOptions& options,
                                           const std::function<void(const FoldSummary&)>& progress) {
  const auto labels = label_terms(of_source(examples, options.source), vocabulary);
  EmbeddingReport report;
  report.labels = labels.size();
  report.k = options.k;
  FoldRunner runner(texts, options, labels, report);
  for (size_t index = 0; index < options.folds; ++index) {
    const Fold fold = make_fold(examples, index, options);
    if (fold.tested.empty() || fold.gallery.empty())
      return Error{Code::kInvalid, "a fold of " + options.source + " has no senders", "",
                   "at least as many senders as folds"};
    TRY_ASSIGN(const auto summary, runner.run(fold, index));
    report.folds.push_back(summary);
    report.photos += summary.photos_tested;
    report.senders += summary.senders;
    if (progress) progress(summary);
  }
  runner.finish();
  return report;
}

}  // namespace modiste
