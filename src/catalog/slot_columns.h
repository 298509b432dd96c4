// What filters ask of items, as columns of bits over the slots: a filter is a few ANDs and ORs of words
// instead of a question to each item. Only items on sale are in any column.
//
// A column is cut into pages of kPageSlots bits. Snapshots of the catalog share pages; a change copies those
// that it touches. Where no item of a page's slots has a property there is no page.
//
// Threads: immutable through const; the catalog's writer changes its own copy.
// Memory:  a page (512 bytes) per 4,096 items and column that any of them has.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/item.h"
#include "catalog/slot_bits.h"
#include "catalog/warmth.h"

namespace modiste {

// Number of a column; valid for one vocabulary.
using Column = uint16_t;

inline constexpr size_t kPageSlots = 4096;
inline constexpr size_t kPageWords = kPageSlots / 64;

// A set of items among kPageSlots slots, one bit each.
struct PageBits : std::array<uint64_t, kPageWords> {
  PageBits& operator&=(const PageBits& other) { return combine(other, std::bit_and<>()); }
  PageBits& operator|=(const PageBits& other) { return combine(other, std::bit_or<>()); }
  friend PageBits operator&(PageBits a, const PageBits& b) { return a &= b; }
  friend PageBits operator|(PageBits a, const PageBits& b) { return a |= b; }
  friend PageBits operator~(PageBits bits) {
    for (uint64_t& word : bits) word = ~word;
    return bits;
  }

 private:
  template <class Operation>
  PageBits& combine(const PageBits& other, Operation operation) {
    for (size_t w = 0; w < kPageWords; ++w) (*this)[w] = operation((*this)[w], other[w]);
    return *this;
  }
};

// The pages of all columns for the same kPageSlots slots.
class ColumnPages {
 public:
  [[nodiscard]] const PageBits& of(Column column) const;
  // Items that are in one of the columns.
  [[nodiscard]] PageBits any(std::span<const Column> columns) const;
  // Items whose warmth is of these steps; those without a warmth are not in it.
  [[nodiscard]] PageBits with_warmth(const WarmthSteps& steps) const;

 private:
  friend class SlotColumns;
  struct Page {
    uint64_t writer = 0;  // who may change it
    PageBits bits{};
  };
  uint64_t writer_ = 0;
  std::vector<uint16_t> place_;  // by column: its page in pages_, from 1; 0: none of the items is in it
  std::vector<std::shared_ptr<Page>> pages_;
};

// Which items are wanted: all conditions hold. What is left empty sets no condition.
struct SlotQuery {
  bool in_stock_only = true;
  std::vector<std::vector<Column>> any_of;  // of each list at least one
  std::vector<Column> none_of;
  // An item with one of `where` has one of `wanted` too.
  struct Provided {
    std::vector<Column> where, wanted;
  };
  std::vector<Provided> provided;
  std::vector<std::vector<BrandId>> brands;  // of each list one
  std::vector<BrandId> brands_not;           // none of them
  std::optional<float> price_min, price_max;
  // What these lists cannot tell: which items of some slots meet a condition.
  std::vector<std::function<PageBits(const ColumnPages&)>> conditions;
  bool nothing = false;  // no item can meet it
};

class SlotColumns {
 public:
  explicit SlotColumns(const Vocabulary& vocabulary);

  // Columns. is: the item's own category, department or colour; under: its category or one above it.
  [[nodiscard]] Column is(TermId term) const { return static_cast<Column>(kTermsFrom + term); }
  [[nodiscard]] Column under(TermId category) const { return static_cast<Column>(is(category) + terms_); }
  [[nodiscard]] Column has(TermId term) const { return static_cast<Column>(under(term) + terms_); }
  [[nodiscard]] Column of_role(OutfitRole role) const {
    return static_cast<Column>(kTermsFrom + 3 * terms_ + static_cast<size_t>(role));
  }
  [[nodiscard]] Column in_size(SizeId size) const {
    return static_cast<Column>(of_role(OutfitRole{}) + EnumNames<OutfitRole>::kNames.size() + size);
  }

  // Replaces what the item of a slot was by what it is: `before` as it was given last. Those that are not
  // live count as none.
  void change(Slot slot, const ItemFacts& before, const ItemFacts& after);
  // After some changes: whoever copies this copies the pages that it changes.
  void share() { ++writer_; }

  // Exactly the items that meet the query. price_of(slot): of an item whose price is near a limit.
  template <class PriceOf>
  [[nodiscard]] SlotBits find(const SlotQuery& query, size_t slots, const PriceOf& price_of) const;

  // ln(N / n) over the items in stock: how distinctive a term is; 0 for a term of every item or of none.
  [[nodiscard]] float idf(TermId term) const;
  // True if there are items and every one has the term: then it says nothing about who likes them.
  [[nodiscard]] bool is_of_all(TermId term) const;

  // The items of a column, from slot kPageSlots * page on.
  [[nodiscard]] const PageBits& page(Column column, size_t page) const { return blocks_[page]->of(column); }
  // Takes out of the set what is not in the column.
  void keep(Column column, SlotBits& bits) const;
  // Of all items that were ever put.
  [[nodiscard]] size_t slots() const { return slots_; }

  // Number of items in stock in a column, and of a brand.
  [[nodiscard]] size_t in_stock(Column column) const { return counts_[column]; }
  [[nodiscard]] size_t in_stock_of_brand(BrandId brand) const {
    return brand < brand_counts_.size() ? brand_counts_[brand] : 0;
  }
  [[nodiscard]] size_t brands() const { return brand_counts_.size(); }
  [[nodiscard]] size_t memory_bytes() const;

  // For a saved catalog: the whole state. load() replaces it; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  friend class ColumnPages;
  // 1 to 46,000 of any currency in steps of a factor of 1.41; a step's prices are compared one by one.
  static constexpr size_t kPriceBounds = 32;
  static constexpr size_t kBrandBits = 24;
  static constexpr size_t kWarmthBits = 6;  // of the step of an item's warmth + 1; 0: it has none
  static_assert(kWarmthStepMax + 1 < 1 << kWarmthBits);
  static constexpr Column kLive = 0, kInStock = 1, kPriceFrom = 2, kBrandFrom = kPriceFrom + kPriceBounds,
                          kWarmthFrom = kBrandFrom + kBrandBits, kTermsFrom = kWarmthFrom + kWarmthBits;
  template <class Io, class Self>
  static void fields(Io& io, Self& self);

  // Below which price an item is in the column kPriceFrom + bound.
  [[nodiscard]] static float price_bound(size_t bound);
  [[nodiscard]] std::vector<Column> columns_of(const ItemFacts& item) const;
  void put(Slot slot, Column column, bool value);
  void count(const ItemFacts& item, std::span<const Column> columns, bool more);
  // The items of a block that meet the query, but for those in `open`, whose price must be looked at.
  // Of a number that is spread over `bits` columns: the items for which it is this one, or at least this one.
  [[nodiscard]] static PageBits of_number(const ColumnPages& block, Column from, size_t bits, size_t number);
  [[nodiscard]] static PageBits from_number(const ColumnPages& block, Column from, size_t bits, size_t least);
  static void find_in(const ColumnPages& block, const SlotQuery& query, PageBits& met, PageBits& open);
  static void keep_prices(const ColumnPages& block, const SlotQuery& query, PageBits& met, PageBits& open);
  static void keep_brands(const ColumnPages& block, const SlotQuery& query, PageBits& met);

  const Vocabulary* vocabulary_;
  size_t terms_;  // of the vocabulary
  uint64_t writer_ = 1;
  std::vector<std::shared_ptr<ColumnPages>> blocks_;
  size_t slots_ = 0;
  std::vector<uint32_t> counts_;        // by column
  std::vector<uint32_t> brand_counts_;  // by BrandId
};

template <class PriceOf>
SlotBits SlotColumns::find(const SlotQuery& query, size_t slots, const PriceOf& price_of) const {
  SlotBits found(slots);
  if (query.nothing) return found;
  for (size_t b = 0; b < blocks_.size(); ++b) {
    PageBits met{}, open{};
    find_in(*blocks_[b], query, met, open);
    for (size_t w = 0; w < kPageWords; ++w) {
      for (uint64_t left = met[w] & open[w]; left != 0; left &= left - 1) {
        const auto bit = static_cast<size_t>(std::countr_zero(left));
        const float price = price_of(static_cast<Slot>(b * kPageSlots + 64 * w + bit));
        if ((query.price_min && price < *query.price_min) || (query.price_max && price > *query.price_max))
          met[w] &= ~(uint64_t{1} << bit);
      }
      if (met[w] != 0) found.words()[b * kPageWords + w] = met[w];
    }
  }
  return found;
}

}  // namespace modiste
