// A data directory to read from, also while a server has it open.
//
// Without a server it is the directory itself. Beside one it is a copy (storage/backup/data_copy.h), made in
// DATA/reading and removed with this object, also where the process is asked to end; files that never change
// are linked, not copied. So what reads for a long time neither waits for the server nor takes its time, and
// writes nothing into its log or database. A copy holds shoppers' identifiers: of a process that was killed
// it goes with the next copy, the next start of the server, and the next erasure.
#pragma once

#include <memory>

#include "io/posix_files.h"
#include "io/termination.h"
#include "shop/config.h"

namespace modiste {

class ReadingView {
 public:
  // Errors as copy_for_reading.
  static Result<ReadingView> open(const Config& config);
  // The copies whose process lives no more.
  static void remove_left_behind(const std::filesystem::path& data);

  ~ReadingView();
  ReadingView(ReadingView&& other) noexcept;
  ReadingView& operator=(ReadingView&&) = delete;
  ReadingView(const ReadingView&) = delete;
  ReadingView& operator=(const ReadingView&) = delete;

  // The configuration given, with the directory to open.
  [[nodiscard]] const Config& config() const { return config_; }

 private:
  explicit ReadingView(Config config) : config_(std::move(config)) {}
  Result<Done> make_folder(const std::filesystem::path& folder);

  Config config_;
  std::filesystem::path copy_;  // empty: none was needed
  FileDescriptor lock_;         // on it, as long as it is read
  std::unique_ptr<AtTermination> at_termination_;
};

}  // namespace modiste
