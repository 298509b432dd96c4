#include "learning/training/checkpoints.h"

#include <fmt/format.h>

#include "io/atomic_write.h"
#include "io/read_file.h"

namespace modiste {
namespace {

constexpr std::string_view kCheckpointEnding = ".checkpoint";
constexpr size_t kCheckpointBytesMax = size_t{4} << 30;

}  // namespace

Checkpoints checkpoints_in(const std::filesystem::path& folder, std::string_view name) {
  const auto file = [folder, name = std::string(name)](std::string_view stage) {
    return folder / fmt::format("{}.{}{}", name, stage, kCheckpointEnding);
  };
  Checkpoints checkpoints;
  checkpoints.recall = [file](std::string_view stage) {
    auto kept = read_text_file(file(stage), kCheckpointBytesMax);
    return kept.ok() ? std::move(*kept) : std::string();
  };
  // Without it the training goes on all the same.
  checkpoints.keep = [file](std::string_view stage, std::string_view bytes) {
    if (const auto kept = write_atomically(file(stage), bytes); !kept.ok())
      fmt::print(stderr, "  no checkpoint: {}\n", kept.error().message());
  };
  return checkpoints;
}

void remove_checkpoints(const std::filesystem::path& folder, std::string_view name) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string file = entry.path().filename().string();
    if (file.starts_with(fmt::format("{}.", name)) && file.ends_with(kCheckpointEnding))
      std::filesystem::remove(entry.path(), error);
  }
}

}  // namespace modiste
