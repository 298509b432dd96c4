#include "shop/remote/reading_view.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "shop/remote/remote.h"
#include "storage/backup/data_copy.h"

namespace modiste {
namespace {

constexpr std::string_view kReadingFolder = "reading";

// "PID-NUMBER"
void remove_left_behind(const std::filesystem::path& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const int pid = std::atoi(entry.path().filename().c_str());
    if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH) std::filesystem::remove_all(entry.path(), error);
  }
}

}  // namespace

Result<ReadingView> ReadingView::open(const Config& config) {
  ReadingView view(config);
  if (!serving_at(config.folder())) return view;
  static std::atomic<int> count = 0;
  const auto folder = config.folder() / kReadingFolder;
  remove_left_behind(folder);
  view.copy_ = folder / fmt::format("{}-{}", ::getpid(), ++count);
  TRY(copy_for_reading(DataPaths(config.folder()), view.copy_));
  view.config_.data.directory = view.copy_.string();
  return view;
}

ReadingView::ReadingView(ReadingView&& other) noexcept
    : config_(std::move(other.config_)), copy_(std::exchange(other.copy_, {})) {}

ReadingView::~ReadingView() {
  if (copy_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(copy_, ignored);
  std::filesystem::remove(copy_.parent_path(), ignored);  // fails while it holds another's
}

}  // namespace modiste
