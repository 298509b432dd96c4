// The unit of recommendation: one garment in one colour, as the compact facts that filters and rankers read.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/garment.h"
#include "vocabulary/size.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

// Dense index of an item, assigned at its first upsert; never reused for another item while the process runs.
using Slot = uint32_t;
inline constexpr Slot kNoSlot = UINT32_MAX;

// Index of a brand, dense from 0; 0 means "no brand".
using BrandId = uint32_t;

inline constexpr size_t kItemTermsMax = 24;

struct ItemFacts {
  Slot slot = kNoSlot;
  uint32_t garment = 0;  // dense index of the garment; the same for all its colours
  BrandId brand = 0;
  bool live = false;      // false once deleted
  bool in_stock = false;  // any size
  TermId category = 0;    // the most specific one; kNoTerm when unknown
  TermId department = 0;
  TermId colour = 0;
  SizeChart size_chart = SizeChart::kWomen;
  float price = 0;                       // the cheapest variant in stock, else the cheapest
  float formality = 0;                   // 0 to 1; -1 unknown
  float discount = 0;                    // the largest reduction of its variants, share of the list price
  float stock_share = -1;                // of its sizes that are in stock; -1 unknown
  std::bitset<kFacetCount> facets_seen;  // that its photo states and the supplier does not
  int64_t created_at_s = 0;
  SizeSet sizes_in_stock;
  std::vector<TermId> terms;  // all its terms, sorted, unique, at most kItemTermsMax
};
inline constexpr TermId kNoTerm = UINT16_MAX;

// Girls, boys, kids and baby.
[[nodiscard]] bool is_childrens(const Term& department);
// True if an item of this department (kNoTerm: unknown) suits who asks for any of `wanted`: women and men
// wear unisex, girls and boys what is for kids, and whoever asks for kids means all children.
[[nodiscard]] bool fits_department(const std::vector<TermId>& wanted, TermId department,
                                   const Vocabulary& vocabulary);
// The chart that reads the sizes of such a garment. Socks have the sizes of shoes.
[[nodiscard]] SizeChart size_chart_of(TermId category, TermId department, const Vocabulary& vocabulary);

// What a shopper never wants to be shown, in the catalog's terms.
struct Veto {
  std::vector<TermId> terms;  // of categories, which include those below them, colours and fabrics
  std::vector<BrandId> brands;

  [[nodiscard]] bool forbids(const ItemFacts& item, const Vocabulary& vocabulary) const;

  friend bool operator==(const Veto&, const Veto&) = default;
};

// The items that a request allows. Empty members set no limit. A filter is compiled once per request and then
// evaluated per item.
struct ItemFilter {
  std::vector<TermId> categories;   // an item in any of them or below
  std::vector<TermId> departments;  // women and men include unisex items; girls and boys those for kids
  std::vector<TermId> colours;
  std::vector<BrandId> brands;
  std::optional<float> price_min, price_max;
  std::optional<SizeSet> sizes;  // any of them in stock
  // A shopper's own sizes: an item whose sizes are comparable must have one of them; other items, such
  // as a watch, pass.
  std::optional<SizeSet> sizes_wished;
  SizeSet sizes_comparable;
  std::vector<uint32_t> excluded_garments;
  bool in_stock_only = true;

  [[nodiscard]] bool admits(const ItemFacts& item, const Vocabulary& vocabulary) const;
};

}  // namespace modiste
