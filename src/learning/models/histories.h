// What learning knows of shoppers where only the order counts: lists of item numbers. Numbers are dense and
// mean nothing; who reads a file maps its ids to numbers (learning/datasets/sequence_task.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace modiste {

using ItemNumber = uint32_t;
using History = std::vector<ItemNumber>;  // earliest first; an item may repeat

struct Histories {
  size_t items = 0;           // numbers are below it
  std::vector<History> rows;  // earliest first where the file is in the order of time (sessions)
};

// How many times each item stands in the rows.
[[nodiscard]] std::vector<uint32_t> item_counts(const Histories& histories);
// In how many rows each item stands.
[[nodiscard]] std::vector<uint32_t> row_counts(const Histories& histories);
// The row's items, each once, where it stands last; earliest first.
[[nodiscard]] History distinct_latest(std::span<const ItemNumber> row);

}  // namespace modiste
