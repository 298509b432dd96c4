#include "learning/models/outfit_transformer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

std::vector<uint32_t> word_numbers(const OutfitItem& item, size_t buckets) {
  std::vector<std::string> words = name_words(item.name);
  if (item.price > 0) words.push_back(fmt::format("price {:.0f}", std::round(1.5 * std::log2(item.price))));
  std::vector<uint32_t> numbers;
  for (const std::string& word : words) numbers.push_back(static_cast<uint32_t>(hash64(word) % buckets));
  for (const uint64_t term : item.terms) numbers.push_back(static_cast<uint32_t>(term % buckets));
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

// So that a network takes about steps_min steps, as far as kEpochsMax allows.
void suit_to(size_t sets, size_t steps_min, SetTrainerOptions& options) {
  constexpr size_t kBatchMin = 24, kEpochsMax = 60;
  if (steps_min == 0) return;
  options.batch = std::min(options.batch, std::max(kBatchMin, sets / 40));
  const size_t steps = std::max<size_t>(1, sets / options.batch);
  options.epochs_max = std::max(options.epochs_max, std::min(kEpochsMax, steps_min / steps));
  options.patience = std::max(options.patience, options.epochs_max / 6);
}

}  // namespace

OutfitTransformerOptions served_outfit_options(OutfitReads reads) {
  OutfitTransformerOptions options;
  options.reads = reads;
  options.word_buckets = 1'024;
  options.width = 32;
  options.hidden = 64;
  options.layers = 1;
  options.mix = {0, 0, 0, 0};
  return options;
}

void OutfitTransformer::describe(const OutfitTraining& training) {
  items_ = &training.items;
  std::vector<size_t> uses(items_->categories.size());
  for (const ItemList& outfit : training.outfits)
    for (const OutfitItemNumber item : outfit) ++uses[items_->items[item].category];
  std::vector<uint32_t> number_of(uses.size(), UINT32_MAX);
  shape_ = {};
  shape_.width = options_.width;
  shape_.hidden = options_.hidden;
  shape_.layers = options_.layers;
  categories_.clear();
  for (size_t c = 0; c < uses.size(); ++c) {
    if (uses[c] < options_.category_uses_min) continue;
    number_of[c] = static_cast<uint32_t>(shape_.categories++);
    categories_.push_back(items_->categories[c]);
  }
  const OutfitReads& reads = options_.reads;
  if (reads.order) shape_.positions = 10;  // outfits are cut to 8 items as published
  size_t numbers = 0, vector = 0;
  for (const OutfitItem& item : items_->items) {
    // Words that nothing teaches would be noise to whoever has some later.
    if (reads.words && (!item.name.empty() || item.price > 0 || !item.terms.empty()))
      shape_.words = options_.word_buckets;
    if (reads.words) numbers = std::max(numbers, item.numbers.size());
    if (reads.vectors) vector = std::max(vector, item.vector.size());
  }
  shape_.features = numbers + vector;
  described_.clear();
  features_.clear();
  for (const OutfitItem& item : items_->items) {
    SetItem& out = described_.emplace_back();
    out.category = item.category == kUnknownCategory || number_of[item.category] == UINT32_MAX
                       ? shape_.unknown()
                       : number_of[item.category];
    if (shape_.words > 0) out.words = word_numbers(item, options_.word_buckets);
    const bool has_numbers = numbers > 0 && !item.numbers.empty(),
               has_vector = vector > 0 && !item.vector.empty();
    if (!has_numbers && !has_vector) continue;
    out.feature_row = static_cast<int64_t>(features_.size() / shape_.features);
    const size_t begin = features_.size();
    features_.resize(begin + shape_.features);
    if (has_numbers)
      std::copy(item.numbers.begin(), item.numbers.end(),
                features_.begin() + static_cast<std::ptrdiff_t>(begin));
    if (has_vector)
      std::copy(item.vector.begin(), item.vector.end(),
                features_.begin() + static_cast<std::ptrdiff_t>(begin + numbers));
  }
}

void OutfitTransformer::fit(const OutfitTraining& training) {
  describe(training);
  networks_.clear();
  if (options_.reads.words) echo_ = NameEcho(training.items, training.outfits);
  SetDataset dataset{{shape_, categories_, ""}, described_, features_, {}};
  for (const ItemList& outfit : training.outfits) dataset.sets.emplace_back(outfit.begin(), outfit.end());
  for (size_t member = 0; member < options_.members; ++member) {
    SetTrainerOptions options = options_.training;
    suit_to(dataset.sets.size(), options_.steps_min, options);
    options.seed = mix64(training.seed * 1'000 + member);
    auto trained = train_sets(dataset, options, [&](const SetEpoch& epoch) {
      if (training.progress)
        training.progress(fmt::format(
            "epoch {}, loss {:.4f}; held out {:.4f}: category {:.4f}, item {:.4f}, set {:.4f}{}", epoch.epoch,
            epoch.loss, epoch.held_out, epoch.category, epoch.item, epoch.set, epoch.best ? " (best)" : ""));
    });
    if (!trained.ok()) {
      if (training.progress) training.progress("not trained: " + trained.error().message());
      return;
    }
    networks_.push_back(std::move(trained).value());
  }
}

std::vector<SetToken> OutfitTransformer::tokens(std::span<const OutfitItemNumber> items) const {
  std::vector<SetToken> out;
  for (const OutfitItemNumber number : items) {
    const SetItem& item = described_[number];
    SetToken& token = out.emplace_back(SetToken{item.category, item.words, {}});
    if (item.feature_row >= 0)
      token.features = std::span(features_).subspan(static_cast<size_t>(item.feature_row) * shape_.features,
                                                    shape_.features);
  }
  return out;
}

double OutfitTransformer::set_logit(std::span<const OutfitItemNumber> set) const {
  const auto all = tokens(set);
  double sum = 0;
  for (const SetTransformer& network : networks_) sum += network.set_logit(all);
  return sum / static_cast<double>(networks_.size());
}

std::vector<double> OutfitTransformer::blank_scores(const OutfitQuestion& question) const {
  const auto rest = tokens(question.rest), answers = tokens(question.answers);
  std::vector<double> scores(answers.size());
  for (const SetTransformer& network : networks_) {
    const auto of_network = network.blank_scores(rest, question.blank, answers);
    for (size_t a = 0; a < scores.size(); ++a)
      scores[a] += of_network[a] / static_cast<double>(networks_.size());
  }
  return scores;
}

double OutfitTransformer::score_set(std::span<const OutfitItemNumber> set) const {
  if (networks_.empty() || set.size() < 2) return 0;
  const OutfitMix& mix = options_.mix;
  double score = set_logit(set);
  if (mix.blanks_in_sets != 0)
    for (size_t i = 0; i < set.size(); ++i) {
      OutfitQuestion question{{set.begin(), set.end()}, i, {set[i]}, 0};
      question.rest.erase(question.rest.begin() + static_cast<std::ptrdiff_t>(i));
      score += mix.blanks_in_sets * blank_scores(question).front() / static_cast<double>(set.size());
    }
  if (options_.reads.words) score += mix.echo_in_sets * echo_.within(set);
  return score;
}

std::vector<double> OutfitTransformer::score_answers(const OutfitQuestion& question) const {
  if (networks_.empty()) return std::vector<double>(question.answers.size());
  const OutfitMix& mix = options_.mix;
  std::vector<double> scores = blank_scores(question);
  for (size_t a = 0; a < scores.size(); ++a) {
    const OutfitItemNumber answer = question.answers[a];
    ItemList whole = question.rest;
    whole.insert(whole.begin() + static_cast<std::ptrdiff_t>(std::min(question.blank, whole.size())), answer);
    if (mix.set_in_answers != 0) scores[a] += mix.set_in_answers * set_logit(whole);
    if (options_.reads.words) scores[a] += mix.echo_in_answers * echo_.with(answer, question.rest);
  }
  return scores;
}

}  // namespace modiste
