#include "serving/search/query_match.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/contains.h"
#include "catalog/filter_query.h"
#include "catalog/garment_attributes.h"
#include "catalog/implied_fabrics.h"
#include "context/suitability.h"
#include "outfits/outfit_templates.h"
#include "serving/request/reason_rules.h"
#include "vocabulary/colour_difference.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

// How much a stated facet counts: the category before the colour, the colour before pattern and fabric. A
// choice.
struct StatedFacet {
  Facet facet{};
  float weight = 0;
};
constexpr std::array<StatedFacet, 5> kStated{{{Facet::kCategory, 8},
                                              {Facet::kDepartment, 4},
                                              {Facet::kColour, 4},
                                              {Facet::kPattern, 2},
                                              {Facet::kFabric, 2}}};
constexpr float kBrandWeight = 4;
constexpr float kHasAllMin = 0.85F;  // grade from which an item has what is stated

bool says_facet(const ItemFacts& item, Facet facet, const Vocabulary& vocabulary) {
  return std::any_of(item.terms.begin(), item.terms.end(),
                     [&](TermId term) { return vocabulary.term(term).facet == facet; });
}

// What else does where the shop has no such kind: a suit's parts.
struct PartOfKind {
  std::string_view kind, part;
};
constexpr PartOfKind kPartsOfKinds[] = {{"suits", "blazer"},
                                        {"suits", "dress-pants"},
                                        {"suits", "waistcoat"},
                                        {"tuxedo", "blazer"},
                                        {"tuxedo", "dress-pants"}};

bool is_part_of(const Term& own, const Term& kind) {
  return std::any_of(std::begin(kPartsOfKinds), std::end(kPartsOfKinds),
                     [&](const PartOfKind& one) { return one.part == own.name && one.kind == kind.name; });
}

// Where no garment is red, burgundy comes before green: less than silence, and nothing from so far on
// (CIEDE2000).
float likeness_of_colour(const Term& own, const Term& asked) {
  constexpr float kNear = 0.4F;
  constexpr double kFar = 60;
  if (!own.lab || !asked.lab) return 0;
  return kNear * static_cast<float>(std::max(0.0, 1 - colour_difference(*own.lab, *asked.lab) / kFar));
}

// What a garment's kind says of the occasion or season asked for, where the garment itself names none. On the
// scale of suits(): below kAccessory, which an accessory has that names it.
constexpr float kMadeFor = 0.45F;  // worn for the occasion and little else, or as warm as the season asks
// As dressy as the occasion asks, at most: so much less that likeness of words does not bring it before what
// is made for the occasion (kStatedWeight in word_search.cpp).
constexpr float kDressedFor = 0.36F;

// Kinds that are looked for where nothing else is asked.
constexpr float kKindFound = kDressedFor;

// A suit goes with an interview, a bikini with the beach and with little else.
float suits_by_kind(const ItemFacts& item, const Term& asked, const Vocabulary& vocabulary) {
  if (item.category == kNoTerm) return 0;
  if (asked.facet == Facet::kSeason) {
    const bool summer = asked.name == "summer", winter = asked.name == "winter";
    if ((!summer && !winter) || !warmth_of(item, vocabulary)) return 0;
    switch (suits_warmth(item, summer ? 0 : 1, vocabulary)) {
      case Suits::kYes:
        return kMadeFor;
      case Suits::kUnknown:  // between what is worn and what is not
        return kMadeFor / 2;
      case Suits::kNo:
        return 0;
    }
  }
  if (asked.facet != Facet::kOccasion) return 0;
  const auto occasion = static_cast<Occasion>(asked.id - vocabulary.terms(Facet::kOccasion).front().id);
  const Suits suits = suits_occasion(item, occasion, vocabulary);
  if (suits != Suits::kUnknown) return suits == Suits::kYes ? kMadeFor : 0;
  const Term& kind = vocabulary.term(item.category);
  // Underwear is worn below everything: its formality dresses nobody. Two pieces of it show.
  if (vocabulary.is_a(kind.id, vocabulary.find(Facet::kCategory, "underwear")->id) || !kind.formality)
    return 0;
  return kDressedFor *
         static_cast<float>(outfits::formality_of(occasion).fit(static_cast<double>(*kind.formality)));
}

// "Leather-free", "no leather", "without any leather": within this many words of it.
constexpr size_t kDeniedWithin = 2;
bool is_denial(const std::string& word) {
  static const QueryWords kWords;
  return kWords.languages_of(QueryRole::kNegation, word) != 0;
}
bool is_denied(const std::vector<std::string>& words, size_t from, size_t to) {
  for (size_t back = 1; back <= kDeniedWithin && back <= from; ++back)
    if (is_denial(words[from - back])) return true;
  return to < words.size() && (words[to] == "free" || words[to] == "look" || words[to] == "like");
}

// The singular or plural and the like; the first letters are compared before stems, which cost more.
bool is_form_of(const std::string& word, const std::string& other) {
  constexpr size_t kSameLetters = 3;
  return word == other ||
         (word.compare(0, kSameLetters, other, 0, kSameLetters) == 0 && stem(word) == stem(other));
}

// The words of a key in a row, none of them denied.
bool says_undenied(const std::vector<std::string>& text, const std::string& key) {
  const auto words = words_of(key);
  for (size_t i = 0; !words.empty() && i + words.size() <= text.size(); ++i)
    if (std::equal(words.begin(), words.end(), text.begin() + static_cast<std::ptrdiff_t>(i),
                   [](const std::string& word, const std::string& said) { return is_form_of(said, word); }) &&
        !is_denied(text, i, i + words.size()))
      return true;
  return false;
}

// Words of any description, whatever the garment: "see size guide", "has a look", "at the back".
constexpr std::array<std::string_view, 24> kOfAnyText{
    "see",  "back", "front", "side", "top", "look", "like", "way",  "size",  "much", "full",    "line",
    "part", "made", "set",   "end",  "fit", "wear", "body", "open", "light", "high", "through", "long"};

bool is_telling(const std::string& word, const TextIndex* texts) {
  if (contains(kOfAnyText, std::string_view(word))) return false;
  constexpr size_t kItemsMin = 20;  // of fewer a share says little
  return texts == nullptr || texts->size() < kItemsMin || 2 * texts->items_with(word) <= texts->size();
}

}  // namespace

float likeness_of_category(TermId category, TermId asked, const Vocabulary& vocabulary) {
  constexpr float kWider = 0.6F, kSibling = 0.3F, kSameRole = 0.15F;
  if (category == kNoTerm) return kSilent;
  if (vocabulary.is_a(category, asked)) return kHasIt;
  const Term& own = vocabulary.term(category);
  const Term& other = vocabulary.term(asked);
  const bool narrow = own.role != OutfitRole::kNone;  // "clothing" says no more than nothing
  if (vocabulary.is_a(asked, category)) return narrow ? kWider : kSilent;
  if (is_part_of(own, other)) return kSibling;
  if (own.role != other.role) return 0;
  if (own.parent && other.parent &&
      (own.parent == other.parent || *own.parent == asked || *other.parent == category))
    return kSibling;
  return narrow && own.worn_for == other.worn_for ? kSameRole : 0;
}

QueryMatch::QueryMatch(const QueryReading& reading, const Vocabulary& vocabulary, const PhraseIndex& phrases,
                       const TextIndex* texts)
    : reading_(reading), vocabulary_(vocabulary), phrases_(phrases) {
  for (const auto& word : reading.unwanted_words) telling_.push_back(is_telling(word.key, texts));
  for (const auto& [facet, weight] : kStated) {
    Group group{name_of(facet), weight, {}};
    for (const auto& wish : reading.wanted)
      if (wish.facet == facet) group.wishes.push_back(&wish);
    if (group.wishes.empty()) continue;
    for (const auto* wish : group.wishes) terms_.insert(terms_.end(), wish->terms.begin(), wish->terms.end());
    groups_.push_back(std::move(group));
  }
  asks_pattern_ = std::any_of(reading.wanted.begin(), reading.wanted.end(), [&](const QueryWish& wish) {
    return std::any_of(wish.terms.begin(), wish.terms.end(),
                       [&](TermId term) { return vocabulary.term(term).facet == Facet::kPattern; });
  });
  if (!reading.brands.empty()) groups_.push_back({"brand", kBrandWeight, {}});
  for (const auto& wish : reading.wanted)
    if (std::none_of(kStated.begin(), kStated.end(),
                     [&](const auto& one) { return one.facet == wish.facet; }))
      soft_.push_back(&wish);
  if (!groups_.empty()) return;
  for (const auto* wish : soft_) {
    terms_.insert(terms_.end(), wish->terms.begin(), wish->terms.end());
    for (const Term& kind : vocabulary.terms(Facet::kCategory)) {
      ItemFacts item;
      item.category = kind.id;
      if (suits_by_kind(item, vocabulary.term(wish->terms.front()), vocabulary) >= kKindFound)
        terms_.push_back(kind.id);
    }
  }
}

Veto QueryMatch::unwanted() const {
  Veto veto;
  for (const auto& wish : reading_.unwanted)
    veto.terms.insert(veto.terms.end(), wish.terms.begin(), wish.terms.end());
  for (const auto& brand : reading_.unwanted_brands) veto.brands.push_back(brand.brand);
  return veto;
}

// A leather jacket is of leather, jeans are of denim.
bool QueryMatch::implies(TermId category, TermId term) const {
  return category != kNoTerm && modiste::implies(category, term, vocabulary_);
}

// True if the words say one of the wish's terms and do not deny it. prose: only as written, not by stems.
bool QueryMatch::names(const std::vector<std::string>& words, const QueryWish& wish, bool prose) const {
  LanguageWeights weights{};
  weights[kEnglish] = kEnglishAtFirst;
  weights[wish.language] += 1;
  for (const TermId term : wish.terms)
    for (const auto& match : phrases_.find_inside(vocabulary_.term(term).facet, words, weights))
      if (match.term != nullptr && vocabulary_.is_a(match.term->id, term) && !(prose && match.stemmed) &&
          !is_denied(words, match.from, match.from + match.count))
        return true;
  return false;
}

bool QueryMatch::refuses(const Item& item) const {
  if (reading_.unwanted.empty() && reading_.unwanted_words.empty()) return false;
  const auto garment = item.garment.read();
  std::string said = garment->title + " " + item.colour;
  for (const Attribute* attribute : attributes_of(*garment, item.colour)) said += " | " + attribute->word;
  const auto words = words_of(said), prose = words_of(garment->description);
  for (size_t w = 0; w < reading_.unwanted_words.size(); ++w) {
    const auto& key = reading_.unwanted_words[w].key;
    if (says_undenied(words, key) || (telling_[w] && says_undenied(prose, key))) return true;
  }
  return std::any_of(reading_.unwanted.begin(), reading_.unwanted.end(), [&](const QueryWish& wish) {
    const TermId term = wish.terms.front();
    if (item.facts.category != kNoTerm && implies(item.facts.category, term) &&
        !says_facet(item.facts, vocabulary_.term(term).facet, vocabulary_))
      return true;
    // Prose speaks of other garments ("wear it with black jeans"): only what it is made of counts there.
    return names(words, wish, false) ||
           (vocabulary_.term(term).facet == Facet::kFabric && names(prose, wish, true));
  });
}

float QueryMatch::grade_category(const ItemFacts& item, TermId category) const {
  return likeness_of_category(item.category, category, vocabulary_);
}

// "White shirt" is a plain one first: a tartan on white is one too, but after it.
float QueryMatch::grade_colour(const ItemFacts& item, const Term& asked) const {
  constexpr float kPatterned = 0.95F;
  float most = 0;
  bool says_one = item.colour != kNoTerm, patterned = false;
  if (item.colour != kNoTerm) most = likeness_of_colour(vocabulary_.term(item.colour), asked);
  for (const TermId id : item.terms) {
    const Term& term = vocabulary_.term(id);
    patterned = patterned || (term.facet == Facet::kPattern && term.name != "solid");
    if (term.facet != Facet::kColour) continue;
    says_one = true;
    most = std::max(most, likeness_of_colour(term, asked));
  }
  if (has_term(item, asked.id) || item.colour == asked.id || implies(item.category, asked.id))
    return patterned && !asks_pattern_ ? kPatterned : kHasIt;
  return says_one ? most : kSilent;
}

float QueryMatch::grade_term(const ItemFacts& item, TermId term) const {
  const Term& asked = vocabulary_.term(term);
  if (asked.facet == Facet::kCategory) return grade_category(item, term);
  if (asked.facet == Facet::kDepartment)
    return item.department == kNoTerm                              ? kSilent
           : fits_department({term}, item.department, vocabulary_) ? kHasIt
                                                                   : 0;
  if (asked.facet == Facet::kColour) return grade_colour(item, asked);
  if (has_term(item, term) || implies(item.category, term)) return kHasIt;
  return says_facet(item, asked.facet, vocabulary_) ? 0 : kSilent;
}

float QueryMatch::grade(const ItemFacts& item, const Group& group) const {
  if (group.wishes.empty())
    return std::any_of(reading_.brands.begin(), reading_.brands.end(),
                       [&](const QueryBrand& brand) { return brand.brand == item.brand; })
               ? kHasIt
           : item.brand == 0 ? kSilent
                             : 0;
  float best = 0, sum = 0;
  for (const auto* wish : group.wishes) {
    float most = 0;
    for (const TermId term : wish->terms) most = std::max(most, grade_term(item, term));
    best = std::max(best, most);
    sum += most;
  }
  // "black and white": one colour will do, an item with both is better.
  constexpr float kOfAny = 0.9F;
  return kOfAny * best + (1 - kOfAny) * sum / static_cast<float>(group.wishes.size());
}

float QueryMatch::stated(const Item& item) const {
  float value = 0, weights = 0;
  for (const Group& group : groups_) {
    float grade = this->grade(item.facts, group);
    // Terms that only a photo says count less, for and against.
    if (!group.wishes.empty() &&
        item.facts.facets_seen.test(static_cast<size_t>(group.wishes.front()->facet)))
      grade = std::clamp(grade, 1 - kSaysPhoto, kSaysPhoto);
    value += group.weight * grade;
    weights += group.weight;
  }
  return weights > 0 ? value / weights : 0;
}

bool QueryMatch::names_kind() const {
  return !groups_.empty() && groups_.front().name == name_of(Facet::kCategory);
}

bool QueryMatch::is_of_kind(const ItemFacts& item) const {
  return !names_kind() || grade(item, groups_.front()) > kHasAllMin;
}

bool QueryMatch::is_near_kind(const ItemFacts& item) const {
  return !names_kind() || (item.category != kNoTerm && grade(item, groups_.front()) > 0);
}

void QueryMatch::require_near_kind(SlotQuery& query, const SlotColumns& columns) const {
  std::vector<Column> any;
  for (const Term& kind : vocabulary_.terms(Facet::kCategory)) {
    const auto wishes = std::span(groups_.front().wishes);
    const bool near = std::any_of(wishes.begin(), wishes.end(), [&](const QueryWish* wish) {
      return std::any_of(wish->terms.begin(), wish->terms.end(),
                         [&](TermId asked) { return likeness_of_category(kind.id, asked, vocabulary_) > 0; });
    });
    if (near) any.push_back(columns.is(kind.id));
  }
  query.nothing = query.nothing || any.empty();
  query.any_of.push_back(std::move(any));
}

bool QueryMatch::says_kind(const Item& item) const {
  if (!names_kind()) return true;
  const auto said = said_words(item.garment.read()->title);
  return std::any_of(
      groups_.front().wishes.begin(), groups_.front().wishes.end(), [&](const QueryWish* wish) {
        const auto words = said_words(wish->words);
        return !words.empty() && std::all_of(words.begin(), words.end(),
                                             [&](const std::string& word) { return says(said, word); });
      });
}

bool QueryMatch::has_all(const ItemFacts& item) const {
  return std::all_of(groups_.begin(), groups_.end(),
                     [&](const Group& group) { return grade(item, group) > kHasAllMin; });
}

// The columns of the items whose grade is above kHasAllMin: those that have one of the wished terms, since
// what is like it, a wider category or silence have less than that.
void QueryMatch::require(const Group& group, SlotQuery& query, const SlotColumns& columns) const {
  if (group.wishes.empty()) {
    auto& brands = query.brands.emplace_back();
    for (const QueryBrand& brand : reading_.brands) brands.push_back(brand.brand);
    return;
  }
  std::vector<Column> any;
  for (const auto* wish : group.wishes)
    for (const TermId term : wish->terms) {
      const Facet facet = vocabulary_.term(term).facet;
      if (facet == Facet::kCategory) {
        any.push_back(columns.under(term));
      } else if (facet == Facet::kDepartment) {
        const auto suited = columns_of_departments({term}, columns, vocabulary_);
        any.insert(any.end(), suited.begin(), suited.end());
      } else {
        any.push_back(columns.has(term));
        if (facet == Facet::kColour) any.push_back(columns.is(term));
        for (const Term& category : vocabulary_.terms(Facet::kCategory))
          if (implies(category.id, term)) any.push_back(columns.is(category.id));
      }
    }
  query.nothing = query.nothing || any.empty();
  query.any_of.push_back(std::move(any));
}

void QueryMatch::require_all(SlotQuery& query, const SlotColumns& columns) const {
  for (const Group& group : groups_) require(group, query, columns);
}

void QueryMatch::require_kind(SlotQuery& query, const SlotColumns& columns) const {
  if (names_kind()) require(groups_.front(), query, columns);
}

std::vector<std::string_view> QueryMatch::lacks(const Item& item) const {
  std::vector<std::string_view> lacking;
  for (const Group& group : groups_)
    if (grade(item.facts, group) <= kHasAllMin) lacking.push_back(group.name);
  return lacking;
}

float QueryMatch::suits(const ItemFacts& item) const {
  // "Smart casual" asks for what is worn first of all: a watch that suits it too comes after it.
  constexpr float kShoes = 0.75F, kAccessory = 0.5F;
  if (soft_.empty()) return 0;
  const auto has = [&](const QueryWish* wish) {
    return std::any_of(wish->terms.begin(), wish->terms.end(),
                       [&](TermId term) { return has_term(item, term); });
  };
  // Of what is worn in winter, a coat before a skirt.
  constexpr float kOfSeason = 0.4F;
  const auto value_of = [&](const QueryWish* wish) {
    if (!has(wish))
      return says_facet(item, wish->facet, vocabulary_)
                 ? 0.0F
                 : suits_by_kind(item, vocabulary_.term(wish->terms.front()), vocabulary_);
    if (vocabulary_.term(wish->terms.front()).name != "winter" || item.category == kNoTerm) return 1.0F;
    const auto warmth = static_cast<float>(warmth_of(item, vocabulary_).value_or(0.3));
    return kOfSeason + (1 - kOfSeason) * warmth;
  };
  float share = 0;
  for (const QueryWish* wish : soft_) share += value_of(wish) / static_cast<float>(soft_.size());
  if (names_kind() || item.category == kNoTerm) return share;
  const OutfitRole role = vocabulary_.term(item.category).role;
  if (role == OutfitRole::kShoes) return kShoes * share;
  return role == OutfitRole::kBag || role == OutfitRole::kAccessory ? kAccessory * share : share;
}

}  // namespace modiste
