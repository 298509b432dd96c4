// The model registry from the command line. Reads and writes the registry itself: a running server takes a
// new champion within a second or two.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "apps/modiste/commands.h"
#include "shop/open_shop.h"

namespace modiste {
namespace {

struct ModelArguments {
  std::string name, as = "champion";
  int version = 0;
  bool anyway = false;
};

Result<std::unique_ptr<ModelRegistry>> registry_of(const Config& config) {
  return open_registry(DataPaths(config.folder()).models());
}

// "champion, challenger"
Result<std::string> aliases_of(const ModelRegistry& registry, std::string_view name, int version) {
  std::string text;
  for (const ModelAlias alias : {ModelAlias::kChampion, ModelAlias::kChallenger}) {
    TRY_ASSIGN(const int pointed, registry.version_of(name, alias));
    if (pointed == version) text += (text.empty() ? "" : ", ") + std::string(name_of(alias));
  }
  return text;
}

Result<Done> list_models(const Config& config, const ModelArguments&) {
  TRY_ASSIGN(const auto registry, registry_of(config));
  TRY_ASSIGN(const auto entries, registry->list());
  fmt::print("{:<12} {:>7}  {:<20} {:>10}  {:<22} {}\n", "model", "version", "created", "bytes", "kind",
             "alias");
  for (const ModelEntry& entry : entries) {
    TRY_ASSIGN(const auto aliases, aliases_of(*registry, entry.name, entry.version));
    if (!entry.manifest.ok()) {
      fmt::print("{:<12} {:>7}  damaged: {}\n", entry.name, entry.version, entry.manifest.error().message());
      continue;
    }
    const ModelManifest& manifest = *entry.manifest;
    fmt::print("{:<12} {:>7}  {:<20} {:>10}  {:<22} {}\n", entry.name, entry.version,
               to_rfc3339(std::chrono::floor<std::chrono::seconds>(manifest.created_at)), manifest.bytes,
               manifest.kind, aliases);
  }
  for (const ServedModel* row : kServedModels) {
    TRY_ASSIGN(const int champion, registry->version_of(row->name, ModelAlias::kChampion));
    if (champion == 0) fmt::print("{:<12} {:>7}  {}: champion\n", row->name, 0, row->otherwise);
  }
  return kOk;
}

// Reads the payload too: what is shown can be served.
Result<Done> show_model(const Config& config, const ModelArguments& given) {
  TRY_ASSIGN(const auto registry, registry_of(config));
  TRY_ASSIGN(const auto model, registry->read(given.name, given.version));
  fmt::print("{}\n", to_json_text(model.manifest));
  return kOk;
}

Result<Done> promote_model(const Config& config, const ModelArguments& given) {
  TRY_ASSIGN(const auto registry, registry_of(config));
  const auto row = std::find_if(kServedModels.begin(), kServedModels.end(),
                                [&](const ServedModel* served) { return served->name == given.name; });
  if (row == kServedModels.end())
    return Error{Code::kInvalid, fmt::format("no shop serves with a model '{}'", given.name), "",
                 "one that `modiste models list` shows"};
  if (given.version > 0) {
    TRY_ASSIGN(const auto model, registry->read(given.name, given.version));
    TRY(check_kind(**row, model.manifest));
  }
  const auto alias = enum_from_name<ModelAlias>(given.as);
  if (given.version > 0 && *alias == ModelAlias::kChampion && (*row)->refusal != nullptr && !given.anyway) {
    TRY_ASSIGN(const auto model, registry->read(given.name, given.version));
    if (const std::string why = (*row)->refusal(model.manifest); !why.empty())
      return Error{Code::kConflict,
                   fmt::format("model {} version {} is not promoted: {}", given.name, given.version, why), "",
                   "a version that is not worse, or --anyway"};
  }
  TRY(registry->set_alias(given.name, *alias, given.version, SystemClock().now()));
  const bool later = (*row)->use == nullptr && *alias == ModelAlias::kChampion;
  fmt::print("model {}: version {} is the {}{}\n", given.name, given.version, given.as,
             later ? "; a shop takes it at its next start" : "");
  return kOk;
}

}  // namespace

void add_models(CLI::App& app, Command& chosen) {
  auto* models = app.add_subcommand("models", "Trained models: list, show, promote or roll back");
  models->require_subcommand(1);
  auto given = std::make_shared<ModelArguments>();
  const auto add = [&](const char* name, const char* about, auto run) {
    auto* command = models->add_subcommand(name, about);
    runs(command, chosen, given, run);
    return command;
  };
  const auto version = [&given](CLI::App* command, int least) {
    command->add_option("name", given->name, "Name of the model, as `modiste models list` shows it")
        ->required();
    command->add_option("version", given->version, "Number of the version")
        ->required()
        ->check(CLI::Range(least, std::numeric_limits<int>::max()));
  };
  add("list", "List the versions with their aliases", list_models);
  version(add("show", "Check a version and show its manifest", show_model), 1);
  auto* promoted = add("promote",
                       "Make a version the champion, also an older one; 0 stands for what Modiste brings\n"
                       "without training. A running server takes it within seconds.",
                       promote_model);
  version(promoted, 0);
  promoted->add_option("--as", given->as, "champion or challenger (champion)")
      ->check(CLI::IsMember({"champion", "challenger"}));
  promoted->add_flag("--anyway", given->anyway, "Also a version that was measured to be worse");
}

}  // namespace modiste
