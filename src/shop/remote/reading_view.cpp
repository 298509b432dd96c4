#include "shop/remote/reading_view.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>

#include "shop/remote/remote.h"
#include "storage/backup/data_copy.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kReadingFolder = "reading";

// Falls with the process, however it ends, and whoever has its number later.
Result<FileDescriptor> lock_folder(const fs::path& folder, int how) {
  TRY_ASSIGN(auto descriptor, open_descriptor(folder, O_RDONLY | O_DIRECTORY));
  if (::flock(descriptor.get(), how) != 0) return errno_error("lock", folder);
  return descriptor;
}

// Whether it is still the folder of this name.
bool is_at(const FileDescriptor& descriptor, const fs::path& folder) {
  struct stat held {
  }, named{};
  return ::fstat(descriptor.get(), &held) == 0 && ::stat(folder.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

// Of a folder that the caller has locked, so that nobody is between making a copy and locking it.
void remove_unlocked(const fs::path& folder) {
  std::error_code error, ignored;
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error))
    if (const auto lock = lock_folder(at->path(), LOCK_EX | LOCK_NB); lock.ok())
      fs::remove_all(at->path(), ignored);
}

void remove_copy(const fs::path& copy) {
  constexpr int kTries = 3;  // another thread may still write into it
  std::error_code ignored;
  for (int i = 0; i < kTries && fs::exists(copy, ignored); ++i) fs::remove_all(copy, ignored);
  fs::remove(copy.parent_path(), ignored);  // fails while it holds another's
}

}  // namespace

void ReadingView::remove_left_behind(const fs::path& data) {
  const fs::path folder = data / kReadingFolder;
  const auto all = lock_folder(folder, LOCK_EX);
  if (!all.ok()) return;  // there is none
  remove_unlocked(folder);
  std::error_code ignored;
  fs::remove(folder, ignored);
}

Result<Done> ReadingView::make_folder(const fs::path& folder) {
  constexpr int kTries = 5;  // the folder goes with the last copy in it
  static std::atomic<int> count = 0;
  for (int i = 0; i < kTries; ++i) {
    TRY(make_private_folder(folder));
    const auto all = lock_folder(folder, LOCK_EX);
    if (!all.ok()) continue;
    remove_unlocked(folder);
    const fs::path copy = folder / fmt::format("{}-{}", ::getpid(), ++count);
    if (!is_at(*all, folder)) continue;
    TRY(make_private_folder(copy));
    TRY_ASSIGN(lock_, lock_folder(copy, LOCK_EX));
    copy_ = copy;
    at_termination_ = std::make_unique<AtTermination>([copy] { remove_copy(copy); });
    return kOk;
  }
  return Error{Code::kUnavailable, "a copy to read from cannot be made now", folder.string(),
               "another try in a moment: other commands make theirs"};
}

Result<ReadingView> ReadingView::open(const Config& config) {
  ReadingView view(config);
  if (!serving_at(config.folder())) return view;
  TRY(view.make_folder(config.folder() / kReadingFolder));
  TRY(copy_for_reading(DataPaths(config.folder()), view.copy_));
  view.config_.data.directory = view.copy_.string();
  return view;
}

ReadingView::ReadingView(ReadingView&& other) noexcept
    : config_(std::move(other.config_)),
      copy_(std::exchange(other.copy_, {})),
      lock_(std::move(other.lock_)),
      at_termination_(std::move(other.at_termination_)) {}

ReadingView::~ReadingView() {
  if (!copy_.empty()) remove_copy(copy_);
}

}  // namespace modiste
