// modiste: one program. Reads the configuration, chooses a subcommand, says what went wrong.
#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <optional>

#include "apps/modiste/commands.h"

namespace {

modiste::Result<modiste::Config> configure(const std::string& file, const std::string& data) {
  modiste::Config config;
  if (!file.empty() || std::filesystem::exists("modiste.toml")) {
    auto read = modiste::read_config(file.empty() ? "modiste.toml" : file);
    if (!read.ok()) return std::move(read).error();
    config = std::move(*read);
  }
  if (!data.empty()) config.data.directory = data;
  return config;
}

// CLI11 reports a missing subcommand first; an unknown word is the more helpful error.
std::string failure(const CLI::App* app, const CLI::Error& error) {
  const auto unknown = app->remaining(true);
  if (unknown.empty()) return CLI::FailureMessage::simple(app, error);
  return fmt::format("unknown argument \"{}\"; --help lists the commands and options\n", unknown.front());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Modiste decides what a person would love to wear: it holds a shop's catalog, learns each shopper's "
      "style from every\n"
      "swipe, and answers with garments in milliseconds.\n\n"
      "Begin:  draw_shop --out shop              draw a shop to play with\n"
      "        modiste catalog import shop       or a feed of yours: Shopify, Google, Meta, Adobe, "
      "WooCommerce,\n"
      "                                          BigCommerce, PrestaShop, JSON Lines, photos\n"
      "        modiste serve                     then open http://127.0.0.1:8080\n"};
  app.require_subcommand(1);
  app.failure_message(failure);
  app.set_version_flag("--version", std::string("modiste 0.1.0"));
  std::string file, data;
  app.add_option("--config", file,
                 "Configuration file (default: ./modiste.toml if it exists; see config/modiste.toml)")
      ->check(CLI::ExistingFile);
  app.add_option("--data", data, "Data directory: catalog, event log, index and photos");

  modiste::Command chosen;
  modiste::add_serve(app, chosen);
  modiste::add_catalog(app, chosen);
  modiste::add_log(app, chosen);
  modiste::add_features(app, chosen);
  modiste::add_shopper(app, chosen);
  modiste::add_train(app, chosen);
  modiste::add_models(app, chosen);
  modiste::add_evaluate(app, chosen);
  modiste::add_simulate(app, chosen);
  modiste::add_ask(app, chosen);
  modiste::add_events(app, chosen);
  modiste::add_import(app, chosen);
  modiste::add_api(app, chosen);
  modiste::add_key(app, chosen);
  CLI11_PARSE(app, argc, argv);
  spdlog::set_default_logger(spdlog::stderr_logger_mt("modiste"));  // standard output is for answers

  const auto config = configure(file, data);
  const auto done = config.ok() ? chosen(*config) : modiste::Result<modiste::Done>(config.error());
  if (done.ok()) return 0;
  fmt::print(stderr, "modiste: {}\n", done.error().message());
  return done.error().code == modiste::Code::kInvalid ? 2 : 1;
}
