// manifest.json of a trained encoder: its files and measured accuracy.
#pragma once

#include <string>
#include <vector>

#include "embedding/tags.h"

namespace modiste {

struct EncoderManifest {
  static constexpr int kFormatVersion = 1;
  int format_version = kFormatVersion;
  std::string name;        // identifies the vectors: Encoder::id()
  std::string towers;      // Towers::kId that the heads were trained on
  std::string heads_file;  // in the same folder
  std::string heads_hash;  // hash64 of its bytes, 16 hex digits
  std::string trained_on;
  std::vector<FacetCalibration> calibration;
};

// kCorrupt: another format, or made for other towers than this program has.
Result<EncoderManifest> parse_encoder_manifest(std::span<const std::byte> file);
[[nodiscard]] std::string content_hash(std::span<const std::byte> file);

template <>
struct Contract<EncoderManifest> {
  static constexpr std::string_view kName = "EncoderManifest";
  static constexpr std::string_view kDoc = "Describes trained heads of the Modiste encoder.";
  static constexpr auto kFields = std::tuple{
      field("format_version", &EncoderManifest::format_version,
            {.doc = "Version of this file's format", .required = true}),
      field("name", &EncoderManifest::name, {.doc = "Identifies the vectors", .required = true}),
      field("towers", &EncoderManifest::towers, {.doc = "Frozen networks under the heads", .required = true}),
      field("heads_file", &EncoderManifest::heads_file,
            {.doc = "File of the heads, in the same folder", .required = true}),
      field("heads_hash", &EncoderManifest::heads_hash, {.doc = "Hash of the heads file", .required = true}),
      field("trained_on", &EncoderManifest::trained_on, {.doc = "Data sets and their sizes"}),
      field("calibration", &EncoderManifest::calibration, {.doc = "Calibration by facet"})};
};

}  // namespace modiste
