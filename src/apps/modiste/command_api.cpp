// The API as files, and its keys.
#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "http/auth.h"
#include "http/system_routes.h"

namespace modiste {

void add_api(CLI::App& app, Command& chosen) {
  auto* command =
      app.add_subcommand("api", "Print the API's description, generated from the program's own types");
  auto as_types = std::make_shared<bool>(false);
  command->add_flag(
      "!--openapi,--typescript", *as_types,
      "--openapi: OpenAPI 3.1 (api/openapi.yaml, the default); --typescript: types (web/src/api/types.ts)");
  command->callback([&chosen, as_types] {
    chosen = [as_types](const Config&) -> Result<Done> {
      fmt::print("{}", *as_types ? http::typescript_file() : http::openapi_file());
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
