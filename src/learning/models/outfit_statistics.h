// Models of outfits that count categories: the floors that a learned model is compared with.
#pragma once

#include <unordered_map>

#include "learning/models/outfit_model.h"

namespace modiste {

// Knows nothing: every score is 0.
class OutfitChance final : public OutfitModel {
 public:
  [[nodiscard]] std::string_view name() const override { return "chance"; }
  void fit(const OutfitTraining&) override {}
  [[nodiscard]] double score_set(std::span<const OutfitItemNumber>) const override { return 0; }
  [[nodiscard]] std::vector<double> score_answers(const OutfitQuestion& question) const override {
    return std::vector<double>(question.answers.size());
  }
};

// How often training wears the category.
class OutfitPopularity final : public OutfitModel {
 public:
  [[nodiscard]] std::string_view name() const override { return "popularity"; }
  void fit(const OutfitTraining& training) override;
  [[nodiscard]] double score_set(std::span<const OutfitItemNumber> set) const override;
  [[nodiscard]] std::vector<double> score_answers(const OutfitQuestion& question) const override;

 private:
  [[nodiscard]] double log_share(OutfitItemNumber item) const;

  const OutfitItems* items_ = nullptr;
  std::vector<double> counts_;  // by category
  double all_ = 0;
};

// Pointwise mutual information of categories: the mean over pairs of log p(c | other) / p(c), counted over
// pairs of items of one outfit, p(c | other) smoothed towards p(c) by kPrior pairs.
class OutfitPairs final : public OutfitModel {
 public:
  static constexpr double kPrior = 30;

  [[nodiscard]] std::string_view name() const override { return "category-pairs"; }
  void fit(const OutfitTraining& training) override;
  [[nodiscard]] double score_set(std::span<const OutfitItemNumber> set) const override;
  [[nodiscard]] std::vector<double> score_answers(const OutfitQuestion& question) const override;

 private:
  [[nodiscard]] double information(OutfitItemNumber a, OutfitItemNumber b) const;

  const OutfitItems* items_ = nullptr;
  std::vector<double> share_;        // by category
  std::vector<double> worn_beside_;  // by category: pairs
  std::unordered_map<uint64_t, double> together_;
};

}  // namespace modiste
