#include "storage/profile_files/file_profile_store.h"

#include <algorithm>
#include <set>

#include "base/binary_fields.h"
#include "base/rng.h"
#include "storage/event_log/block_packing.h"
#include "style/state_format.h"

namespace modiste {
namespace {

constexpr std::string_view kPlacesBlock = "profile-places";
constexpr uint64_t kSecondHalf = 0x9e3779b97f4a7c15;  // seed of a key's other 64 bits
constexpr size_t kFoldBytesMax = size_t{64} << 20;    // of one that a record claims

// A record's body: the person, the fold's own length, and the fold, packed unless the lengths are equal.
std::string record_body(std::string_view person, const ShopperFold& fold) {
  thread_local BlockPacker packer;
  std::string bytes;
  write_fold(bytes, fold);
  std::vector<std::byte> packed;
  const bool is_packed = packer.pack(std::as_bytes(std::span(bytes)), packed);
  std::string body;
  BinaryWriter writer(body);
  writer.text(person);
  writer.size(bytes.size());
  body += is_packed ? std::string_view(reinterpret_cast<const char*>(packed.data()), packed.size())
                    : std::string_view(bytes);
  return body;
}

struct ReadRecord {
  std::string person;
  ShopperFold fold;
};

Result<ReadRecord> read_record(std::string_view body) {
  const Error damaged{Code::kCorrupt, "a stored profile cannot be read", "", "the profile as it was written"};
  ReadRecord record;
  BinaryReader reader(body);
  uint32_t bytes = 0;
  reader.text(record.person);
  reader.number(bytes);
  if (!reader.ok() || bytes > kFoldBytesMax) return damaged;
  const std::string_view rest = body.substr(body.size() - reader.left());
  if (rest.size() == bytes) {
    TRY_ASSIGN(record.fold, read_fold(rest));
    return record;
  }
  std::string unpacked(bytes, '\0');
  if (!unpack_block(std::as_bytes(std::span(rest)), std::as_writable_bytes(std::span(unpacked))))
    return damaged;
  TRY_ASSIGN(record.fold, read_fold(unpacked));
  return record;
}

constexpr auto kPlaceField = [](auto& io, auto& place) {
  io.number(place.segment);
  io.number(place.offset);
  io.number(place.bytes);
};
constexpr auto kPersonField = [](auto& io, auto& key) {
  io.number(key[0]);
  io.number(key[1]);
};

}  // namespace

class FileProfileCut final : public ProfileCut {
 public:
  using PersonKey = FileProfileStore::PersonKey;

  explicit FileProfileCut(FileProfileStore& store) : store_(store) {}

  Result<Done> write(const Put& put) override {
    TRY(store_.segments_.sync());
    SnapshotBlock block{std::string(kPlacesBlock), {}};
    BinaryWriter writer(block.bytes);
    fields(writer, *this);
    return put(block);
  }

  Result<Done> kept() override { return store_.make_room_on_disk(earlier_up_to); }

  template <class Io, class Cut>
  static void fields(Io& io, Cut& cut) {
    io.number(cut.state_version);
    io.list(cut.segments, [](auto& one, auto& segment) {
      one.number(segment.number);
      one.number(segment.bytes);
    });
    const auto person_and_place = [](auto& one, auto& entry) {
      kPersonField(one, entry.first);
      kPlaceField(one, entry.second);
    };
    io.list(cut.places, person_and_place);
    io.list(cut.earlier, person_and_place);
  }

  uint32_t state_version = kShopperStateVersion;
  std::vector<SegmentLength> segments;
  std::vector<std::pair<PersonKey, RecordPlace>> places, earlier;
  uint64_t earlier_up_to = 0;

 private:
  FileProfileStore& store_;
};

FileProfileStore::FileProfileStore(std::unique_ptr<Directory> directory,
                                   const FileProfileStoreOptions& options)
    : options_(options), segments_(std::move(directory), options.segments) {}

FileProfileStore::PersonKey FileProfileStore::key_of(std::string_view person) {
  return {hash64(person), hash64(person, kSecondHalf)};
}

Result<ShopperFold> FileProfileStore::read(const RecordPlace& place, std::string_view person) const {
  TRY_ASSIGN(const auto body, segments_.read(place));
  TRY_ASSIGN(auto record, read_record(body));
  if (record.person != person)
    return Error{Code::kCorrupt, "a place of a profile leads to another person's", "", "their own record"};
  return std::move(record.fold);
}

Result<FileProfileStore::Cached*> FileProfileStore::find(Shard& shard, std::string_view person) const {
  if (const auto found = shard.cached.find(person); found != shard.cached.end()) {
    shard.latest.splice(shard.latest.begin(), shard.latest, found->second);
    return &*found->second;
  }
  const auto place = shard.places.find(key_of(person));
  if (place == shard.places.end()) return nullptr;
  TRY_ASSIGN(auto fold, read(place->second, person));
  return &remember(shard, person, std::move(fold));
}

FileProfileStore::Cached& FileProfileStore::remember(Shard& shard, std::string_view person,
                                                     ShopperFold fold) {
  shard.latest.push_front({std::string(person), std::move(fold), false});
  shard.cached[shard.latest.front().person] = shard.latest.begin();
  return shard.latest.front();
}

// A profile that cannot be written stays: cut() says why.
void FileProfileStore::make_room(Shard& shard) const {
  while (shard.latest.size() > std::max<size_t>(1, options_.profiles_in_memory / kShards)) {
    Cached& oldest = shard.latest.back();
    if (oldest.changed && !write(shard, oldest).ok()) return;
    shard.cached.erase(oldest.person);
    shard.latest.pop_back();
  }
}

Result<Done> FileProfileStore::write(Shard& shard, Cached& cached) const {
  TRY_ASSIGN(const RecordPlace place, segments_.append(record_body(cached.person, cached.fold)));
  const PersonKey key = key_of(cached.person);
  const auto [entry, is_new] = shard.places.emplace(key, place);
  if (!is_new) supersede(key, std::exchange(entry->second, place));
  cached.changed = false;
  return kOk;
}

void FileProfileStore::supersede(const PersonKey& person, RecordPlace place) const {
  const MutexLock lock(earlier_mutex_);
  earlier_.push_back({++earlier_count_, person, place});
}

Result<ProfileStore::State> FileProfileStore::get(std::string_view person) const {
  Shard& shard = shard_of(key_of(person));
  const MutexLock lock(shard.mutex);
  TRY_ASSIGN(const Cached* known, find(shard, person));
  if (known == nullptr) return State();
  State state = known->fold.current;
  make_room(shard);
  return state;
}

Result<ProfileStore::State> FileProfileStore::update(std::string_view person, const Change& change) {
  Shard& shard = shard_of(key_of(person));
  const MutexLock lock(shard.mutex);
  TRY_ASSIGN(Cached * known, find(shard, person));
  if (known == nullptr) known = &remember(shard, person, ShopperFold());
  known->changed = true;
  change(known->fold);
  State state = known->fold.current;
  make_room(shard);
  return state;
}

Result<Done> FileProfileStore::put(std::string_view person, ShopperFold fold) {
  Shard& shard = shard_of(key_of(person));
  const MutexLock lock(shard.mutex);
  const auto found = shard.cached.find(person);
  Cached& cached = found == shard.cached.end() ? remember(shard, person, ShopperFold()) : *found->second;
  cached.fold = std::move(fold);
  cached.changed = true;
  make_room(shard);
  return kOk;
}

Result<bool> FileProfileStore::remove(std::string_view person) {
  const PersonKey key = key_of(person);
  Shard& shard = shard_of(key);
  bool was_known = false;
  const MutexLock lock(shard.mutex);
  if (const auto found = shard.cached.find(person); found != shard.cached.end()) {
    was_known = true;
    const auto entry = found->second;
    shard.cached.erase(found);
    shard.latest.erase(entry);
  }
  if (const auto place = shard.places.find(key); place != shard.places.end()) {
    was_known = true;
    supersede(key, place->second);
    shard.places.erase(place);
  }
  return was_known;
}

Result<Done> FileProfileStore::erase(std::string_view person) {
  TRY(remove(person));
  const PersonKey key = key_of(person);
  std::vector<RecordPlace> records;
  {
    const MutexLock lock(earlier_mutex_);
    for (const Earlier& one : earlier_)
      if (one.person == key) records.push_back(one.place);
  }
  if (records.empty()) return kOk;
  TRY(segments_.wipe(records));
  // Forgotten only now: an erasure that the disk refuses finds them again.
  const MutexLock lock(earlier_mutex_);
  std::erase_if(earlier_, [&](const Earlier& one) { return one.person == key; });
  return kOk;
}

Result<Done> FileProfileStore::for_each(const Visitor& visit) const {
  for (Shard& shard : shards_) {
    std::vector<std::pair<std::string, ShopperFold>> cached;
    std::vector<PersonKey> stored;
    {
      const MutexLock lock(shard.mutex);
      for (const Cached& one : shard.latest) cached.emplace_back(one.person, one.fold);
      std::vector<PersonKey> seen;
      for (const auto& [person, fold] : cached) seen.push_back(key_of(person));
      std::sort(seen.begin(), seen.end());
      for (const auto& [key, place] : shard.places)
        if (!std::binary_search(seen.begin(), seen.end(), key)) stored.push_back(key);
    }
    for (const auto& [person, fold] : cached) TRY(visit(person, fold));
    for (const PersonKey& key : stored) {
      std::string body;
      {  // one at a time: requests go on
        const MutexLock lock(shard.mutex);
        const auto place = shard.places.find(key);
        if (place == shard.places.end()) continue;
        auto read = segments_.read(place->second);
        if (!read.ok() && read.error().code == Code::kCorrupt) continue;
        if (!read.ok()) return read.error();
        body = std::move(*read);
      }
      const auto record = read_record(body);
      if (record.ok()) TRY(visit(record->person, record->fold));
    }
  }
  return kOk;
}

Result<std::unique_ptr<ProfileCut>> FileProfileStore::cut() {
  auto cut = std::make_unique<FileProfileCut>(*this);
  for (Shard& shard : shards_) {
    const MutexLock lock(shard.mutex);
    for (Cached& cached : shard.latest)
      if (cached.changed) TRY(write(shard, cached));
    cut->places.insert(cut->places.end(), shard.places.begin(), shard.places.end());
  }
  cut->segments = segments_.segments();
  const MutexLock lock(earlier_mutex_);
  for (const Earlier& one : earlier_) cut->earlier.emplace_back(one.person, one.place);
  cut->earlier_up_to = earlier_count_;
  return std::unique_ptr<ProfileCut>(std::move(cut));
}

Result<Done> FileProfileStore::restore(const SnapshotBlock& block) {
  if (block.name != kPlacesBlock)
    return Error{Code::kCorrupt, "a block of another store of profiles", block.name,
                 std::string(kPlacesBlock)};
  FileProfileCut cut(*this);
  TRY(load_fields(block.bytes, "places of profiles",
                  [&](auto& reader) { FileProfileCut::fields(reader, cut); }));
  if (cut.state_version != kShopperStateVersion)
    return Error{Code::kCorrupt, "profiles are of another version", "", ""};
  TRY(segments_.restore(cut.segments));
  std::set<uint32_t> there;
  for (const SegmentLength& segment : segments_.segments()) there.insert(segment.number);
  for (const auto& [key, place] : cut.places) {
    if (!there.contains(place.segment))
      return Error{Code::kCorrupt, "a file of profiles is missing", "", "the folder as it was"};
    Shard& shard = shard_of(key);
    const MutexLock lock(shard.mutex);
    shard.places.emplace(key, place);
  }
  for (const auto& [key, place] : cut.earlier)
    if (there.contains(place.segment)) supersede(key, place);
  return kOk;
}

std::map<uint32_t, uint64_t> FileProfileStore::needed_bytes(uint64_t earlier_up_to) const {
  std::map<uint32_t, uint64_t> needed;
  for (Shard& shard : shards_) {
    const MutexLock lock(shard.mutex);
    for (const auto& [key, place] : shard.places) needed[place.segment] += place.bytes;
  }
  const MutexLock lock(earlier_mutex_);
  for (const Earlier& one : earlier_)
    if (one.number > earlier_up_to) needed[one.place.segment] += one.place.bytes;
  return needed;
}

Result<Done> FileProfileStore::make_room_on_disk(uint64_t earlier_up_to) {
  auto closed = segments_.segments();
  if (!closed.empty()) closed.pop_back();  // the last one grows
  auto needed = needed_bytes(earlier_up_to);
  std::set<uint32_t> removed;
  std::vector<std::pair<double, uint32_t>> worst;  // by share
  for (const SegmentLength& segment : closed) {
    const double share = static_cast<double>(needed[segment.number]) / static_cast<double>(segment.bytes);
    if (needed[segment.number] == 0) {
      TRY(segments_.remove(segment.number));
      removed.insert(segment.number);
    } else if (share < options_.rewrite_below) {
      worst.emplace_back(share, segment.number);
    }
  }
  {
    const MutexLock lock(earlier_mutex_);
    std::erase_if(earlier_, [&](const Earlier& one) { return removed.contains(one.place.segment); });
  }
  std::sort(worst.begin(), worst.end());
  worst.resize(std::min(worst.size(), options_.rewrites_max));
  for (const auto& [share, segment] : worst) TRY(rewrite(segment));
  return kOk;
}

// The profiles that have their record in the segment get another one.
Result<Done> FileProfileStore::rewrite(uint32_t segment) {
  for (const RecordPlace& old : segments_.records_of(segment)) {
    const auto body = segments_.read(old);
    if (!body.ok()) continue;  // wiped meanwhile
    std::string person;
    BinaryReader(*body).text(person);
    const PersonKey key = key_of(person);
    Shard& shard = shard_of(key);
    const MutexLock lock(shard.mutex);
    const auto place = shard.places.find(key);
    if (place == shard.places.end() || place->second != old) continue;  // there is a later one
    TRY_ASSIGN(const RecordPlace moved, segments_.append(*body));
    supersede(key, std::exchange(place->second, moved));
  }
  return kOk;
}

}  // namespace modiste
