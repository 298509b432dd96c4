// Size and fit: the probability that a garment in a size is too small, fits, or is too large for a shopper.
//
// A shopper has a true size u on the line of size_position(). A garment has a bias (r below 0: runs small)
// and a tolerance t. With position p and body x
//   e = r + b (p - u) + w.x,  P(small) = s(k (a_small - t - e)),  P(large) = 1 - s(k (a_large + t - e)),
// s is the logistic function: an ordinal logit over the difference of two latent sizes, as in Sembium et al.
// (RecSys 2017, section 3) and Misra, Wan & McAuley (RecSys 2018, section 3.1). Here u is a Gaussian, which k
// = 1 / sqrt(1 + pi/8 b^2 var(u)) accounts for (MacKay 1992); its prior is linear in the body. The chosen
// size is evidence of u too, because shoppers know more about their body than they tell: u is near p minus
// what shoppers of other garments add when they take this one.
//
// The sign of b depends on who reports the outcome (FitMeaning). A garment returned as too small was too
// small for the shopper, and a larger one would have been less so: b > 0. A review that calls it small says
// how it runs, often about a size that was taken up for that reason: b < 0, and the size to advise is the one
// that others with the same true size took.
//
// FitModel is a value: const methods from any thread, observe() by one owner. No I/O, no randomness.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "style/fit_profile.h"

namespace modiste {

enum class FitMeaning : uint8_t { kOutcome, kReview };
template <>
struct EnumNames<FitMeaning> {
  static constexpr std::array<std::string_view, 2> kNames{"outcome", "review"};
};

// A shopper had a garment in a size. Without an outcome (bought, and the return period is not over) only the
// choice is evidence. A return as too_small or too_large gives the outcome; a purchase that was kept is
// kFits. Other return reasons say nothing about size: do not fold them.
struct FitObservation {
  std::string garment_id;
  std::string category;  // vocabulary name; the prior of a garment with few observations
  SizeChart chart = SizeChart::kWomen;
  double position = 0;  // size_position() of the size
  bool chosen = true;   // the shopper chose this size: evidence. False: feedback on an earlier choice
  std::optional<FitFeedback> outcome;
};

struct FitProbabilities {
  double small = 0, fit = 1, large = 0;  // sum to 1
};

// Features of a body: a constant, then standardised values with their squares and a mark where one is absent.
inline constexpr size_t kBodyFeatures = 21;
using BodyFeatures = std::array<double, kBodyFeatures>;
[[nodiscard]] BodyFeatures body_features(const BodyProfile& body);
// Body types that tell something about size; all others count as not stated.
[[nodiscard]] std::span<const std::string_view> body_types();

// How much of a body is known determines how far its prior can be trusted.
enum class BodyKnown : uint8_t { kNothing, kSomething, kHeightAndWeight };
inline constexpr size_t kBodyKnownCount = 3;
[[nodiscard]] BodyKnown known_of(const BodyProfile& body);

// Fitted by the trainer. The defaults suit a shop without data: a bust girth is read by EN 13402-3 (one size
// every 4 cm), other measurements count little.
struct FitParameters {
  FitMeaning meaning = FitMeaning::kOutcome;
  double slope = 1.2;  // b, per position
  double threshold_small = -2.0, threshold_large = 2.0;
  std::vector<double> size_by_body;               // kBodyFeatures; empty: the defaults
  std::vector<double> shift_by_body;              // kBodyFeatures, the first is 0; empty: none
  std::vector<double> prior_variance{9, 6, 2.5};  // of u given the body, by BodyKnown; positions squared
  double choice_variance = 0.7;                   // of the chosen size around u: between neighbouring sizes
  double run_variance = 0.5;                      // of r around its category's
  double tolerance_variance = 0.15;
  double taken_variance = 0.1;  // of GarmentFit::taken around 0
  std::map<std::string, double> category_run;
};

struct GarmentFit {
  double run = 0, tolerance = 0;                          // r and t, in logits
  double run_information = 0, tolerance_information = 0;  // with the prior's
  double taken = 0;              // positions above their true size at which shoppers take it
  double taken_information = 0;  // with the prior's
  int observations = 0;          // with an outcome
};

struct FitOptions {
  // Share of earlier evidence kept at each new observation: bodies change. On Rent the Runway values of 0.9
  // to 1 advise equally well; 0.56 sizes off.
  double evidence_kept = 0.98;
  double information_max = 100;  // per garment: its next delivery may be cut differently
  double runs_from = 0.25;       // deviation from the label, in positions, from which the shopper is warned
  int runs_observations = 5;     // observations needed to say so
};

// The reason for an advised size.
enum class SizeReason : uint8_t {
  kNearest,  // the nearest in stock, but not the shopper's size
  kUsual,
  kByBody,
  kRunsSmall,
  kRunsLarge,
  kRunsSlightlySmall,
  kRunsSlightlyLarge
};

struct SizeAdvice {
  SizeId size = 0;
  FitProbabilities probabilities;
  SizeReason reason{};
};

class FitModel {
 public:
  explicit FitModel(FitParameters parameters = {}, FitOptions options = {});

  struct TrueSize {
    double mean = 0, variance = 0;  // positions
  };
  // From body and evidence together. Wider where the sizes worn lie farther apart than one shopper's do: two
  // people may share the account.
  [[nodiscard]] TrueSize true_size(const FitProfile& profile, SizeChart chart) const;

  // As true_size(), including the evidence that the shopper chose this size, if they did.
  [[nodiscard]] TrueSize true_size_choosing(const FitProfile& profile, const FitObservation& asked) const;

  [[nodiscard]] FitProbabilities predict(const FitProfile& profile, const FitObservation& asked) const;
  // The position at which this garment would suit the shopper best: by P(fit) where outcomes teach it, by
  // what others with the same true size took where reviews do.
  [[nodiscard]] double ideal_position(const FitProfile& profile, const FitObservation& asked) const;
  // Positions by which the garment differs from its label; below 0 it runs small.
  [[nodiscard]] double runs(const GarmentFit& fit) const;
  // The size in stock nearest to ideal_position(), and why: kUsual and kByBody only of a size that is the
  // shopper's own, the nearest of its system to the true size; kUsual of one that they stated or kept. Empty
  // when nothing is known of the shopper, or no size is on the chart.
  [[nodiscard]] std::optional<SizeAdvice> best_size(const FitProfile& profile, const std::string& garment_id,
                                                    const std::string& category, SizeChart chart,
                                                    std::span<const SizeId> in_stock) const;

  // P(fit) of the size that best_size() would advise, as a share of the P(fit) at ideal_position(): 1 where a
  // size made for the shopper is in stock, near 0 where none will fit, and near 1 while the shopper's size is
  // uncertain. Empty where best_size() is empty.
  [[nodiscard]] std::optional<double> fit_share(const FitProfile& profile, const std::string& garment_id,
                                                const std::string& category, SizeChart chart,
                                                std::span<const SizeId> in_stock) const;

  // Folds an observation into the shopper's profile; pure. Usual sizes that are stated together count like
  // four choices each, and what was known before counts for much less.
  void fold_fit(FitProfile& profile, const FitObservation& observation) const;
  void fold_usual_sizes(FitProfile& profile, SizeChart chart, std::span<const double> positions) const;
  // Learns about the garment, from observations with an outcome only. profile: the shopper's before this
  // observation was folded.
  void observe(const FitProfile& profile, const FitObservation& observation);
  // The same where nothing is known of the shopper but a body that was said with the outcome, as serving
  // learns. The shopper of a review (chosen is false) chose that size too.
  void learn_outcome(const FitObservation& observation, const BodyProfile& body);

  [[nodiscard]] GarmentFit garment(const std::string& id, const std::string& category) const;
  [[nodiscard]] const FitParameters& parameters() const { return parameters_; }
  // For the trainer.
  void set_garment(const std::string& id, const GarmentFit& fit) { garments_[id] = fit; }

 private:
  [[nodiscard]] TrueSize prior(const BodyProfile& body, SizeChart chart) const;
  // As the evidence has it, without the widening.
  [[nodiscard]] TrueSize folded_size(const FitProfile& profile, SizeChart chart) const;

  FitParameters parameters_;
  FitOptions options_;
  std::map<std::string, GarmentFit> garments_;
};

// The likelihood of one observation, with the derivatives that Newton's method needs.
struct OrdinalTerm {
  double probability = 0;
  double by_small = 0, by_large = 0;                      // d log P / d(lower, upper cut)
  double info_small = 0, info_cross = 0, info_large = 0;  // -d2 log P
};
// Requires cut_small < cut_large.
[[nodiscard]] OrdinalTerm ordinal_term(double cut_small, double cut_large, FitFeedback outcome);
[[nodiscard]] FitProbabilities ordinal_probabilities(double cut_small, double cut_large);

}  // namespace modiste
