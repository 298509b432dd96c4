// The API as files, and its keys.
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "apps/modiste/commands.h"
#include "base/json_schema.h"
#include "events/schema_registry.h"
#include "http/auth.h"
#include "http/system_routes.h"

namespace modiste {

namespace {

// The taxonomy as a schema; with `against`, what senders of that older version could no longer send.
Result<Done> print_events(const std::string& against) {
  const json::value schema = event_schema();
  if (against.empty()) return fmt::print("{}", pretty_json(schema)), kOk;
  std::ifstream in(against, std::ios::binary);
  TRY_ASSIGN(const auto older, parse_json(std::string(std::istreambuf_iterator<char>(in), {})));
  const auto breaking = breaking_changes(older, schema);
  for (const auto& line : breaking) fmt::print("{}\n", line);
  if (breaking.empty()) return kOk;
  return Error{Code::kConflict, fmt::format("{} changes break senders of the older version", breaking.size()),
               against, "optional members, wider limits, new types"};
}

void add_events_schema(CLI::App& api, Command& chosen) {
  auto* command =
      api.add_subcommand("events", "The event taxonomy as JSON Schema (api/events/v1.schema.json)");
  auto against = std::make_shared<std::string>();
  command->add_option("--against", *against, "List what breaks senders of this older version")
      ->check(CLI::ExistingFile);
  command->callback(
      [&chosen, against] { chosen = [against](const Config&) { return print_events(*against); }; });
}

}  // namespace

void add_api(CLI::App& app, Command& chosen) {
  auto* command =
      app.add_subcommand("api", "Print the API's description, generated from the program's own types");
  const std::string help = "OpenAPI 3.1 as JSON (api/openapi.json); the default";
  command->add_flag("--openapi", help);
  add_events_schema(*command, chosen);
  command->callback([&chosen, command] {
    if (!command->get_subcommands().empty()) return;
    chosen = [](const Config&) -> Result<Done> {
      fmt::print("{}", http::openapi_file());
      return kOk;
    };
  });
}

void add_key(CLI::App& app, Command& chosen) {
  auto* key = app.add_subcommand("key", "API keys");
  key->require_subcommand(1);
  auto* create =
      key->add_subcommand("new", "Make a key: the secret is shown once, the hash goes into modiste.toml");
  auto scope = std::make_shared<std::string>("writer");
  create->add_option("--scope", *scope, "shopper, writer or admin (writer)")
      ->check(CLI::IsMember({"shopper", "writer", "admin"}));
  create->callback([&chosen, scope] {
    chosen = [scope](const Config&) -> Result<Done> {
      const auto made = http::new_api_key();
      fmt::print(
          "secret, for the caller (Authorization: Bearer ...), shown only now:\n  {}\n\nfor modiste.toml:\n"
          "  [[server.keys]]\n  name = \"...\"\n  scope = \"{}\"\n  hash = \"{}\"\n",
          made.secret, *scope, made.hash);
      return kOk;
    };
  });
}

}  // namespace modiste
