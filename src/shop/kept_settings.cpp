#include "shop/kept_settings.h"

#include <fmt/format.h>

#include "shop/versioned_file.h"

namespace modiste {
namespace {

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
  return read_versioned<KeptSettings>(settings_file(data), "`modiste serve` writes another");
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
  return write_versioned(settings_file(config.folder()),
                         KeptSettings{KeptSettings::kVersion, config.shop.currency, config.embedding.model});
}

}  // namespace modiste
