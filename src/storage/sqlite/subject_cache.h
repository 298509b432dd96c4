// The latest subjects in memory, bounded: two generations, of which the older is dropped as a whole.
//
// Threads: any. Memory: at most 2 * generation_max entries of some 150 bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace modiste {

class SubjectCache {
 public:
  explicit SubjectCache(size_t generation_max = 100'000) : generation_max_(generation_max) {}

  [[nodiscard]] std::optional<std::string> find(std::string_view shopper_id);

  // Grows with every erasure. What was read from the store before an erasure must not come in after it:
  // ask for the epoch before reading, and insert() refuses when it has passed.
  [[nodiscard]] uint64_t epoch() const;
  void insert(std::string_view shopper_id, std::string_view subject, uint64_t read_in_epoch);
  void erase(std::string_view shopper_id);

 private:
  const size_t generation_max_;
  mutable std::mutex mutex_;
  uint64_t epoch_ = 0;
  std::unordered_map<std::string, std::string> young_, old_;
};

}  // namespace modiste
