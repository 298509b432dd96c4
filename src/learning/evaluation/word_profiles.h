// TF-IDF of what the shop says of its garments (Salton, Buckley 1988): a word of a garment weighs
// (1 + log of how often it stands there) * log(garments / garments that have it), vectors have length 1, and
// a shopper is the sum of what they chose. A baseline of evaluation: it knows words alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/garment.h"

namespace modiste {

class WordProfiles {
 public:
  // items: the number of each garment's id, below `count`. Others are left out.
  WordProfiles(std::span<const Garment> garments, const std::unordered_map<std::string, uint32_t>& items,
               size_t count);

  // The cosine of each item with the sum of the chosen ones, but for the length of the sum.
  [[nodiscard]] std::vector<float> scores(std::span<const uint32_t> chosen) const;

 private:
  struct Weight {
    uint32_t of = 0;  // a word, of an item; or an item, of a word
    float weight = 0;
  };
  std::vector<std::vector<Weight>> words_;  // of each item
  std::vector<std::vector<Weight>> items_;  // of each word
};

}  // namespace modiste
