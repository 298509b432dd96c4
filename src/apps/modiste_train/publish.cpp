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

Result<Done> publish_gated(const Config& config, const PublishFlags& flags, const ServedModel& row,
                           const ModelDraft& draft, const std::string& payload) {
  ModelManifest judged;
  static_cast<ModelDraft&>(judged) = draft;
  const std::string refusal = row.refusal(judged);
  const bool refused = flags.as == "champion" && !refusal.empty();
  PublishFlags publishing = flags;
  if (refused) publishing.as = "challenger";
  TRY(publish(config, publishing, draft, payload));
  if (!refused) return kOk;
  return Error{
      Code::kConflict, fmt::format("the trained model is not promoted: {}", refusal), "",
      fmt::format("more events in the log, or `modiste models promote {} VERSION --anyway`", row.name)};
}

}  // namespace modiste
