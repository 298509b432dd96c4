// The taste that a shop's log teaches (`modiste train taste`): what a shopper likes, from what all shoppers
// liked and passed. The shopper's own reactions move a prior that the training found, a mean and a variance
// of the weight of each attribute, brand and price (taste_regression.h). A garment is its contents, so a new
// one has its place at once, and so has a shopper after the first reaction.
//
// File format: docs/formats/learned-taste.md.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/versioned.h"
#include "catalog/catalog.h"
#include "features/request_facts.h"
#include "features/taste_regression.h"

namespace modiste {

inline constexpr std::string_view kLearnedTasteKind = "modiste-taste";

// Inputs 0 to 2 are of every garment: the constant, the logarithm of its price over `price_usual`, and the
// square of that. The others are terms, as "colour:red", and brands, as "brand:nilo studio".
struct TasteModel {
  static constexpr uint32_t kConstant = 0, kPrice = 1, kPriceSquare = 2, kNamed = 3;

  std::vector<std::string> names;  // by input; the first three are kOfEvery
  TastePrior prior;
  float price_usual = 1;
  float share = 0;  // of the weight of attributes ("content") in the hybrid, in [0, 1]

  static constexpr std::array<std::string_view, kNamed> kOfEvery{"constant", "price", "price-square"};
};

[[nodiscard]] std::string serialize_taste(const TasteModel& model);
// kCorrupt: not such a file, another version, tables of other sizes, a name twice, or a number out of range.
Result<TasteModel> parse_taste(std::string_view file);

// The inputs that terms and brands have; kNone: none.
struct TasteNumbers {
  static constexpr uint32_t kNone = UINT32_MAX;
  std::vector<uint32_t> of_term, of_brand;  // by TermId; by BrandId, as far as it reaches
};
[[nodiscard]] std::string taste_name(const Term& term);
[[nodiscard]] std::string taste_brand_name(std::string_view brand);
// A garment's contents as inputs, by what is named in `numbers`. Replaces `inputs`. Values of terms and the
// brand get smaller the more of them there are: garments that are described at length count as much as
// others.
struct TasteScale {
  const TasteNumbers& numbers;  // borrowed
  float price_usual = 1;

  void inputs_of(const ItemFacts& item, std::vector<TasteInput>& inputs) const;
  // weights: by input. The logarithm of the odds of a like.
  [[nodiscard]] float logit(const ItemFacts& item, std::span<const float> weights) const;
};

// What a shopper did with a garment, as their profile remembers it: what was passed and then liked is liked,
// what was passed and then looked at stays passed. Empty: nothing is remembered.
enum class Reaction : uint8_t { kLiked, kPassed, kViewed };
[[nodiscard]] std::optional<Reaction> reaction_of(bool liked, bool passed, bool chosen);

// How much reactions count as examples, and how many are read: the latest.
struct TasteExampleOptions {
  float viewed = 0.3F;  // a garment that was looked at, beside 1 for one that was liked or passed
  // Of what was not liked, for each 1 of what was liked. Where a shopper passed less, a sample of the stock
  // of their departments makes up for it. (With such a sample beside enough passes, the like rate of `modiste
  // simulate ranker --learns taste` falls: likes are of what was shown, so the sample teaches what is shown.)
  float stock = 1;
  size_t stock_items = 48;    // of the sample
  size_t reactions_max = 60;  // liked, and as many passed
};

// One shopper's reactions as the examples of a regression: the same for serving and training, but for the
// sample of the stock, which serving takes at even distances and training draws. Both take it from what is on
// sale in the shopper's departments, and neither takes what the shopper chose, looked at too.
class ReactionExamples {
 public:
  ReactionExamples(const TasteScale& scale, const TasteExampleOptions& options)
      : scale_(scale), options_(options) {}

  // presence: how much of a like or view counts, in [0, 1].
  void add(const ItemFacts& item, Reaction reaction, float presence = 1);
  // True while more likes or views are wanted: the latest are added first.
  [[nodiscard]] bool wants_liked() const { return liked_ < static_cast<float>(options_.reactions_max); }
  // True where too little was passed, and a sample of the stock is wanted.
  [[nodiscard]] bool wants_stock() const { return missing() > 0; }
  void add_stock(std::span<const ItemFacts* const> sample);
  // Departments of what was added.
  [[nodiscard]] const std::set<TermId>& departments() const { return departments_; }
  [[nodiscard]] const TasteExamples& examples() const { return examples_; }

 private:
  [[nodiscard]] float missing() const { return options_.stock * liked_ - passed_; }
  void add_example(const ItemFacts& item, bool liked, float weight);

  const TasteScale scale_;
  const TasteExampleOptions& options_;
  TasteExamples examples_;
  std::vector<TasteInput> inputs_;
  std::set<TermId> departments_;
  float liked_ = 0, passed_ = 0;  // weights
};

// One shopper's weights. Immutable.
class TasteWeights {
 public:
  TasteWeights(std::shared_ptr<const TasteNumbers> numbers, std::vector<float> weights, float price_usual,
               float share)
      : numbers_(std::move(numbers)),
        weights_(std::move(weights)),
        price_usual_(price_usual),
        share_(share) {}

  // The logarithm of the odds that the shopper likes it.
  [[nodiscard]] float logit(const ItemFacts& item) const;
  // What the term adds, up to the scale of the item; 0: unknown to the model.
  [[nodiscard]] float weight_of(TermId term) const;
  [[nodiscard]] float share() const { return share_; }  // TasteModel::share

 private:
  std::shared_ptr<const TasteNumbers> numbers_;
  std::vector<float> weights_;  // by input
  float price_usual_ = 1, share_ = 0;
};

// The places of the catalog by department, in their order, as far as the catalog reached when they were
// listed. Who reads a place sees for itself whether it is on sale, and in the department still.
struct DepartmentPlaces {
  std::unordered_map<TermId, std::vector<Slot>> of_department;
  size_t listed = 0;  // slots
};

// Threads: any.
class LearnedTaste {
 public:
  explicit LearnedTaste(TasteModel model, const Vocabulary& vocabulary);

  // Null for a shopper who neither liked nor passed anything: the model knows nothing of them. catalog: whose
  // snapshot the request has. What it costs: bench_ranker.
  [[nodiscard]] std::shared_ptr<const TasteWeights> weights_of(const RequestFacts& request,
                                                               const Catalog& catalog) const;
  [[nodiscard]] const TasteModel& model() const { return model_; }

 private:
  // Of the brands that the catalog had at this version, and of most of its places: they are listed again when
  // it has grown by a sixty-fourth.
  struct Known {
    TasteNumbers numbers;
    uint64_t version = 0;
    std::shared_ptr<const DepartmentPlaces> places;  // null: before the first request
  };
  [[nodiscard]] uint32_t number_of(const std::string& name) const;  // TasteNumbers::kNone: unknown
  [[nodiscard]] std::shared_ptr<const Known> known(const Catalog& catalog,
                                                   const CatalogSnapshot& snapshot) const;

  TasteModel model_;
  std::unordered_map<std::string, uint32_t> number_of_name_;
  // One thread reads what is new, others go on with what is known, but for the first time.
  mutable std::atomic_flag growing_;
  mutable Versioned<const Known> known_;
};

}  // namespace modiste
