#include "outfits/body_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/contains.h"
#include "base/toml.h"

namespace modiste::outfits {

struct BodyRulesFile {
  std::vector<BodyRuleRow> rules;
};

namespace {

Result<TermId> body_term(std::string_view path, const Vocabulary& vocabulary, std::string_view rule) {
  const size_t slash = path.find('/');
  const auto facet = enum_from_name<Facet>(path.substr(0, slash));
  const Term* term = facet && slash != path.npos ? vocabulary.find(*facet, path.substr(slash + 1)) : nullptr;
  if (term != nullptr) return term->id;
  return Error{Code::kInvalid, fmt::format("'{}' is not a term of the vocabulary", path),
               fmt::format("rule {}", rule), "facet/name, such as length/cropped"};
}

Result<std::vector<TermId>> body_terms(const std::vector<std::string>& paths, const Vocabulary& vocabulary,
                                       std::string_view rule) {
  std::vector<TermId> terms;
  for (const std::string& path : paths) {
    TRY_ASSIGN(const TermId term, body_term(path, vocabulary, rule));
    terms.push_back(term);
  }
  return terms;
}

bool holds(const BodyRuleRow& row, const BodyProfile& body) {
  if (row.height_min_cm && !(body.height_cm && *body.height_cm >= *row.height_min_cm)) return false;
  if (row.height_max_cm && !(body.height_cm && *body.height_cm <= *row.height_max_cm)) return false;
  if (!row.body_types.empty() && !contains(row.body_types, body.body_type)) return false;
  return !row.fit_wish || row.fit_wish == body.fit_wish;
}

}  // namespace
}  // namespace modiste::outfits

namespace modiste {

template <>
struct Contract<outfits::BodyRulesFile> {
  static constexpr std::string_view kName = "BodyRules";
  static constexpr std::string_view kDoc = "The file of proportion rules.";
  static constexpr auto kFields = Fields{field("rule", &outfits::BodyRulesFile::rules,
                                               {.doc = "The rules", .required = true, .items_max = 200})};
};

}  // namespace modiste

namespace modiste::outfits {

bool BodyRule::is_about(OutfitRole role, std::optional<TermId> department) const {
  return contains(row.roles, role) &&
         (departments.empty() || (department && contains(departments, *department)));
}

Result<BodyRules> BodyRules::parse(std::string_view toml, const Vocabulary& vocabulary) {
  TRY_ASSIGN(auto file, from_toml<BodyRulesFile>(toml, "body_rules.toml"));
  BodyRules read;
  for (BodyRuleRow& row : file.rules) {
    BodyRule rule;
    for (const std::string& name : row.departments) {
      TRY_ASSIGN(const TermId term, body_term("department/" + name, vocabulary, row.name));
      rule.departments.push_back(term);
    }
    TRY_ASSIGN(rule.prefers, body_terms(row.prefers, vocabulary, row.name));
    TRY_ASSIGN(rule.avoids, body_terms(row.avoids, vocabulary, row.name));
    rule.row = std::move(row);
    read.rules_.push_back(std::move(rule));
  }
  return read;
}

BodyRules::BodyRules(const Vocabulary& vocabulary) {
  auto parsed = parse(body_rules_toml(), vocabulary);
  CHECK(parsed.ok());
  *this = std::move(*parsed);
}

std::vector<const BodyRule*> BodyRules::of(const BodyProfile& body) const {
  std::vector<const BodyRule*> held;
  if (!body.proportions.value_or(true)) return held;
  for (const BodyRule& rule : rules_)
    if (holds(rule.row, body)) held.push_back(&rule);
  return held;
}

BodyVerdict body_verdict(std::span<const BodyRule* const> rules, OutfitRole role,
                         std::optional<TermId> department, std::span<const TermId> terms) {
  BodyVerdict verdict;
  const auto first_of = [&](const std::vector<TermId>& named) -> const TermId* {
    for (const TermId& term : named)
      if (std::binary_search(terms.begin(), terms.end(), term)) return &term;
    return nullptr;
  };
  for (const BodyRule* rule : rules) {
    if (!rule->is_about(role, department)) continue;
    if (const TermId* term = first_of(rule->prefers); term != nullptr && verdict.preferred_by == nullptr)
      verdict.preferred_by = rule, verdict.preferred = *term;
    verdict.avoided = verdict.avoided || first_of(rule->avoids) != nullptr;
  }
  // Slim and knee-length at once: what is avoided counts.
  if (verdict.avoided) verdict.preferred_by = nullptr;
  return verdict;
}

}  // namespace modiste::outfits
