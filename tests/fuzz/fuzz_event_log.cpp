// links: modiste_storage
//
// The reader of event log segments. First byte even: the rest is a whole segment file. Odd: the rest is the
// payload of a block with correct checksums, of as many events as the next byte says; random bytes would
// hardly ever pass the checksums.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "io/simulated_files.h"
#include "storage/event_log/crc32c.h"
#include "storage/event_log/log_replay.h"
#include "storage/event_log/log_writer.h"

namespace {

using modiste::Code;
using Bytes = std::vector<std::byte>;

constexpr modiste::LogWriterOptions kOptions{.segment_bytes_max = 4096};

Bytes framed(std::span<const std::byte> input) {
  const auto events = input.empty() ? uint32_t{1} : std::to_integer<uint32_t>(input.front());
  const auto payload = input.subspan(input.empty() ? 0 : 1);
  const auto segment = modiste::encode_segment_header({.first_offset = 0});
  const auto block = modiste::encode_block_header(
      {0, events, static_cast<uint32_t>(payload.size()), modiste::crc32c(payload)});
  Bytes file(segment.size() + block.size() + payload.size());
  const auto after = std::ranges::copy(block, std::ranges::copy(segment, file.begin()).out).out;
  std::ranges::copy(payload, after);
  return file;
}

// A segment that opens can be read to its end or reports where it is damaged, accepts an
// append, and opens again.
void check_opened(modiste::SimulatedDisk& disk, modiste::Directory& directory, modiste::LogWriter& log) {
  uint64_t expected = 0;
  const auto replayed =
      modiste::replay_log(directory, log.extent(), 0, [&](const modiste::LoggedEvent& event) {
        CHECK(event.position.number() == expected++);
        return modiste::Result<modiste::Done>(modiste::kOk);
      });
  CHECK(replayed.ok() ? expected == log.extent().end_offset : replayed.error().code == Code::kCorrupt);
  if (replayed.ok()) {
    modiste::BlockIndex index;
    std::vector<uint64_t> offsets;
    for (uint64_t offset = 0; offset < expected; offset += 3) offsets.push_back(offset);
    auto next = offsets.begin();
    const auto read =
        modiste::read_log(directory, log.extent(), index, offsets, [&](const modiste::LoggedEvent& event) {
          CHECK(event.position.number() == *next++);
          return modiste::Result<modiste::Done>(modiste::kOk);
        });
    CHECK(read.ok() && next == offsets.end());
    uint64_t follower = expected / 2;
    const auto followed = modiste::replay_range(directory, log.extent(), index, follower, expected,
                                                [&](const modiste::LoggedEvent& event) {
                                                  CHECK(event.position.number() == follower++);
                                                  return modiste::Result<modiste::Done>(modiste::kOk);
                                                });
    CHECK(followed.ok() && follower == expected);
  }
  Bytes block(modiste::kBlockHeaderBytes + 1, std::byte{'\n'});
  const auto appended = log.append_block(block, 1, {});
  CHECK(appended.ok() && log.extent().end_offset == appended.value() + 1);
  const auto again = disk.directory();
  const auto reopened = modiste::LogWriter::open(*again, kOptions);
  CHECK(reopened.ok() && !reopened->torn_tail());
  CHECK(reopened->extent().end_offset == log.extent().end_offset);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto input = std::as_bytes(std::span(data, size)).subspan(1);
  modiste::SimulatedDisk disk;
  if (data[0] % 2 == 0)
    disk.write(modiste::segment_name(0), input);
  else
    disk.write(modiste::segment_name(0), framed(input));
  const auto directory = disk.directory();
  auto log = modiste::LogWriter::open(*directory, kOptions);
  if (log.ok())
    check_opened(disk, *directory, *log);
  else
    CHECK(log.error().code == Code::kCorrupt || log.error().code == Code::kConflict);
  return 0;
}
