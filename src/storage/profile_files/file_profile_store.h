// Profiles on the disk, the latest used ones in memory too (docs/formats/profiles.md, docs/adr/0031).
//
// A profile that leaves the memory is packed and appended to a segment (record_segments.h); its place is kept
// in memory, so that reading it back takes one read. What is appended is not durable by itself: a snapshot
// holds the places, and the log what came after it. Earlier versions of a profile lie where they were written
// until their segment is removed: when none of it is needed, or what is needed has been written again since
// it was less than half. An erasure wipes them all.
//
// Threads: any; persons are spread over shards with a mutex each, held while a profile is read or written.
// Memory: Options::profiles_in_memory profiles of some 12 KB, 50 bytes for every shopper, and 40 for every
// earlier version.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <list>
#include <map>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "storage/profile_files/record_segments.h"
#include "style/profile_store.h"

namespace modiste {

struct FileProfileStoreOptions {
  size_t profiles_in_memory = 10'000;
  double rewrite_below = 0.5;  // share of a closed segment that is needed
  size_t rewrites_max = 8;     // segments after one cut
  RecordSegmentsOptions segments;
};

class FileProfileStore final : public ProfileStore {
 public:
  explicit FileProfileStore(std::unique_ptr<Directory> directory,
                            const FileProfileStoreOptions& options = {});

  // kCorrupt: what is kept of the person is damaged; put() or erase() mends it.
  [[nodiscard]] Result<State> get(std::string_view person) const override;
  Result<State> update(std::string_view person, const Change& change) override;
  Result<Done> put(std::string_view person, ShopperFold fold) override;
  Result<bool> remove(std::string_view person) override;
  Result<Done> erase(std::string_view person) override;
  // Passes over what is damaged.
  Result<Done> for_each(const Visitor& visit) const override;

  // Writes the profiles that changed and were not written yet. A cut holds places, not profiles. Its kept()
  // makes room on the disk.
  Result<std::unique_ptr<ProfileCut>> cut() override;
  Result<Done> restore(const SnapshotBlock& block) override;
  // What the folder has from before, where nothing was restored.
  Result<Done> remove_earlier() { return segments_.remove_earlier(); }

 private:
  friend class FileProfileCut;
  using PersonKey = std::array<uint64_t, 2>;  // 128 bits of a hash: no two persons have the same
  struct KeyHash {
    size_t operator()(const PersonKey& key) const { return key[1]; }
  };
  struct Cached {
    std::string person;
    ShopperFold fold;
    bool changed = false;  // since it was written
  };
  using Latest = std::list<Cached>;
  struct Shard {
    mutable Mutex mutex;
    Latest latest GUARDED_BY(mutex);  // used, the latest first
    std::unordered_map<std::string_view, Latest::iterator> cached GUARDED_BY(mutex);  // in `latest`
    boost::unordered_flat_map<PersonKey, RecordPlace, KeyHash> places GUARDED_BY(mutex);
  };
  // A record in whose place a later one came, which a snapshot may still need.
  struct Earlier {
    uint64_t number = 0;  // counted up
    PersonKey person{};
    RecordPlace place;
  };

  [[nodiscard]] static PersonKey key_of(std::string_view person);
  [[nodiscard]] Shard& shard_of(const PersonKey& key) const { return shards_[key[0] % kShards]; }
  // The profile, in memory now; null when nothing is known.
  Result<Cached*> find(Shard& shard, std::string_view person) const REQUIRES(shard.mutex);
  static Cached& remember(Shard& shard, std::string_view person, ShopperFold fold) REQUIRES(shard.mutex);
  void make_room(Shard& shard) const REQUIRES(shard.mutex);
  Result<Done> write(Shard& shard, Cached& cached) const REQUIRES(shard.mutex);
  [[nodiscard]] Result<ShopperFold> read(const RecordPlace& place, std::string_view person) const;
  void supersede(const PersonKey& person, RecordPlace place) const;
  // After a snapshot that needs no earlier versions up to this number.
  Result<Done> make_room_on_disk(uint64_t earlier_up_to);
  [[nodiscard]] std::map<uint32_t, uint64_t> needed_bytes(uint64_t earlier_up_to) const;
  Result<Done> rewrite(uint32_t segment);

  static constexpr size_t kShards = 64;
  const FileProfileStoreOptions options_;
  mutable RecordSegments segments_;
  mutable std::array<Shard, kShards> shards_;
  mutable Mutex earlier_mutex_;  // taken last
  mutable std::vector<Earlier> earlier_ GUARDED_BY(earlier_mutex_);
  mutable uint64_t earlier_count_ GUARDED_BY(earlier_mutex_) = 0;
};

}  // namespace modiste
