#include "serving/vetoes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "serving/stated_preferences.h"

namespace modiste {
namespace {

// The lists of vetoes that name terms of the vocabulary.
struct VetoList {
  Facet facet{};
  std::string_view member;
  const std::vector<std::string>* names = nullptr;
};
std::array<VetoList, 3> veto_lists(const Vetoes& vetoes) {
  return {{{Facet::kCategory, "categories", &vetoes.categories},
           {Facet::kColour, "colours", &vetoes.colours},
           {Facet::kFabric, "fabrics", &vetoes.fabrics}}};
}

// Lower case, one space between words and around all of them: " leather t shirt ".
std::string as_words(std::string_view text) {
  std::string words = " ";
  for (const char c : ascii_lower(text)) {
    const bool separates =
        static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) == 0;
    if (!separates)
      words += c;
    else if (words.back() != ' ')
      words += ' ';
  }
  if (words.back() != ' ') words += ' ';
  return words;
}

constexpr std::array<std::string_view, 17> kWithout{"without", "no",     "not",  "non",   "except", "but",
                                                    "never",   "ohne",   "kein", "keine", "sans",   "sin",
                                                    "senza",   "zonder", "sem",  "bez",   "utan"};

// Whether the word before a place of as_words() turns the meaning round.
bool is_negated(std::string_view words, size_t at) {
  if (at == 0) return false;
  const size_t begin = words.rfind(' ', at - 1) + 1;
  const std::string_view before = words.substr(begin, at - begin);
  return std::find(kWithout.begin(), kWithout.end(), before) != kWithout.end();
}

// Whether the query asks for the phrase; a plural in -s or -es is the same.
bool asks_for(std::string_view query, std::string_view phrase) {
  std::string wanted = as_words(phrase);
  if (wanted.size() <= 2) return false;
  wanted.pop_back();
  for (size_t at = query.find(wanted); at != std::string_view::npos; at = query.find(wanted, at + 1)) {
    const std::string_view rest = query.substr(at + wanted.size());
    const bool whole = rest.starts_with(' ') || rest.starts_with("s ") || rest.starts_with("es ");
    if (whole && !is_negated(query, at)) return true;
  }
  return false;
}

bool asks_for(std::string_view query, const Term& term) {
  return asks_for(query, term.name) || asks_for(query, term.label) ||
         std::any_of(term.synonyms.begin(), term.synonyms.end(),
                     [&](const std::string& synonym) { return asks_for(query, synonym); });
}

}  // namespace

Result<Done> check_vetoes(const Vetoes& vetoes, const Catalog& catalog, std::string_view pointer) {
  for (const auto& [facet, member, names] : veto_lists(vetoes))
    TRY(find_terms(facet, *names, catalog.vocabulary(), fmt::format("{}/{}", pointer, member)));
  return kOk;
}

Veto veto_of(const Vetoes& vetoes, const Catalog& catalog) {
  Veto veto;
  for (const auto& [facet, member, names] : veto_lists(vetoes))
    for (const auto& name : *names)
      if (const Term* term = catalog.vocabulary().find(facet, name)) veto.terms.push_back(term->id);
  for (const auto& name : vetoes.brands)
    if (const auto brand = catalog.brand(name); brand && *brand != 0) veto.brands.push_back(*brand);
  return veto;
}

void lift_veto(Veto& veto, std::string_view query, const Catalog& catalog) {
  const std::string words = as_words(query);
  const Vocabulary& vocabulary = catalog.vocabulary();
  std::erase_if(veto.terms, [&](TermId vetoed) {
    const auto terms = vocabulary.terms(vocabulary.term(vetoed).facet);
    return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
      return vocabulary.is_a(term.id, vetoed) && asks_for(words, term);
    });
  });
  std::erase_if(veto.brands, [&](BrandId brand) { return asks_for(words, catalog.brand_name(brand)); });
}

}  // namespace modiste
