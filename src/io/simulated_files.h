// A directory in memory that fails as disks do, for tests, fuzzers and simulation: short writes, a full disk,
// failing syncs, and power cuts that keep any part of what was not synced.
//
// The disk outlives the directories and files opened on it. Threads: any.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "base/rng.h"
#include "io/file.h"

namespace modiste {

struct DiskFaults {
  uint64_t bytes_max = UINT64_MAX;    // of all files together; writes past it are cut short, then refused
  size_t write_bytes_max = SIZE_MAX;  // of one write_some: short writes
  int failing_syncs = 0;              // the next so many
  bool failed_sync_loses = true;      // what it was to save is not tried again, as on Linux
  int failing_truncates = 0;
};

class SimulatedDisk {
 public:
  SimulatedDisk();
  ~SimulatedDisk();

  [[nodiscard]] std::unique_ptr<Directory> directory();
  void set_faults(const DiskFaults& faults);
  // Each unsynced 512-byte sector, size and name survives or not by chance.
  void lose_power(Rng& rng);

  // The contents as a program would read them; for planting damage. The file must exist for read().
  [[nodiscard]] std::vector<std::byte> read(std::string_view name) const;
  void write(std::string_view name, std::span<const std::byte> bytes);  // durable at once

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace modiste
