// A transformer over the items of an outfit (nn/set_transformer.h), trained on outfits alone.
#pragma once

#include <optional>
#include <vector>

#include "head_training/set_trainer.h"
#include "learning/models/outfit_model.h"

namespace modiste {

// What it reads of an item beside its category.
struct OutfitReads {
  bool words = false;    // of the name, the price's order of magnitude; a garment's terms and numbers
  bool vectors = false;  // of its picture
  bool order = false;    // in which the outfit's items stand
};

struct OutfitTransformerOptions {
  OutfitReads reads;
  size_t category_uses_min = 3;  // rarer categories are unknown ones
  size_t word_buckets = 1 << 14;
  size_t width = 64, hidden = 128, layers = 2;
  size_t members = 1;  // networks of different seeds, whose scores are averaged
  SetTrainerOptions training;
  size_t steps_min =
      2'000;  // few outfits are taught in smaller batches and more epochs; 0: as `training` says
};

// What a shop serves with: small enough that a set is judged within the 50 microseconds of
// outfits/compatibility.h.
[[nodiscard]] OutfitTransformerOptions served_outfit_options(OutfitReads reads);

class OutfitTransformer final : public OutfitModel {
 public:
  OutfitTransformer(std::string name, OutfitTransformerOptions options)
      : name_(std::move(name)), options_(options) {}

  [[nodiscard]] std::string_view name() const override { return name_; }
  [[nodiscard]] bool is_drawn() const override { return true; }
  // What cannot be learned from (fewer than kSetsMin outfits) leaves a model whose scores are all 0, and a
  // line of progress that says so.
  void fit(const OutfitTraining& training) override;
  [[nodiscard]] double score_set(std::span<const OutfitItemNumber> set) const override;
  [[nodiscard]] std::vector<double> score_answers(const OutfitQuestion& question) const override;
  // What was trained, its categories named; null before.
  [[nodiscard]] const SetTransformer* network() const {
    return networks_.empty() ? nullptr : &networks_.front();
  }

 private:
  void describe(const OutfitTraining& training);
  [[nodiscard]] std::vector<SetToken> tokens(std::span<const OutfitItemNumber> items) const;

  std::string name_;
  OutfitTransformerOptions options_;
  SetShape shape_;
  std::vector<std::string> categories_;  // by the shape's number
  const OutfitItems* items_ = nullptr;
  std::vector<SetItem> described_;  // by item number
  std::vector<float> features_;
  std::vector<SetTransformer> networks_;
};

}  // namespace modiste
