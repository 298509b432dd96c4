#include "io/simulated_files.h"

#include <algorithm>

namespace modiste {

namespace {

constexpr uint64_t kSectorBytes = 512;

struct Inode {
  std::vector<std::byte> cached;   // as programs read it
  std::vector<std::byte> durable;  // as it is after a power cut, if no dirty sector survives
  std::set<uint64_t> dirty;        // sectors of cached that differ and will be synced
  bool size_dirty = false;

  void mark(uint64_t from, uint64_t to) {
    for (uint64_t sector = from / kSectorBytes; sector * kSectorBytes < to; ++sector) dirty.insert(sector);
  }
  void save_sector(uint64_t sector) {
    const uint64_t from = sector * kSectorBytes;
    const uint64_t to = std::min<uint64_t>({from + kSectorBytes, cached.size(), durable.size()});
    for (uint64_t i = from; i < to; ++i) durable[i] = cached[i];
  }
};
using Names = std::map<std::string, std::shared_ptr<Inode>, std::less<>>;

}  // namespace

struct SimulatedDisk::State {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<std::mutex>, std::less<>> locks;  // of Directory::lock, by name
  DiskFaults faults;
  Names cached, durable;

  uint64_t used() const {
    uint64_t bytes = 0;
    for (const auto& [name, inode] : cached) bytes += inode->cached.size();
    return bytes;
  }
};

namespace {

Error refused(std::string_view what, const std::string& name) {
  return {Code::kUnavailable, std::string(what), name, ""};
}

class SimulatedFile final : public File {
 public:
  SimulatedFile(std::shared_ptr<SimulatedDisk::State> disk, std::string name, std::shared_ptr<Inode> inode)
      : disk_(std::move(disk)), name_(std::move(name)), inode_(std::move(inode)) {}

  Result<size_t> write_some(uint64_t position, std::span<const std::byte> bytes) override {
    const std::lock_guard lock(disk_->mutex);
    uint64_t count = std::min<uint64_t>(bytes.size(), disk_->faults.write_bytes_max);
    const uint64_t size = inode_->cached.size(), used = disk_->used();
    const uint64_t free = disk_->faults.bytes_max > used ? disk_->faults.bytes_max - used : 0;
    if (position + count > size) count = std::min(count, size - std::min(size, position) + free);
    if (count == 0) return refused("cannot write: no space left on the simulated disk", name_);
    if (position + count > size) {
      inode_->cached.resize(position + count);
      inode_->size_dirty = true;
      inode_->mark(size, position + count);
    }
    std::copy_n(bytes.begin(), count, inode_->cached.begin() + static_cast<ptrdiff_t>(position));
    inode_->mark(position, position + count);
    return static_cast<size_t>(count);
  }

  Result<size_t> read_some(uint64_t position, std::span<std::byte> into) const override {
    const std::lock_guard lock(disk_->mutex);
    if (position >= inode_->cached.size()) return size_t{0};
    const auto count = std::min<uint64_t>(into.size(), inode_->cached.size() - position);
    std::copy_n(inode_->cached.begin() + static_cast<ptrdiff_t>(position), count, into.begin());
    return static_cast<size_t>(count);
  }

  Result<uint64_t> size() const override {
    const std::lock_guard lock(disk_->mutex);
    return inode_->cached.size();
  }

  Result<Done> truncate(uint64_t size) override {
    const std::lock_guard lock(disk_->mutex);
    if (disk_->faults.failing_truncates > 0) {
      --disk_->faults.failing_truncates;
      return refused("cannot shorten: the simulated disk fails", name_);
    }
    inode_->cached.resize(size);
    inode_->size_dirty = true;
    inode_->dirty.erase(inode_->dirty.lower_bound((size + kSectorBytes - 1) / kSectorBytes),
                        inode_->dirty.end());
    if (size % kSectorBytes != 0) inode_->dirty.insert(size / kSectorBytes);
    return kOk;
  }

  Result<Done> sync() override {
    const std::lock_guard lock(disk_->mutex);
    if (disk_->faults.failing_syncs > 0) {
      --disk_->faults.failing_syncs;
      if (disk_->faults.failed_sync_loses) inode_->dirty.clear();
      return refused("cannot sync: the simulated disk fails", name_);
    }
    inode_->durable.resize(inode_->cached.size());
    for (const uint64_t sector : inode_->dirty) inode_->save_sector(sector);
    inode_->dirty.clear();
    inode_->size_dirty = false;
    return kOk;
  }

 private:
  std::shared_ptr<SimulatedDisk::State> disk_;
  std::string name_;
  std::shared_ptr<Inode> inode_;
};

class SimulatedDirectory final : public Directory {
 public:
  explicit SimulatedDirectory(std::shared_ptr<SimulatedDisk::State> disk) : disk_(std::move(disk)) {}

  [[nodiscard]] std::string path() const override { return "simulated"; }

  Result<std::unique_ptr<File>> open(std::string_view name) const override {
    const std::lock_guard lock(disk_->mutex);
    const auto found = disk_->cached.find(name);
    if (found == disk_->cached.end()) return Error{Code::kNotFound, "no such file", std::string(name), ""};
    return std::unique_ptr<File>(std::make_unique<SimulatedFile>(disk_, found->first, found->second));
  }

  Result<std::unique_ptr<File>> create_empty(std::string_view name) override {
    {
      const std::lock_guard lock(disk_->mutex);
      auto& inode = disk_->cached[std::string(name)];
      if (!inode) inode = std::make_shared<Inode>();
    }
    TRY_ASSIGN(auto file, open(name));
    TRY(file->truncate(0));
    return file;
  }

  Result<Done> remove(std::string_view name) override {
    const std::lock_guard lock(disk_->mutex);
    const auto found = disk_->cached.find(name);
    if (found == disk_->cached.end()) return Error{Code::kNotFound, "no such file", std::string(name), ""};
    disk_->cached.erase(found);
    return kOk;
  }

  Result<Done> rename(std::string_view from, std::string_view to) override {
    const std::lock_guard lock(disk_->mutex);
    const auto found = disk_->cached.find(from);
    if (found == disk_->cached.end()) return Error{Code::kNotFound, "no such file", std::string(from), ""};
    auto inode = std::move(found->second);
    disk_->cached.erase(found);
    disk_->cached[std::string(to)] = std::move(inode);
    return kOk;
  }

  Result<std::vector<std::string>> list() const override {
    const std::lock_guard lock(disk_->mutex);
    std::vector<std::string> names;
    for (const auto& [name, inode] : disk_->cached) names.push_back(name);
    return names;
  }

  Result<Done> sync_names() override {
    const std::lock_guard lock(disk_->mutex);
    disk_->durable = disk_->cached;
    return kOk;
  }

  Result<std::shared_ptr<void>> lock(std::string_view name) override {
    std::shared_ptr<std::mutex> mutex;
    {
      const std::lock_guard lock(disk_->mutex);
      auto& of_name = disk_->locks[std::string(name)];
      if (!of_name) of_name = std::make_shared<std::mutex>();
      mutex = of_name;
    }
    struct Held {
      std::shared_ptr<std::mutex> mutex;  // declared first: outlives the lock
      std::unique_lock<std::mutex> lock;
    };
    auto held = std::make_shared<Held>();
    held->mutex = std::move(mutex);
    held->lock = std::unique_lock(*held->mutex);
    return std::shared_ptr<void>(std::move(held));
  }

 private:
  std::shared_ptr<SimulatedDisk::State> disk_;
};

void lose_power(Inode& inode, Rng& rng) {
  if (inode.size_dirty && rng.chance(0.5)) {
    inode.durable.resize(inode.cached.size());
  } else if (inode.size_dirty && inode.cached.size() > inode.durable.size()) {
    inode.durable.resize(inode.durable.size() + rng.below(inode.cached.size() - inode.durable.size() + 1));
  }
  for (const uint64_t sector : inode.dirty)
    if (rng.chance(0.5)) inode.save_sector(sector);
  inode.cached = inode.durable;
  inode.dirty.clear();
  inode.size_dirty = false;
}

}  // namespace

SimulatedDisk::SimulatedDisk() : state_(std::make_shared<State>()) {}
SimulatedDisk::~SimulatedDisk() = default;

std::unique_ptr<Directory> SimulatedDisk::directory() { return std::make_unique<SimulatedDirectory>(state_); }

void SimulatedDisk::set_faults(const DiskFaults& faults) {
  const std::lock_guard lock(state_->mutex);
  state_->faults = faults;
}

void SimulatedDisk::lose_power(Rng& rng) {
  const std::lock_guard lock(state_->mutex);
  for (const auto& [name, inode] : state_->cached)
    if (const auto old = state_->durable.find(name);
        (old == state_->durable.end() || old->second != inode) && rng.chance(0.5))
      state_->durable[name] = inode;  // made, or renamed over another
  std::erase_if(state_->durable,
                [&](const auto& entry) { return !state_->cached.contains(entry.first) && rng.chance(0.5); });
  for (auto& [name, inode] : state_->durable) modiste::lose_power(*inode, rng);
  state_->cached = state_->durable;
}

std::vector<std::byte> SimulatedDisk::read(std::string_view name) const {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->cached.find(name);
  CHECK(found != state_->cached.end());
  return found->second->cached;
}

void SimulatedDisk::write(std::string_view name, std::span<const std::byte> bytes) {
  const std::lock_guard lock(state_->mutex);
  auto inode = std::make_shared<Inode>();
  inode->cached.assign(bytes.begin(), bytes.end());
  inode->durable = inode->cached;
  state_->cached[std::string(name)] = inode;
  state_->durable[std::string(name)] = inode;
}

}  // namespace modiste
