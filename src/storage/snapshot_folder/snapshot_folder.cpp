#include "storage/snapshot_folder/snapshot_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "storage/event_log/crc32c.h"

namespace modiste {
namespace {

constexpr std::string_view kSnapshotMagic = "MODSNAP1";  // of this layout of the file
constexpr std::string_view kSnapshotBeginning = "state-", kSnapshotEnding = ".snapshot",
                           kSnapshotUnfinished = "unfinished";
constexpr size_t kBlockNameMax = 64;

// Before each block; after the last one a head without a name, whose `bytes` is the number of blocks.
struct BlockHead {
  uint64_t bytes = 0;
  uint32_t checksum = 0;  // of the block's bytes
  uint32_t name_bytes = 0;
  std::array<char, kBlockNameMax> name{};
  uint32_t own_checksum = 0;  // of what stands before it
  uint32_t zero = 0;
};
static_assert(sizeof(BlockHead) == 88 && std::is_trivially_copyable_v<BlockHead>);

std::span<const std::byte> checked_bytes(const BlockHead& head) {
  return std::as_bytes(std::span(&head, 1)).first(offsetof(BlockHead, own_checksum));
}

std::string snapshot_name(LogPosition includes) {
  return fmt::format("{}{}{}", kSnapshotBeginning, includes.to_text(), kSnapshotEnding);
}

std::optional<LogPosition> snapshot_position(std::string_view name) {
  if (!name.starts_with(kSnapshotBeginning) || !name.ends_with(kSnapshotEnding)) return std::nullopt;
  name.remove_prefix(kSnapshotBeginning.size());
  name.remove_suffix(std::min(name.size(), kSnapshotEnding.size()));
  const auto position = LogPosition::from_text(name);
  return position.ok() ? std::optional(*position) : std::nullopt;
}

// Appends to a file of blocks.
class SnapshotFileWriter {
 public:
  explicit SnapshotFileWriter(File& file) : file_(file) {}

  Result<Done> begin() { return append(std::as_bytes(std::span(kSnapshotMagic))); }
  Result<Done> put(const SnapshotBlock& block) {
    CHECK(!block.name.empty() && block.name.size() <= kBlockNameMax);
    ++blocks_;
    BlockHead head;
    head.bytes = block.bytes.size();
    head.checksum = crc32c(std::as_bytes(std::span(block.bytes)));
    head.name_bytes = static_cast<uint32_t>(block.name.size());
    std::copy(block.name.begin(), block.name.end(), head.name.begin());
    TRY(append_head(head));
    return append(std::as_bytes(std::span(block.bytes)));
  }
  Result<Done> end() {
    BlockHead last;
    last.bytes = blocks_;
    return append_head(last);
  }
  [[nodiscard]] uint64_t bytes() const { return at_; }

 private:
  Result<Done> append_head(BlockHead head) {
    head.own_checksum = crc32c(checked_bytes(head));
    return append(std::as_bytes(std::span(&head, 1)));
  }
  Result<Done> append(std::span<const std::byte> bytes) {
    TRY(write_all(file_, at_, bytes));
    at_ += bytes.size();
    return kOk;
  }

  File& file_;
  uint64_t at_ = 0, blocks_ = 0;
};

class SnapshotFileReader final : public SnapshotBlocks {
 public:
  static Result<std::unique_ptr<SnapshotFileReader>> open(std::unique_ptr<File> file, std::string name) {
    std::unique_ptr<SnapshotFileReader> reader(new SnapshotFileReader(std::move(file), std::move(name)));
    TRY_ASSIGN(reader->size_, reader->file_->size());
    TRY(reader->rewind());
    return reader;
  }

  Result<std::optional<SnapshotBlock>> next() override {
    BlockHead head;
    TRY(take(std::as_writable_bytes(std::span(&head, 1))));
    if (head.own_checksum != crc32c(checked_bytes(head)) || head.name_bytes > kBlockNameMax) return damaged();
    if (head.name_bytes == 0) {
      if (head.bytes != blocks_ || at_ != size_) return damaged();
      return std::optional<SnapshotBlock>();
    }
    if (head.bytes > size_ - at_) return damaged();
    ++blocks_;
    SnapshotBlock block{{head.name.data(), head.name_bytes}, std::string(head.bytes, '\0')};
    TRY(take(std::as_writable_bytes(std::span(block.bytes))));
    if (crc32c(std::as_bytes(std::span(block.bytes))) != head.checksum) return damaged();
    return std::optional(std::move(block));
  }

  // To the first block.
  Result<Done> rewind() {
    at_ = blocks_ = 0;
    std::array<char, kSnapshotMagic.size()> magic{};
    TRY(take(std::as_writable_bytes(std::span(magic))));
    if (std::string_view(magic.data(), magic.size()) != kSnapshotMagic)
      return Error{Code::kConflict, "a snapshot in another layout", name_, std::string(kSnapshotMagic)};
    return kOk;
  }
  [[nodiscard]] uint64_t size() const { return size_; }

 private:
  SnapshotFileReader(std::unique_ptr<File> file, std::string name)
      : file_(std::move(file)), name_(std::move(name)) {}

  [[nodiscard]] Error damaged() const {
    return {Code::kCorrupt, "a snapshot is damaged", name_, "the file as it was written"};
  }
  Result<Done> take(std::span<std::byte> into) {
    TRY_ASSIGN(const size_t taken, read_full(*file_, at_, into));
    if (taken < into.size()) return damaged();
    at_ += taken;
    return kOk;
  }

  std::unique_ptr<File> file_;
  std::string name_;
  uint64_t size_ = 0, at_ = 0, blocks_ = 0;
};

Result<Done> check_every_block(SnapshotFileReader& reader) {
  while (true) {
    TRY_ASSIGN(const auto block, reader.next());
    if (!block) return reader.rewind();
  }
}

}  // namespace

SnapshotFolder::SnapshotFolder(std::unique_ptr<Directory> directory) : directory_(std::move(directory)) {
  static_cast<void>(directory_->remove(kSnapshotUnfinished));  // mostly there is none
}

Result<std::optional<SnapshotFolder::Stored>> SnapshotFolder::newest(
    const std::function<void(const Error&)>& left_aside) const {
  TRY_ASSIGN(const auto names, directory_->list());
  for (auto name = names.rbegin(); name != names.rend(); ++name) {  // positions sort as their names do
    const auto includes = snapshot_position(*name);
    if (!includes) continue;
    TRY_ASSIGN(auto file, directory_->open(*name));
    auto reader = SnapshotFileReader::open(std::move(file), directory_->path() + "/" + *name);
    auto whole = reader.ok() ? check_every_block(**reader) : Result<Done>(reader.error());
    if (whole.ok()) {
      const uint64_t bytes = (*reader)->size();
      return std::optional(Stored{*includes, bytes, std::move(*reader)});
    }
    left_aside(whole.error());
  }
  return std::optional<Stored>();
}

SnapshotFolder::Permit SnapshotFolder::begin() const {
  const MutexLock lock(mutex_);
  Permit permit;
  permit.erasures = erasures_;
  return permit;
}

Result<uint64_t> SnapshotFolder::write(Permit permit, LogPosition includes,
                                       const std::function<Result<Done>(const Put&)>& fill) {
  auto bytes = write_unfinished(fill);
  if (bytes.ok())
    if (auto committed = commit(permit, snapshot_name(includes)); !committed.ok()) bytes = committed.error();
  if (!bytes.ok()) static_cast<void>(directory_->remove(kSnapshotUnfinished));  // may be gone
  return bytes;
}

Result<uint64_t> SnapshotFolder::write_unfinished(const std::function<Result<Done>(const Put&)>& fill) {
  TRY_ASSIGN(const auto file, directory_->create_empty(kSnapshotUnfinished));
  SnapshotFileWriter writer(*file);
  TRY(writer.begin());
  TRY(fill([&](const SnapshotBlock& block) { return writer.put(block); }));
  TRY(writer.end());
  TRY(file->sync());
  return writer.bytes();
}

Result<Done> SnapshotFolder::commit(Permit permit, const std::string& name) {
  const MutexLock lock(mutex_);
  if (permit.erasures != erasures_)
    return Error{Code::kConflict, "a shopper was erased while a snapshot was written", "",
                 "another snapshot"};
  TRY(directory_->rename(kSnapshotUnfinished, name));
  TRY(directory_->sync_names());
  return remove_all_but(name);
}

Result<Done> SnapshotFolder::erase_all() {
  const MutexLock lock(mutex_);
  ++erasures_;
  return remove_all_but("");
}

Result<Done> SnapshotFolder::remove_all_but(std::string_view kept) {
  TRY_ASSIGN(const auto names, directory_->list());
  bool removed = false;
  for (const std::string& name : names) {
    if (name == kept || (name != kSnapshotUnfinished && !snapshot_position(name))) continue;
    TRY(directory_->remove(name));
    removed = true;
  }
  return removed ? directory_->sync_names() : Result<Done>(kOk);
}

}  // namespace modiste
