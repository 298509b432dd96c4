#include "serving/query/query_wearers.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "catalog/item.h"
#include "vocabulary/language.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

using Wearers = std::unordered_map<std::string, Wearer>;

// Of phrases of one word: "for him" says nothing by its parts. A word of both ("junior") is a child's.
void add_wearer(Wearers& wearers, std::string_view phrase, const Term& department) {
  const auto words = words_of(phrase);
  if (words.size() != 1) return;
  Wearer& wearer = wearers[words.front()];
  wearer = is_childrens(department) || wearer == Wearer::kChild ? Wearer::kChild : Wearer::kAdult;
}

Wearers all_wearers() {
  const Vocabulary& vocabulary = Vocabulary::standard();
  Wearers wearers;
  for (const Term& term : vocabulary.terms(Facet::kDepartment)) {
    add_wearer(wearers, term.name, term);
    for (const auto& synonym : term.synonyms) add_wearer(wearers, synonym, term);
  }
  for (const Language& language : languages()) {
    for (const auto* words : {&language.words, &language.persons})
      for (const LanguageWord& word : *words)
        if (const Term& term = vocabulary.term(word.term); term.facet == Facet::kDepartment)
          add_wearer(wearers, word.phrase, term);
  }
  return wearers;
}

}  // namespace

Wearer wearer_of_word(std::string_view key) {
  static const Wearers kWearers = all_wearers();
  if (const auto found = kWearers.find(std::string(key)); found != kWearers.end()) return found->second;
  // "Mädchenkleid": the first part of a compound.
  constexpr size_t kFirstPartMin = 5;
  for (size_t bytes = key.size() - std::min(key.size(), kFirstPartMin); bytes >= kFirstPartMin; --bytes)
    if (const auto found = kWearers.find(std::string(key.substr(0, bytes))); found != kWearers.end())
      return found->second;
  return Wearer::kNobody;
}

}  // namespace modiste
