#include "catalog/slot_columns.h"

#include <algorithm>
#include <cmath>

#include "base/binary_fields.h"
#include "base/check.h"

namespace modiste {
SlotColumns::SlotColumns(const Vocabulary& vocabulary)
    : vocabulary_(&vocabulary), terms_(vocabulary.terms().size()) {
  const size_t columns = size_t{in_size(0)} + kSizeCountMax;
  CHECK(columns <= UINT16_MAX);
  counts_.resize(columns);
}

float SlotColumns::price_bound(size_t bound) { return std::exp2(static_cast<float>(bound) / 2); }

std::vector<Column> SlotColumns::columns_of(const ItemFacts& item) const {
  if (!item.live) return {};
  std::vector<Column> columns{kLive};
  if (item.in_stock) columns.push_back(kInStock);
  for (size_t bound = 0; bound < kPriceBounds; ++bound)
    if (item.price < price_bound(bound)) columns.push_back(static_cast<Column>(kPriceFrom + bound));
  CHECK(item.brand >> kBrandBits == 0);
  for (size_t bit = 0; bit < kBrandBits; ++bit)
    if ((item.brand >> bit & 1) != 0) columns.push_back(static_cast<Column>(kBrandFrom + bit));
  const auto warmth_step = warmth_step_of(item, *vocabulary_);
  const size_t warmth = warmth_step ? *warmth_step + 1 : 0;
  for (size_t bit = 0; bit < kWarmthBits; ++bit)
    if ((warmth >> bit & 1) != 0) columns.push_back(static_cast<Column>(kWarmthFrom + bit));
  OutfitRole role = OutfitRole::kNone;
  for (const TermId term : {item.category, item.department, item.colour})
    if (term != kNoTerm) columns.push_back(is(term));
  if (item.category != kNoTerm) {
    role = vocabulary_->term(item.category).role;
    for (std::optional<TermId> up = item.category; up; up = vocabulary_->term(*up).parent)
      columns.push_back(under(*up));
  }
  for (const TermId term : item.terms) columns.push_back(has(term));
  columns.push_back(of_role(role));
  for (size_t size = item.sizes_in_stock._Find_first(); size < kSizeCountMax;
       size = item.sizes_in_stock._Find_next(size))
    columns.push_back(in_size(static_cast<SizeId>(size)));
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

void SlotColumns::put(Slot slot, Column column, bool value) {
  auto& block = blocks_[slot / kPageSlots];
  if (block->writer_ != writer_) {
    block = std::make_shared<ColumnPages>(*block);
    block->writer_ = writer_;
  }
  uint16_t& place = block->place_[column];
  if (place == 0) {
    block->pages_.push_back(std::make_shared<ColumnPages::Page>(ColumnPages::Page{writer_, {}}));
    place = static_cast<uint16_t>(block->pages_.size());
  }
  auto& page = block->pages_[place - 1U];
  if (page->writer != writer_) {
    page = std::make_shared<ColumnPages::Page>(*page);
    page->writer = writer_;
  }
  const size_t at = slot % kPageSlots;
  uint64_t& word = page->bits[at / 64];
  const uint64_t bit = uint64_t{1} << (at % 64);
  word = value ? word | bit : word & ~bit;
}

void SlotColumns::count(const ItemFacts& item, std::span<const Column> columns, bool more) {
  if (!item.live || !item.in_stock) return;
  const uint32_t one = more ? 1 : UINT32_MAX;  // adds or, wrapping around, takes off
  for (const Column column : columns) counts_[column] += one;
  if (item.brand >= brand_counts_.size()) brand_counts_.resize(item.brand + 1);
  brand_counts_[item.brand] += one;
}

void SlotColumns::change(Slot slot, const ItemFacts& before, const ItemFacts& after) {
  while (blocks_.size() <= slot / kPageSlots) {
    blocks_.push_back(std::make_shared<ColumnPages>());
    blocks_.back()->writer_ = writer_;
    blocks_.back()->place_.resize(counts_.size());
  }
  slots_ = std::max<size_t>(slots_, slot + size_t{1});
  const auto was = columns_of(before), now = columns_of(after);
  for (const Column column : was)
    if (!std::binary_search(now.begin(), now.end(), column)) put(slot, column, false);
  for (const Column column : now)
    if (!std::binary_search(was.begin(), was.end(), column)) put(slot, column, true);
  count(before, was, false);
  count(after, now, true);
}

const PageBits& ColumnPages::of(Column column) const {
  static constexpr PageBits kNone{};
  const uint16_t place = place_[column];
  return place == 0 ? kNone : pages_[place - 1U]->bits;
}

PageBits ColumnPages::any(std::span<const Column> columns) const {
  PageBits sum{};
  for (const Column column : columns)
    if (place_[column] != 0) sum |= of(column);
  return sum;
}

PageBits ColumnPages::with_warmth(const WarmthSteps& steps) const {
  const auto from = [this](size_t step) {
    return SlotColumns::from_number(*this, SlotColumns::kWarmthFrom, SlotColumns::kWarmthBits, step + 1);
  };
  return steps.first > steps.last ? PageBits{} : from(steps.first) & ~from(steps.last + 1);
}

void SlotColumns::keep(Column column, SlotBits& bits) const {
  const std::span<uint64_t> left = bits.words();
  for (size_t at = 0; at < left.size();) {
    if (at / kPageWords >= blocks_.size()) {
      std::fill(left.begin() + static_cast<std::ptrdiff_t>(at), left.end(), uint64_t{0});
      return;
    }
    const PageBits& one = page(column, at / kPageWords);
    for (size_t w = 0; w < kPageWords && at < left.size(); ++w, ++at) left[at] &= one[w];
  }
}

void SlotColumns::find_in(const ColumnPages& block, const SlotQuery& query, PageBits& met, PageBits& open) {
  met = block.of(query.in_stock_only ? kInStock : kLive);
  for (const auto& columns : query.any_of) met &= block.any(columns);
  if (!query.none_of.empty()) met &= ~block.any(query.none_of);
  for (const auto& [where, wanted] : query.provided) met &= block.any(wanted) | ~block.any(where);
  for (const auto& condition : query.conditions) met &= condition(block);
  keep_brands(block, query, met);
  keep_prices(block, query, met, open);
}

PageBits SlotColumns::of_number(const ColumnPages& block, Column from, size_t bits, size_t number) {
  PageBits equal = ~PageBits{};
  for (size_t bit = 0; bit < bits; ++bit) {
    const PageBits& one = block.of(static_cast<Column>(from + bit));
    equal &= (number >> bit & 1) != 0 ? one : ~one;
  }
  return equal;
}

PageBits SlotColumns::from_number(const ColumnPages& block, Column from, size_t bits, size_t least) {
  PageBits more{}, equal = ~PageBits{};  // by the highest bits
  for (size_t bit = bits; bit-- > 0;) {
    const PageBits& one = block.of(static_cast<Column>(from + bit));
    if ((least >> bit & 1) != 0) {
      equal &= one;
    } else {
      more |= equal & one;
      equal &= ~one;
    }
  }
  return more | equal;
}

void SlotColumns::keep_brands(const ColumnPages& block, const SlotQuery& query, PageBits& met) {
  const auto any = [&block](std::span<const BrandId> brands) {
    PageBits sum{};
    for (const BrandId brand : brands) sum |= of_number(block, kBrandFrom, kBrandBits, brand);
    return sum;
  };
  for (const auto& brands : query.brands) met &= any(brands);
  if (!query.brands_not.empty()) met &= ~any(query.brands_not);
}

// Bounds below a limit decide for whole columns; between the two bounds around it the price decides.
void SlotColumns::keep_prices(const ColumnPages& block, const SlotQuery& query, PageBits& met,
                              PageBits& open) {
  open.fill(0);
  const auto below = [&block](size_t bound) -> const PageBits& {
    return block.of(static_cast<Column>(kPriceFrom + bound));
  };
  if (query.price_max) {
    size_t bound = 0;  // the first above the limit
    while (bound < kPriceBounds && price_bound(bound) <= *query.price_max) ++bound;
    for (size_t w = 0; w < kPageWords; ++w) {
      const uint64_t within = bound > 0 ? below(bound - 1)[w] : 0;
      const uint64_t near = bound < kPriceBounds ? below(bound)[w] : ~uint64_t{0};
      met[w] &= near;
      open[w] |= near & ~within;
    }
  }
  if (query.price_min) {
    size_t bound = 0;  // the first not below the limit
    while (bound < kPriceBounds && price_bound(bound) < *query.price_min) ++bound;
    for (size_t w = 0; w < kPageWords; ++w) {
      const uint64_t under = bound > 0 ? below(bound - 1)[w] : 0;
      const uint64_t near = bound < kPriceBounds ? below(bound)[w] : ~uint64_t{0};
      met[w] &= ~under;
      open[w] |= near & ~under;
    }
  }
}

float SlotColumns::idf(TermId term) const {
  const size_t with = in_stock(has(term));
  if (with == 0) return 0;
  return std::log(static_cast<float>(in_stock(kInStock)) / static_cast<float>(with));
}

bool SlotColumns::is_of_all(TermId term) const {
  const size_t with = in_stock(has(term));
  return with > 0 && with == in_stock(kInStock);
}

template <class Io, class Self>
void SlotColumns::fields(Io& io, Self& self) {
  uint64_t slots = self.slots_;
  io.number(slots);
  io.numbers(self.counts_);
  io.numbers(self.brand_counts_);
  io.list(self.blocks_, [](auto& block_io, auto& block) {
    if constexpr (Io::kReads) block = std::make_shared<ColumnPages>();
    block_io.numbers(block->place_);
    block_io.list(block->pages_, [](auto& page_io, auto& page) {
      if constexpr (Io::kReads) page = std::make_shared<ColumnPages::Page>();
      for (auto& word : page->bits) page_io.number(word);
    });
  });
  if constexpr (Io::kReads) self.slots_ = slots;
}

void SlotColumns::save(std::string& out) const {
  BinaryWriter writer(out);
  fields(writer, *this);
}

Result<Done> SlotColumns::load(std::string_view bytes) {
  const size_t columns = counts_.size();
  TRY(load_fields(bytes, "columns", [&](auto& reader) {
    fields(reader, *this);
    reader.require(counts_.size() == columns && slots_ <= blocks_.size() * kPageSlots);
    for (const auto& block : blocks_) {
      reader.require(block->place_.size() == columns);
      for (const uint16_t place : block->place_) reader.require(place <= block->pages_.size());
    }
  }));
  return kOk;
}

size_t SlotColumns::memory_bytes() const {
  size_t bytes = (counts_.size() + brand_counts_.size()) * sizeof(uint32_t);
  for (const auto& block : blocks_)
    bytes += block->place_.size() * sizeof(uint16_t) +
             block->pages_.size() * (sizeof(ColumnPages::Page) + 2 * sizeof(void*));
  return bytes;
}

}  // namespace modiste
