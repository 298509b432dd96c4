// A transformer over the items of an outfit (nn/set_transformer.h), trained on outfits alone, and beside it
// what the names of the items have in common (name_echo.h).
#pragma once

#include <optional>
#include <vector>

#include "head_training/set_trainer.h"
#include "learning/models/name_echo.h"
#include "learning/models/outfit_model.h"

namespace modiste {

// What it reads of an item beside its category.
struct OutfitReads {
  bool words = false;    // of the name, the price's order of magnitude; a garment's terms and numbers
  bool vectors = false;  // of its picture
  bool order = false;    // in which the outfit's items stand
};

// What is added to the head that was trained for a question. Chosen on questions of one draw of the Polyvore
// validation outfits; a shop serves the set head alone (outfits/learned_compatibility.h).
struct OutfitMix {
  double set_in_answers = 1;     // x the set head's logit of the outfit with the answer
  double blanks_in_sets = 2;     // x the mean over the items of what the blank's heads say of each
  double echo_in_answers = 0.4;  // x the mean echo of the answer's name with the other names
  double echo_in_sets = 1;       // x the mean echo of all pairs
};

struct OutfitTransformerOptions {
  OutfitReads reads;
  size_t category_uses_min = 3;  // rarer categories are unknown ones
  size_t word_buckets = 1 << 14;
  size_t width = 64, hidden = 128, layers = 2;
  size_t members = 1;  // networks of different seeds, whose scores are averaged
  OutfitMix mix;       // the echo only where words are read
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
  // Means over the networks of their set heads and of their blank heads.
  [[nodiscard]] double set_logit(std::span<const OutfitItemNumber> set) const;
  [[nodiscard]] std::vector<double> blank_scores(const OutfitQuestion& question) const;

  std::string name_;
  OutfitTransformerOptions options_;
  SetShape shape_;
  std::vector<std::string> categories_;  // by the shape's number
  const OutfitItems* items_ = nullptr;
  std::vector<SetItem> described_;  // by item number
  std::vector<float> features_;
  std::vector<SetTransformer> networks_;
  NameEcho echo_;
};

}  // namespace modiste
