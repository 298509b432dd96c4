// The file with the weights of the sources that `modiste evaluate next-item --choose` writes and a shop opens
// with (docs/formats/source-weights.md).
#pragma once

#include <filesystem>
#include <string>

#include "ranking/source_weights.h"

namespace modiste {

struct SourceWeightsFile {
  static constexpr int kVersion = 1;
  int version = kVersion;
  SourceWeights weights = {};
  std::string history = {};  // that they were chosen on
  int64_t shoppers = 0;      // that they were chosen on
};

template <>
struct Contract<SourceWeightsFile> {
  static constexpr std::string_view kName = "SourceWeightsFile";
  static constexpr auto kFields =
      Fields{field("version", &SourceWeightsFile::version, {.doc = "Of the format", .required = true}),
             field("weights", &SourceWeightsFile::weights, {.doc = "Factors", .required = true}),
             field("history", &SourceWeightsFile::history, {.doc = "That they were chosen on"}),
             field("shoppers", &SourceWeightsFile::shoppers, {.doc = "That they were chosen on"})};
};

// The defaults when there is no file. kCorrupt for a file of another version or with other members: falling
// back silently would hide the loss of quality.
Result<SourceWeights> read_source_weights(const std::filesystem::path& file);
Result<Done> write_source_weights(const std::filesystem::path& file, const SourceWeightsFile& weights);

}  // namespace modiste
