#include "style/memory_profile_store.h"

#include <algorithm>

#include "base/binary_fields.h"
#include "base/mutex.h"
#include "base/rng.h"
#include "style/state_format.h"

namespace modiste {
namespace {

constexpr std::string_view kProfilesBlock = "profiles";
constexpr size_t kProfilesBytes = size_t{4} << 20;  // of one block

// Copies of the folds, whose states are immutable and shared.
class MemoryProfileCut final : public ProfileCut {
 public:
  void add(const std::string& person, const ShopperFold& fold) { profiles_.emplace_back(person, fold); }
  Result<Done> write(const Put& put) override;
  Result<Done> kept() override { return kOk; }

 private:
  std::vector<std::pair<std::string, ShopperFold>> profiles_;
};

Result<Done> MemoryProfileCut::write(const Put& put) {
  std::sort(profiles_.begin(), profiles_.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto next = profiles_.begin(); next != profiles_.end();) {
    std::string entries, fold;
    BinaryWriter writer(entries);
    uint32_t count = 0;
    for (; next != profiles_.end() && entries.size() < kProfilesBytes; ++next, ++count) {
      fold.clear();
      write_fold(fold, next->second);
      writer.text(next->first);
      writer.text(fold);
    }
    SnapshotBlock block{std::string(kProfilesBlock), {}};
    BinaryWriter(block.bytes).number(count);
    block.bytes += entries;
    TRY(put(block));
  }
  return kOk;
}

}  // namespace

MemoryProfileStore::Shard& MemoryProfileStore::shard(std::string_view person) const {
  return shards_[hash64(person) % kShards];
}

Result<ProfileStore::State> MemoryProfileStore::get(std::string_view person) const {
  const Shard& home = shard(person);
  const MutexLock lock(home.mutex);
  const auto found = home.profiles.find(std::string(person));
  return found == home.profiles.end() ? State() : found->second.current;
}

Result<ProfileStore::State> MemoryProfileStore::update(std::string_view person, const Change& change) {
  Shard& home = shard(person);
  const MutexLock lock(home.mutex);
  ShopperFold& profile = home.profiles[std::string(person)];
  change(profile);
  return profile.current;
}

Result<Done> MemoryProfileStore::put(std::string_view person, ShopperFold fold) {
  Shard& home = shard(person);
  const MutexLock lock(home.mutex);
  home.profiles.insert_or_assign(std::string(person), std::move(fold));
  return kOk;
}

Result<bool> MemoryProfileStore::remove(std::string_view person) {
  Shard& home = shard(person);
  const MutexLock lock(home.mutex);
  return home.profiles.erase(std::string(person)) != 0;
}

Result<Done> MemoryProfileStore::erase(std::string_view person) {
  TRY(remove(person));
  return kOk;
}

Result<Done> MemoryProfileStore::for_each(const Visitor& visit) const {
  for (const auto& home : shards_) {
    const MutexLock lock(home.mutex);
    for (const auto& [person, profile] : home.profiles) TRY(visit(person, profile));
  }
  return kOk;
}

Result<std::unique_ptr<ProfileCut>> MemoryProfileStore::cut() {
  auto cut = std::make_unique<MemoryProfileCut>();
  TRY(for_each([&](const std::string& person, const ShopperFold& fold) -> Result<Done> {
    cut->add(person, fold);
    return kOk;
  }));
  return std::unique_ptr<ProfileCut>(std::move(cut));
}

Result<Done> MemoryProfileStore::restore(const SnapshotBlock& block) {
  if (block.name != kProfilesBlock)
    return Error{Code::kCorrupt, "a block of another store of profiles", block.name,
                 std::string(kProfilesBlock)};
  std::vector<std::pair<std::string, std::string>> saved;
  TRY(load_fields(block.bytes, "profiles", [&](auto& reader) {
    reader.list(saved, [](auto& io, auto& profile) {
      io.text(profile.first);
      io.text(profile.second);
    });
  }));
  for (const auto& [person, bytes] : saved) {
    TRY_ASSIGN(auto fold, read_fold(bytes));
    TRY(put(person, std::move(fold)));
  }
  return kOk;
}

size_t MemoryProfileStore::size() const {
  size_t total = 0;
  for (const auto& home : shards_) {
    const MutexLock lock(home.mutex);
    total += home.profiles.size();
  }
  return total;
}

}  // namespace modiste
