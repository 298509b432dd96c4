#include "shop/kept_settings.h"

#include <fmt/format.h>

#include "io/atomic_write.h"
#include "io/read_file.h"

namespace modiste {
namespace {

constexpr size_t kSettingsBytesMax = 64 << 10;

std::filesystem::path settings_file(const std::filesystem::path& data) { return data / "shop.json"; }

Result<Done> check_same(std::string_view setting, const std::string& kept, const std::string& given,
                        const Config& config) {
  if (kept == given) return kOk;
  return Error{Code::kConflict,
               fmt::format("the shop is kept with {} = \"{}\", not \"{}\"", setting, kept, given),
               config.file.empty() ? config.folder().string() : config.file.string(),
               "--config with the server's configuration; `modiste serve` changes it"};
}

}  // namespace

Result<std::optional<KeptSettings>> read_kept_settings(const std::filesystem::path& data) {
  const auto file = settings_file(data);
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::optional<KeptSettings>();
  TRY_ASSIGN(const auto text, read_text_file(file, kSettingsBytesMax));
  auto kept = from_json_text<KeptSettings>(text);
  if (!kept.ok())
    return Error{Code::kCorrupt, kept.error().message(), file.string(),
                 "a file that Modiste wrote; without it `modiste serve` writes another"};
  if (kept->version != KeptSettings::kVersion)
    return Error{Code::kConflict, fmt::format("unsupported version {}", kept->version), file.string(),
                 std::to_string(KeptSettings::kVersion)};
  return std::optional(std::move(*kept));
}

Result<Done> take_kept_settings(Config& config) {
  TRY_ASSIGN(const auto kept, read_kept_settings(config.folder()));
  if (!kept) return kOk;
  config.shop.currency = kept->currency;
  config.embedding.model = kept->embedding;
  return kOk;
}

Result<Done> keep_settings(const Config& config, bool may_change) {
  TRY_ASSIGN(const auto kept, read_kept_settings(config.folder()));
  if (kept && !may_change) {
    TRY(check_same("shop.currency", kept->currency, config.shop.currency, config));
    return check_same("embedding.model", kept->embedding, config.embedding.model, config);
  }
  if (kept && kept->currency == config.shop.currency && kept->embedding == config.embedding.model) return kOk;
  return write_atomically(
      settings_file(config.folder()),
      to_json_text(KeptSettings{KeptSettings::kVersion, config.shop.currency, config.embedding.model}) +
          "\n");
}

}  // namespace modiste
