// A data directory to read from, also while a server has it open.
//
// Without a server it is the directory itself. Beside one it is a copy (storage/backup/data_copy.h), made in
// DATA/reading and removed with this object; files that never change are linked, not copied. So what reads
// for a long time neither waits for the server nor takes its time, and writes nothing into its log or
// database.
#pragma once

#include "shop/config.h"

namespace modiste {

class ReadingView {
 public:
  // Also removes copies whose process was killed. Errors as copy_for_reading.
  static Result<ReadingView> open(const Config& config);
  ~ReadingView();
  ReadingView(ReadingView&& other) noexcept;
  ReadingView& operator=(ReadingView&&) = delete;
  ReadingView(const ReadingView&) = delete;
  ReadingView& operator=(const ReadingView&) = delete;

  // The configuration given, with the directory to open.
  [[nodiscard]] const Config& config() const { return config_; }

 private:
  explicit ReadingView(Config config) : config_(std::move(config)) {}
  Config config_;
  std::filesystem::path copy_;  // empty: none was needed
};

}  // namespace modiste
