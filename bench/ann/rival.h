// A rival: an index that is built once and queried often.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "catalog/slot_bits.h"
#include "dataset.h"

namespace modiste::bench {

inline constexpr size_t kNeighbours = 10;  // recall@10

struct BuildOptions {
  size_t connectivity = 16;
  size_t expansion_add = 200;
  unsigned threads = 2;
};

class Rival {
 public:
  virtual ~Rival() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual std::string note() const = 0;  // how it stores and compares
  virtual void build(const Matrix& base, const BuildOptions& options) = 0;
  // Writes the nearest, best first, into `out` (kNeighbours); from any thread.
  virtual void search(std::span<const float> query, size_t expansion, std::span<uint32_t> out) const = 0;
};

// The same, for the items of a set.
class FilteredRival : public Rival {
 public:
  virtual void search_admitted(std::span<const float> query, size_t expansion, const SlotBits& admitted,
                               std::span<uint32_t> out) const = 0;
};

std::unique_ptr<FilteredRival> make_modiste();
std::unique_ptr<FilteredRival> make_hnswlib();
std::unique_ptr<FilteredRival> make_usearch();
std::unique_ptr<Rival> make_brute_force();

// The true nearest neighbours, kNeighbours per query, by blocks of matrix products; among the
// allowed items if given.
std::vector<uint32_t> true_neighbours(const Dataset& data, const SlotBits* admitted = nullptr);

}  // namespace modiste::bench
