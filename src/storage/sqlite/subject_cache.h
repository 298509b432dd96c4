// The latest subjects in memory, bounded: two generations, of which the older is dropped as a whole.
//
// Threads: any. Memory: at most 2 * generation_max entries of some 150 bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "base/mutex.h"
#include "base/rng.h"
#include "identity/identifier.h"

namespace modiste {

class SubjectCache {
 public:
  explicit SubjectCache(size_t generation_max = 100'000) : generation_max_(generation_max) {}

  [[nodiscard]] std::optional<std::string> find(const Identifier& identifier);

  // Grows with every erasure. What was read from the store before an erasure must not come in after it:
  // ask for the epoch before reading, and insert() refuses when it has passed.
  [[nodiscard]] uint64_t epoch() const;
  void insert(const Identifier& identifier, std::string_view subject, uint64_t read_in_epoch);
  void erase(std::span<const Identifier> identifiers);

 private:
  struct Hash {
    size_t operator()(const Identifier& identifier) const {
      return hash64(identifier.id, static_cast<uint64_t>(identifier.kind));
    }
  };

  const size_t generation_max_;
  mutable Mutex mutex_;
  uint64_t epoch_ GUARDED_BY(mutex_) = 0;
  std::unordered_map<Identifier, std::string, Hash> young_ GUARDED_BY(mutex_), old_ GUARDED_BY(mutex_);
};

}  // namespace modiste
