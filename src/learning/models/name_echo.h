// What the names of two items have in common: the sum, over the words that both have, of log((n + 1) / (uses
// + 0.5)), n and uses counted over the items that training names (inverse document frequency, Sparck Jones
// 1972). People put pieces of one brand, one shop and one style together, and words that training never saw
// tell that too.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "learning/datasets/outfit_task.h"

namespace modiste {

// Lower-case words of letters and digits; bytes of other scripts count as letters.
[[nodiscard]] std::vector<std::string> name_words(std::string_view name);

// Threads: pair() from any thread after the constructor. Keeps no view of the items.
class NameEcho {
 public:
  NameEcho() = default;
  NameEcho(const OutfitItems& items, std::span<const ItemList> outfits);

  // 0 where a name is not known.
  [[nodiscard]] double pair(OutfitItemNumber a, OutfitItemNumber b) const;
  // Means: of an item with each of the others, and of all pairs of a set. 0 where there is none.
  [[nodiscard]] double with(OutfitItemNumber item, std::span<const OutfitItemNumber> others) const;
  [[nodiscard]] double within(std::span<const OutfitItemNumber> set) const;

 private:
  std::vector<std::vector<uint32_t>> words_;  // by item, sorted
  std::vector<float> weights_;                // by word
};

}  // namespace modiste
