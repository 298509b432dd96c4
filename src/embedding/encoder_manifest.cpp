#include "embedding/encoder_manifest.h"

#include <fmt/format.h>

#include "base/rng.h"
#include "embedding/towers.h"

namespace modiste {

Result<EncoderManifest> parse_encoder_manifest(std::span<const std::byte> file) {
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  auto parsed = from_json_text<EncoderManifest>(text);
  if (!parsed.ok()) {
    Error error = std::move(parsed).error();
    error.code = Code::kCorrupt;
    error.what = "the encoder's manifest.json: " + error.what;
    return error;
  }
  if (parsed->format_version != EncoderManifest::kFormatVersion)
    return Error{Code::kCorrupt,
                 fmt::format("unsupported encoder manifest format {}", parsed->format_version),
                 "/format_version", std::to_string(EncoderManifest::kFormatVersion)};
  if (parsed->towers != Towers::kId)
    return Error{Code::kCorrupt, "the heads were trained on towers " + parsed->towers, "/towers",
                 std::string(Towers::kId) + ": train them again with `modiste train encoder`"};
  return parsed;
}

std::string content_hash(std::span<const std::byte> file) {
  return fmt::format("{:016x}", hash64({reinterpret_cast<const char*>(file.data()), file.size()}));
}

}  // namespace modiste
