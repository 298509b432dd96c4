// Proportion rules by height, build and the fit that the shopper likes: the cuts that a rule prefers, as data
// (body_rules.toml), each with a public source and a sentence that says it.
//
// They order garments and never exclude one. Nothing is derived from weight or measurements but what a rule
// names. Threads: any.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.h"
#include "vocabulary/vocabulary.h"

namespace modiste::outfits {

// A rule as the file says it.
struct BodyRuleRow {
  std::string name;
  std::optional<double> height_min_cm, height_max_cm;
  std::vector<std::string> body_types;
  std::optional<FitWish> fit_wish;
  std::vector<std::string> departments;
  std::vector<OutfitRole> roles;
  std::vector<std::string> prefers, avoids;
  std::string says, source;
};

struct BodyRule {
  BodyRuleRow row;
  std::vector<TermId> departments;  // empty: any
  std::vector<TermId> prefers, avoids;

  // Whether the rule is about this garment; no department: any.
  [[nodiscard]] bool is_about(OutfitRole role, std::optional<TermId> department) const;
};

// What the rules say of one garment.
struct BodyVerdict {
  const BodyRule* preferred_by = nullptr;
  TermId preferred = 0;  // the term that it prefers
  bool avoided = false;  // by a rule; then no rule prefers it
};

class BodyRules {
 public:
  // The compiled-in rules. Borrows the vocabulary.
  explicit BodyRules(const Vocabulary& vocabulary);
  // kInvalid: not the format, or a name that the vocabulary lacks.
  static Result<BodyRules> parse(std::string_view toml, const Vocabulary& vocabulary);

  [[nodiscard]] std::span<const BodyRule> rules() const { return rules_; }
  // Those that hold for this body; none when its proportions are switched off. They live as long as this.
  [[nodiscard]] std::vector<const BodyRule*> of(const BodyProfile& body) const;

 private:
  BodyRules() = default;
  std::vector<BodyRule> rules_;
};

// terms: of the garment, ascending.
[[nodiscard]] BodyVerdict body_verdict(std::span<const BodyRule* const> rules, OutfitRole role,
                                       std::optional<TermId> department, std::span<const TermId> terms);

// Factors of the score of a garment that is avoided, and of one that no rule prefers while rules are about
// it. Judgements: enough to turn a near tie, not to hide a favourite.
inline constexpr float kBodyAvoided = 0.88F, kBodyNeutral = 0.95F;

[[nodiscard]] std::string_view body_rules_toml();

}  // namespace modiste::outfits

namespace modiste {

template <>
struct Contract<outfits::BodyRuleRow> {
  using Row = outfits::BodyRuleRow;
  static constexpr std::string_view kName = "BodyRule";
  static constexpr std::string_view kDoc = "A proportion rule.";
  static constexpr auto kFields = Fields{
      field("name", &Row::name, {.doc = "Unique", .required = true, .length_max = 60}),
      field("height_min_cm", &Row::height_min_cm,
            {.doc = "For shoppers at least this tall", .min = 40, .max = 260}),
      field("height_max_cm", &Row::height_max_cm,
            {.doc = "For shoppers at most this tall", .min = 40, .max = 260}),
      field("body_types", &Row::body_types,
            {.doc = "For shoppers who name one of these", .length_max = 60, .items_max = 20}),
      field("fit_wish", &Row::fit_wish, {.doc = "For shoppers who like clothes so"}),
      field("departments", &Row::departments,
            {.doc = "For garments of these; absent: any", .length_max = 60, .items_max = 10}),
      field("roles", &Row::roles,
            {.doc = "Of garments with one of these places", .required = true, .items_max = 8}),
      field("prefers", &Row::prefers, {.doc = "Terms, as facet/name", .length_max = 120, .items_max = 20}),
      field("avoids", &Row::avoids, {.doc = "Terms, as facet/name", .length_max = 120, .items_max = 20}),
      field("says", &Row::says,
            {.doc = "For the shopper, about the garment", .required = true, .length_max = 200}),
      field("source", &Row::source, {.doc = "Where it is said", .required = true, .length_max = 400})};
};

}  // namespace modiste
