// links: modiste_storage
//
// The manifest of sealed days: entries that are read follow each other without a gap, and
// are written back unchanged.
#include <cstddef>
#include <cstdint>

#include "storage/sealed_log/day_manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto manifest = modiste::parse_day_manifest({reinterpret_cast<const char*>(data), size});
  if (!manifest.ok()) {
    CHECK(manifest.error().code == modiste::Code::kCorrupt ||
          manifest.error().code == modiste::Code::kConflict);
    return 0;
  }
  uint64_t next = 0;
  for (const auto& day : manifest->days) {
    CHECK(day.first_offset == next && day.events() > 0 && modiste::parse_day(day.day));
    next = day.last_offset + 1;
  }
  CHECK(next == manifest->end_offset());
  const std::string text = modiste::to_json_text(*manifest);
  CHECK(modiste::to_json_text(modiste::parse_day_manifest(text).value()) == text);
  return 0;
}
