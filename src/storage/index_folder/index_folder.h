// DATA/index/: the saved vectors, and a manifest that says what stands at every slot of them
// (docs/formats/index-manifest.md). Nothing here is the only copy: without it the index is rebuilt from the
// database.
//
// Threads: one owner. The folder must be this process's alone (DataDirectory's lock).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "io/mapped_file.h"

namespace modiste {

// items.json. The three lists have one entry per slot, in order.
struct IndexManifest {
  int version = 0;
  std::string vectors;                // the file beside the manifest
  uint64_t vectors_bytes = 0;         // its size
  std::vector<std::string> garments;  // ids
  std::vector<std::string> colours;   // of the item; empty: the garment has none
  std::vector<std::string> sources;   // 16 hex digits: hash of what the vector was made from
};

inline constexpr int kIndexManifestVersion = 2;

struct IndexSlot {
  std::string garment_id, colour;
  uint64_t source_hash = 0;  // 0: the slot has no vector
  bool operator==(const IndexSlot&) const = default;
};

struct SavedIndex {
  std::vector<IndexSlot> slots;
  MappedFile vectors;  // read by AnnIndex::load
};

// Nothing when the index was never saved. kCorrupt: not a manifest, or vectors that are missing or of another
// size; kConflict: another version.
Result<std::optional<SavedIndex>> read_index(const std::filesystem::path& folder);

// Replaces what is there. The vectors are written first, under a new name, and the manifest, which names
// them, last: a crash in between leaves the old pair whole. kUnavailable: the disk refuses.
Result<Done> write_index(const std::filesystem::path& folder, const std::vector<IndexSlot>& slots,
                         std::span<const std::byte> vectors, TimePoint now);

// The manifest's text alone; errors as read_index.
Result<IndexManifest> parse_index_manifest(std::string_view text);

template <>
struct Contract<IndexManifest> {
  static constexpr size_t kSlotsMax = size_t{1} << 32;
  static constexpr std::string_view kName = "IndexManifest";
  static constexpr std::string_view kDoc = "What stands at every slot of the saved vectors.";
  static constexpr auto kFields = std::tuple{
      field("version", &IndexManifest::version, {.doc = "Of this file", .required = true}),
      field("vectors", &IndexManifest::vectors, {.doc = "File", .required = true, .length_max = 100}),
      field("vectors_bytes", &IndexManifest::vectors_bytes, {.doc = "Of the file", .required = true}),
      field("garments", &IndexManifest::garments, {.doc = "Ids", .required = true, .items_max = kSlotsMax}),
      field("colours", &IndexManifest::colours,
            {.doc = "Of items", .required = true, .items_max = kSlotsMax}),
      field("sources", &IndexManifest::sources,
            {.doc = "Hashes", .required = true, .length_max = 16, .items_max = kSlotsMax})};
};

}  // namespace modiste
