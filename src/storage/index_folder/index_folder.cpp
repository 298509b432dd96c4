#include "storage/index_folder/index_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

#include "base/check.h"
#include "io/mapped_file.h"
#include "storage/event_log/crc32c.h"

namespace modiste {
namespace {

constexpr std::string_view kIndexMagic = "MODINDX1";  // of this layout of the file
constexpr std::string_view kIndexBeginning = "index-", kIndexEnding = ".saved",
                           kIndexUnfinished = "unfinished";
constexpr size_t kSectionNameMax = 40;
constexpr uint64_t kSectionStep = 4096;  // a page: what is used in place is aligned

struct SectionRow {
  uint64_t begin = 0, bytes = 0;
  uint32_t checksum = 0, name_bytes = 0;
  std::array<char, kSectionNameMax> name{};
};
static_assert(sizeof(SectionRow) == 64 && std::is_trivially_copyable_v<SectionRow>);

// At the end of the file, after the rows.
struct IndexFooter {
  uint64_t rows_begin = 0;
  uint32_t rows = 0, rows_checksum = 0;
  std::array<char, kIndexMagic.size()> magic{};
};
static_assert(sizeof(IndexFooter) == 24 && std::is_trivially_copyable_v<IndexFooter>);

bool is_index_name(std::string_view name) {
  return name.starts_with(kIndexBeginning) && name.ends_with(kIndexEnding);
}

class IndexFileWriter {
 public:
  explicit IndexFileWriter(File& file) : file_(file) { waiting_.reserve(kWaitingMax); }

  Result<Done> begin() { return append(std::as_bytes(std::span(kIndexMagic))); }
  Result<Done> put(std::string_view name, const FillSection& fill) {
    CHECK(!name.empty() && name.size() <= kSectionNameMax);
    SectionRow row;
    const std::vector<std::byte> zeros((kSectionStep - at_ % kSectionStep) % kSectionStep);
    TRY(append(zeros));
    row.begin = at_;
    row.name_bytes = static_cast<uint32_t>(name.size());
    std::copy(name.begin(), name.end(), row.name.begin());
    Result<Done> written = kOk;
    TRY(fill([&](std::span<const std::byte> bytes) {
      row.checksum = crc32c(bytes, row.checksum);
      written = append(bytes);
      return written.ok();
    }));
    TRY(std::move(written));
    row.bytes = at_ - row.begin;
    rows_.push_back(row);
    return kOk;
  }
  Result<Done> end() {
    const auto rows = std::as_bytes(std::span(rows_));
    IndexFooter footer{at_, static_cast<uint32_t>(rows_.size()), crc32c(rows), {}};
    std::copy(kIndexMagic.begin(), kIndexMagic.end(), footer.magic.begin());
    TRY(append(rows));
    TRY(append(std::as_bytes(std::span(&footer, 1))));
    return flush();
  }

 private:
  Result<Done> append(std::span<const std::byte> bytes) {
    if (waiting_.size() + bytes.size() > kWaitingMax) TRY(flush());
    if (bytes.size() > kWaitingMax)
      TRY(write_all(file_, at_, bytes));
    else
      waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
    at_ += bytes.size();
    return kOk;
  }
  Result<Done> flush() {
    TRY(write_all(file_, at_ - waiting_.size(), waiting_));
    waiting_.clear();
    return kOk;
  }

  static constexpr size_t kWaitingMax = size_t{1} << 20;  // bytes of one write
  File& file_;
  uint64_t at_ = 0;                 // with what waits
  std::vector<std::byte> waiting_;  // the last bytes, not written yet
  std::vector<SectionRow> rows_;
};

Error damaged(const std::string& file) {
  return {Code::kCorrupt, "the saved index is damaged", file, "the file as it was written"};
}

Result<std::vector<SectionRow>> read_rows(std::span<const std::byte> bytes, const std::string& file) {
  IndexFooter footer;
  if (bytes.size() < kIndexMagic.size() + sizeof footer) return damaged(file);
  if (std::memcmp(bytes.data(), kIndexMagic.data(), kIndexMagic.size()) != 0)
    return Error{Code::kConflict, "a saved index in another layout", file, std::string(kIndexMagic)};
  const size_t end = bytes.size() - sizeof footer;
  std::memcpy(&footer, bytes.data() + end, sizeof footer);
  if (!std::equal(footer.magic.begin(), footer.magic.end(), kIndexMagic.begin()) || footer.rows_begin > end ||
      end - footer.rows_begin != footer.rows * sizeof(SectionRow))
    return damaged(file);
  std::vector<SectionRow> rows(footer.rows);
  const auto stored = bytes.subspan(footer.rows_begin, end - footer.rows_begin);
  if (crc32c(stored) != footer.rows_checksum) return damaged(file);
  std::memcpy(rows.data(), stored.data(), stored.size());
  for (const SectionRow& row : rows)
    if (row.name_bytes > kSectionNameMax || row.begin > footer.rows_begin ||
        row.bytes > footer.rows_begin - row.begin)
      return damaged(file);
  return rows;
}

// Whether every section has its checksum. Some threads take one after the other: of a large shop a second
// of processor time goes by.
bool are_whole(std::span<const std::byte> bytes, std::span<const SectionRow> rows) {
  constexpr size_t kThreadsMax = 4;
  std::atomic<size_t> next = 0;
  std::atomic<bool> whole = true;
  const auto check = [&] {
    for (size_t i; whole && (i = next.fetch_add(1)) < rows.size();)
      if (crc32c(bytes.subspan(rows[i].begin, rows[i].bytes)) != rows[i].checksum) whole = false;
  };
  const size_t threads = std::min<size_t>({kThreadsMax, std::thread::hardware_concurrency(), rows.size()});
  {
    std::vector<std::jthread> others;
    for (size_t i = 1; i < threads; ++i) others.emplace_back(check);
    check();
  }
  return whole;
}

Result<Done> write_unfinished(Directory& folder, const std::function<Result<Done>(const PutSection&)>& fill) {
  TRY_ASSIGN(const auto file, folder.create_empty(kIndexUnfinished));
  IndexFileWriter writer(*file);
  TRY(writer.begin());
  TRY(fill([&](std::string_view section, const FillSection& bytes) { return writer.put(section, bytes); }));
  TRY(writer.end());
  return file->sync();
}

}  // namespace

Result<std::optional<SavedSections>> read_index(const std::filesystem::path& folder) {
  std::filesystem::path newest;
  std::error_code none;  // a folder that is not there yet
  for (const auto& entry : std::filesystem::directory_iterator(folder, none))
    if (is_index_name(entry.path().filename().string())) newest = std::max(newest, entry.path());
  if (newest.empty()) return std::optional<SavedSections>();
  TRY_ASSIGN(auto mapped, MappedFile::open(newest));
  const auto keeper = std::make_shared<const MappedFile>(std::move(mapped));
  const auto bytes = keeper->bytes();
  TRY_ASSIGN(const auto rows, read_rows(bytes, newest.string()));
  if (!are_whole(bytes, rows)) return damaged(newest.string());
  SavedSections sections;
  for (const SectionRow& row : rows) {
    const auto section = bytes.subspan(row.begin, row.bytes);
    sections.emplace(std::string(row.name.data(), row.name_bytes), KeptBytes{section, keeper});
  }
  return std::optional(std::move(sections));
}

void remove_unfinished_index(const std::filesystem::path& folder) {
  std::error_code ignored;  // mostly there is none
  std::filesystem::remove(folder / kIndexUnfinished, ignored);
}

Result<Done> write_index(Directory& folder, TimePoint now,
                         const std::function<Result<Done>(const PutSection&)>& fill) {
  const std::string name =
      fmt::format("{}{:016x}{}", kIndexBeginning, now.time_since_epoch().count(), kIndexEnding);
  auto written = write_unfinished(folder, fill);
  if (written.ok()) written = folder.rename(kIndexUnfinished, name);
  if (!written.ok()) {
    static_cast<void>(folder.remove(kIndexUnfinished));
    return written;
  }
  TRY(folder.sync_names());
  TRY_ASSIGN(const auto names, folder.list());
  for (const auto& old : names)  // also what earlier versions saved
    if (old != name) TRY(folder.remove(old));
  return kOk;
}

}  // namespace modiste
