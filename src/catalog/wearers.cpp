#include "catalog/wearers.h"

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "catalog/attribute_hints.h"
#include "catalog/item.h"

namespace modiste {
namespace {

// As words_of() leaves them, in the languages of the vocabulary.
constexpr std::array<std::string_view, 32> kAdults{
    "adult",    "adults",      "erwachsene", "erwachsener", "adulte",    "adultes", "adulto",      "adultos",
    "adulta",   "adultas",     "adulti",     "volwassene",  "volwassen", "vuxen",   "volwassenen", "vuxna",
    "voksen",   "voksne",      "aikuiset",   "aikuinen",    "dorosly",   "dorosli", "dospeli",     "dospely",
    "yetiskin", "yetiskinler", "felnott",    "взрослыи",    "взрослые",  "성인",    "成人",        "大人"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kLetters{
    {{"f", "female"}, {"w", "female"}, {"m", "male"}, {"u", "unisex"}}};

// Fields of a tag whose names no attribute has.
constexpr std::array<std::string_view, 8> kTagFields{"filter", "category",   "cat",  "dept",
                                                     "sex",    "collection", "shop", "target"};

bool names_department(const std::string& word) {
  return contains(kTagFields, word) || contains(hint_of(word).facets, Facet::kDepartment);
}

}  // namespace

std::vector<std::string> Wearers::without_adults(std::vector<std::string> words) {
  of_adults_ |= std::erase_if(words, [](const std::string& word) { return contains(kAdults, word); }) > 0;
  return words;
}

void Wearers::add(const Term& department) {
  if (!contains(named_, &department)) named_.push_back(&department);
}

bool Wearers::has(std::string_view name) const { return contains(named_, term(name)); }

// The last is the narrowest: "Kids > Baby". Girls' and boys' are all children's.
const Term* Wearers::childs() const {
  if (has("girls") && has("boys")) return term("kids");
  const Term* narrowest = nullptr;
  for (const Term* one : named_)
    if (is_childrens(*one) && (narrowest == nullptr || one->name != "kids")) narrowest = one;
  return narrowest;
}

const Term* Wearers::together(bool is_list_of_tags) const {
  if (named_.empty()) return of_adults_ ? term("unisex") : nullptr;
  const bool women = has("women"), men = has("men"), unisex = has("unisex");
  const bool of_anybody = unisex || (women && men);
  const Term* child = childs();
  const bool only_children = child != nullptr && !women && !men && !unisex;
  if (only_children) return child;
  const bool is_childs = child != nullptr && !is_list_of_tags && !of_adults_;
  if (is_childs && child->name == "kids" && !of_anybody) return term(women ? "girls" : "boys");
  if (is_childs) return child;
  return of_anybody ? term("unisex") : named_.front();
}

std::vector<std::string> with_genders_spelled(std::vector<std::string> words) {
  for (auto& word : words)
    for (const auto& [letter, gender] : kLetters)
      if (word == letter) word = gender;
  return words;
}

std::vector<std::string> department_in_tag(const std::vector<std::string>& words) {
  size_t fields = 0;
  while (fields + 1 < words.size() && names_department(words[fields])) ++fields;
  if (fields == 0) return {};
  return {words.begin() + static_cast<ptrdiff_t>(fields), words.end()};
}

}  // namespace modiste
