#include "vocabulary/vocabulary.h"

#include <fmt/format.h>

#include <limits>
#include <unordered_set>

#include "base/check.h"
#include "base/result.h"
#include "base/toml.h"
#include "vocabulary/colour_difference.h"
#include "vocabulary/vocabulary_data.h"

namespace modiste {
namespace {

// "long-sleeve-top" -> "Long sleeve top".
std::string label_of(std::string_view name) {
  std::string label(name);
  for (auto& c : label)
    if (c == '-') c = ' ';
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z')
    label[0] = static_cast<char>(label[0] - 'a' + 'A');
  return label;
}

Error fault(Facet facet, std::string_view name, std::string what) {
  return {Code::kCorrupt, std::move(what), fmt::format("vocabulary.toml, {} '{}'", name_of(facet), name), ""};
}

}  // namespace

// Reads the file's text; every rule that other code relies on is checked here.
struct VocabularyParser {
  Vocabulary vocabulary;
  std::vector<std::pair<TermId, std::string>> worn_for;  // occasions by name, which stand after categories

  static Result<Vocabulary> parse(std::string_view text) {
    const toml::parse_result file = toml::parse(text, std::string_view("vocabulary.toml"));
    if (!file)
      return Error{Code::kCorrupt, std::string(file.error().description()),
                   fmt::format("vocabulary.toml, line {}", file.error().source().begin.line), "TOML"};
    VocabularyParser parser;
    parser.vocabulary.version_ = file.table()["version"].value_or(0);
    if (parser.vocabulary.version_ < 1)
      return Error{Code::kCorrupt, "no version", "vocabulary.toml", "version = 1 or more"};
    for (size_t i = 0; i < kFacetCount; ++i) TRY(parser.read_facet(static_cast<Facet>(i), file.table()));
    TRY(parser.find_what_is_worn_for());
    return std::move(parser.vocabulary);
  }

  Result<Done> read_facet(Facet facet, const toml::table& file) {
    const auto* list = file[name_of(facet)].as_array();
    if (list == nullptr || list->empty()) return fault(facet, "", "has no terms");
    std::unordered_set<std::string> words;
    for (const auto& entry : *list) {
      const auto* table = entry.as_table();
      if (table == nullptr) return fault(facet, "", "has an entry that is not a table");
      TRY_ASSIGN(Term term, read_term(facet, *table));
      TRY(claim_words(term, words));
      vocabulary.terms_.push_back(std::move(term));
      if (vocabulary.terms_.size() >= std::numeric_limits<TermId>::max())
        return fault(facet, "", "has too many terms");
      vocabulary.facet_begin_[static_cast<size_t>(facet) + 1] =
          static_cast<uint16_t>(vocabulary.terms_.size());
    }
    return kOk;
  }

  Result<Term> read_term(Facet facet, const toml::table& table) {
    Term term;
    term.id = static_cast<TermId>(vocabulary.terms_.size());
    term.facet = facet;
    term.name = table["name"].value_or(std::string());
    if (term.name.empty() || term.name == "unknown") return fault(facet, term.name, "needs another name");
    term.label = table["label"].value_or(label_of(term.name));
    TRY_ASSIGN(const auto formality, read_share(term, table, "formality"));
    if (formality) term.formality = static_cast<float>(*formality);
    TRY_ASSIGN(term.warmth, read_share(term, table, "warmth"));
    if (term.warmth && facet != Facet::kCategory && facet != Facet::kFabric)
      return fault(facet, term.name, "has a warmth, which only categories and fabrics have");
    if (const auto parent = table["under"].value<std::string>()) {
      const Term* found = find_so_far(facet, *parent);
      if (found == nullptr)
        return fault(facet, term.name, "is under '" + *parent + "', which is not above it");
      term.parent = found->id;
    }
    if (auto occasion = table["worn_for"].value<std::string>())
      worn_for.emplace_back(term.id, std::move(*occasion));
    TRY(read_role(term, table));
    TRY(read_possible(term, table));
    if (const auto* lab = table["lab"].as_array()) {
      if (lab->size() != 3) return fault(facet, term.name, "lab needs three numbers");
      const auto part = [&](size_t i) { return static_cast<float>((*lab)[i].value_or(0.0)); };
      term.lab = Lab{part(0), part(1), part(2)};
    }
    if (const auto* synonyms = table["synonyms"].as_array())
      for (const auto& synonym : *synonyms) term.synonyms.push_back(synonym.value_or(std::string()));
    return term;
  }

  Result<Done> find_what_is_worn_for() {
    std::unordered_set<TermId> own;
    for (const auto& [id, occasion] : worn_for) {
      Term& term = vocabulary.terms_[id];
      own.insert(id);
      if (term.facet == Facet::kCategory && occasion.empty()) continue;
      const Term* found = vocabulary.find(Facet::kOccasion, occasion);
      if (term.facet != Facet::kCategory || found == nullptr)
        return fault(term.facet, term.name, "is worn for '" + occasion + "', which is not an occasion");
      term.worn_for = found->id;
    }
    for (Term& term : vocabulary.terms_)  // parents stand above
      if (term.facet == Facet::kCategory && term.parent && !own.contains(term.id))
        term.worn_for = vocabulary.terms_[*term.parent].worn_for;
    return kOk;
  }

  // A number from 0 to 1, where the table has one.
  static Result<std::optional<double>> read_share(const Term& term, const toml::table& table,
                                                  std::string_view key) {
    if (!table.contains(key)) return std::optional<double>();
    const auto share = table[key].value<double>();
    if (!share || !(*share >= 0 && *share <= 1))
      return fault(term.facet, term.name, fmt::format("{} is not in 0 to 1", key));
    return share;
  }

  // Every category has a role: its own or its parent's.
  Result<Done> read_role(Term& term, const toml::table& table) const {
    const bool has_role = table.contains("role");
    if (term.facet != Facet::kCategory)
      return has_role ? Result<Done>(fault(term.facet, term.name, "has a role, which only categories have"))
                      : kOk;
    if (!has_role && !term.parent) return fault(term.facet, term.name, "has neither a role nor a parent");
    const auto role = has_role ? enum_from_name<OutfitRole>(table["role"].value_or(std::string_view()))
                               : std::optional(vocabulary.terms_[*term.parent].role);
    if (!role)
      return fault(term.facet, term.name,
                   fmt::format("role is not one of {}", fmt::join(EnumNames<OutfitRole>::kNames, ", ")));
    term.role = *role;
    return kOk;
  }

  // A category has the facets that it lists, else its parent's; category, department and colour always.
  Result<Done> read_possible(Term& term, const toml::table& table) const {
    const auto* list = table["facets"].as_array();
    if (term.facet != Facet::kCategory)
      return list == nullptr
                 ? kOk
                 : Result<Done>(fault(term.facet, term.name, "has facets, which only categories have"));
    if (list == nullptr) {
      if (!term.parent) return fault(term.facet, term.name, "has neither facets nor a parent");
      term.possible = vocabulary.terms_[*term.parent].possible;
      return kOk;
    }
    for (const Facet always : {Facet::kCategory, Facet::kDepartment, Facet::kColour})
      term.possible.set(static_cast<size_t>(always));
    for (const auto& node : *list) {
      const auto facet = enum_from_name<Facet>(node.value_or(std::string_view()));
      if (!facet) return fault(term.facet, term.name, "lists a facet that does not exist");
      term.possible.set(static_cast<size_t>(*facet));
    }
    return kOk;
  }

  // The facet that is being read has no end yet.
  const Term* find_so_far(Facet facet, std::string_view name) const {
    for (const auto& term : vocabulary.terms_)
      if (term.facet == facet && term.name == name) return &term;
    return nullptr;
  }

  // A word that means two terms of a facet means neither.
  static Result<Done> claim_words(const Term& term, std::unordered_set<std::string>& words) {
    if (!words.insert(term.name).second) return fault(term.facet, term.name, "stands twice");
    for (const auto& synonym : term.synonyms)
      if (synonym.empty() || !words.insert(synonym).second)
        return fault(term.facet, term.name, "synonym '" + synonym + "' stands twice");
    return kOk;
  }
};

const Vocabulary& Vocabulary::standard() {
  static const Vocabulary kStandard = [] {
    auto parsed = VocabularyParser::parse(vocabulary_toml());
    if (!parsed.ok()) fmt::print(stderr, "{}\n", parsed.error().message());
    CHECK(parsed.ok());  // the file is ours, and a test reads it
    return std::move(parsed).value();
  }();
  return kStandard;
}

std::span<const Term> Vocabulary::terms(Facet facet) const {
  const auto i = static_cast<size_t>(facet);
  return std::span(terms_).subspan(facet_begin_[i], facet_begin_[i + 1] - facet_begin_[i]);
}

const Term* Vocabulary::find(Facet facet, std::string_view name) const {
  for (const auto& term : terms(facet))
    if (term.name == name) return &term;
  return nullptr;
}

bool Vocabulary::is_a(TermId term, TermId ancestor) const {
  for (std::optional<TermId> at = term; at; at = terms_[*at].parent)
    if (*at == ancestor) return true;
  return false;
}

const Term& Vocabulary::nearest_colour(const Lab& lab) const {
  const Term* nearest = nullptr;
  double nearest_difference = std::numeric_limits<double>::infinity();
  for (const auto& term : terms(Facet::kColour)) {
    if (!term.lab) continue;
    const double difference = colour_difference(*term.lab, lab);
    if (nearest == nullptr || difference < nearest_difference) {
      nearest = &term;
      nearest_difference = difference;
    }
  }
  return *nearest;
}

}  // namespace modiste
