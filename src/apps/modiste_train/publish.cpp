#include "apps/modiste_train/publish.h"

#include <fmt/format.h>

#include "shop/open_shop.h"

namespace modiste {

void add_publish_flags(CLI::App& command, PublishFlags& into) {
  command.add_option("--as", into.as, "Alias that the new version gets (champion)")
      ->check(CLI::IsMember({"champion", "challenger"}));
  command.add_option("--registry", into.registry,
                     "Folder of the model registry (models in the data directory)");
}

Result<Done> publish(const Config& config, const PublishFlags& flags, const ModelDraft& draft,
                     std::span<const std::byte> payload) {
  const auto folder =
      flags.registry.empty() ? DataPaths(config.folder()).models() : std::filesystem::path(flags.registry);
  TRY_ASSIGN(const auto registry, open_registry(folder));
  const TimePoint now = SystemClock().now();
  TRY_ASSIGN(const auto manifest, registry->publish(draft, payload, now));
  const auto alias = enum_from_name<ModelAlias>(flags.as);
  TRY(registry->set_alias(manifest.name, *alias, manifest.version, now));
  fmt::print("model {}: version {} of {} bytes in {} is the {}\n", manifest.name, manifest.version,
             manifest.bytes, folder.string(), flags.as);
  return kOk;
}

Result<Done> publish(const Config& config, const PublishFlags& flags, const ModelDraft& draft,
                     const std::string& payload) {
  return publish(config, flags, draft, std::as_bytes(std::span(payload)));
}

}  // namespace modiste
