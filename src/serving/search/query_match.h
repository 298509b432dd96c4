// Compares items with what a query says.
//
// Stated facets, which decide the order before words and meaning do: category, department, brand, colour,
// pattern, fabric. For each an item has what was asked for, contradicts it, or is silent; silent is half way
// between. Of another colour, the nearest comes first. Facets that shops describe less reliably (occasion,
// season, cut) only add to the score.
//
// Threads: immutable after construction. Lives for one request; borrows the reading.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "retrieval/text_index.h"
#include "serving/query/query_reading.h"

namespace modiste {

// How an item stands to a stated facet.
inline constexpr float kHasIt = 1, kSilent = 0.5F;
inline constexpr float kSaysPhoto = 0.8F;  // only the photo says that it has it, or (0.2) that it has another

class QueryMatch {
 public:
  // texts: of the shop, by which a refused word tells something or not; null: none to ask.
  QueryMatch(const QueryReading& reading, const Vocabulary& vocabulary, const PhraseIndex& phrases,
             const TextIndex* texts = nullptr);

  // What is not wanted, as far as the facts tell.
  [[nodiscard]] Veto unwanted() const;
  // What is not wanted, as the item's words tell: its title and its supplier's words, and the description
  // unless it denies it ("leather-free"). A refused word of no facet counts in descriptions only where it
  // tells something: "see" stands in every "see size guide".
  [[nodiscard]] bool refuses(const Item& item) const;

  [[nodiscard]] bool states_anything() const { return !groups_.empty(); }
  [[nodiscard]] bool wishes_more() const { return !soft_.empty(); }
  // The weighted share of the stated facets that the item has, 0 to 1.
  [[nodiscard]] float stated(const Item& item) const;
  // True if the facts say that it has every one of them; and the same as conditions on the catalog's columns,
  // added to a query.
  [[nodiscard]] bool has_all(const ItemFacts& item) const;
  void require_all(SlotQuery& query, const SlotColumns& columns) const;
  // Whether the query names a kind of garment, and whether the item is one; true where it names none.
  [[nodiscard]] bool names_kind() const;
  [[nodiscard]] bool is_of_kind(const ItemFacts& item) const;
  // Whether the item is of a kind that a shopper may take in place of the one named: a wider one, a sibling,
  // or one of the same role; true where the query names none. False when the item's kind is unknown.
  [[nodiscard]] bool is_near_kind(const ItemFacts& item) const;
  void require_near_kind(SlotQuery& query, const SlotColumns& columns) const;
  // Whether the item's title says the kind in the words of the query, whatever its facts say.
  [[nodiscard]] bool says_kind(const Item& item) const;
  void require_kind(SlotQuery& query, const SlotColumns& columns) const;
  // Names of the stated facets that the item is not known to have.
  [[nodiscard]] std::vector<std::string_view> lacks(const Item& item) const;
  // The share of the other facets that the item has; part of one where it is silent and its kind goes with
  // the occasion or season; less for shoes and accessories where no kind is named.
  [[nodiscard]] float suits(const ItemFacts& item) const;
  // Terms by which the catalog's columns find what is stated, or what else is wished where nothing is.
  [[nodiscard]] const std::vector<TermId>& terms() const { return terms_; }

 private:
  // The wishes of one stated facet; any of them will do, more are better.
  struct Group {
    std::string_view name;
    float weight = 0;
    std::vector<const QueryWish*> wishes;  // none: brands
  };
  [[nodiscard]] float grade(const ItemFacts& item, const Group& group) const;
  void require(const Group& group, SlotQuery& query, const SlotColumns& columns) const;
  [[nodiscard]] float grade_term(const ItemFacts& item, TermId term) const;
  [[nodiscard]] float grade_colour(const ItemFacts& item, const Term& asked) const;
  [[nodiscard]] float grade_category(const ItemFacts& item, TermId category) const;
  [[nodiscard]] bool implies(TermId category, TermId term) const;
  [[nodiscard]] bool names(const std::vector<std::string>& words, const QueryWish& wish, bool prose) const;

  const QueryReading& reading_;
  const Vocabulary& vocabulary_;
  const PhraseIndex& phrases_;
  std::vector<Group> groups_;
  std::vector<const QueryWish*> soft_;
  std::vector<TermId> terms_;
  bool asks_pattern_ = false;
  std::vector<bool> telling_;  // by unwanted word
};

// 1 for the category or one below it, less for a wider one, its siblings and others of its role; kSilent when
// unknown.
[[nodiscard]] float likeness_of_category(TermId category, TermId asked, const Vocabulary& vocabulary);

}  // namespace modiste
