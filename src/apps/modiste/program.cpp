#include "apps/modiste/program.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/code_version.h"
#include "base/edit_distance.h"
#include "io/termination.h"
#include "shop/kept_settings.h"

namespace modiste {
namespace {

Result<Config> configure(const std::string& file, const std::string& data) {
  Config config;
  if (!file.empty() || std::filesystem::exists("modiste.toml")) {
    const std::string read_from = file.empty() ? "modiste.toml" : file;
    auto read = read_config(read_from);
    if (!read.ok()) return std::move(read).error();
    config = std::move(*read);
    config.file = std::filesystem::absolute(read_from);
  }
  if (!data.empty()) config.data.directory = data;
  if (config.file.empty()) TRY(take_kept_settings(config));
  return config;
}

// What a library throws, such as a write to a full disk, is an error as any other.
Result<Done> outcome_of(const Command& chosen, const std::string& file, const std::string& data) {
  try {
    TRY_ASSIGN(const Config config, configure(file, data));
    return chosen(config);
  } catch (const std::exception& exception) {
    return Error{Code::kInternal, exception.what(), "", ""};
  }
}

// The commands and options that can stand where the words of app were read.
void add_names(const CLI::App& app, std::vector<std::string>& names) {
  for (const auto* below : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(below->get_name());
  for (const auto* option : app.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
}

// The known name that a mistyped one is nearest to; empty when none is near.
std::string meant(const std::string& word, const std::vector<std::string>& names) {
  const std::string written = word.substr(0, word.find('='));
  const size_t edits_max = std::max<size_t>(1, written.size() / 3);
  std::string nearest;
  size_t fewest = edits_max + 1;
  for (const auto& name : names) {
    const bool is_part = written.size() >= 4 && name.find(written) != std::string::npos;
    const size_t edits = is_part ? edits_max : edit_distance(written, name);
    if (edits < fewest) fewest = edits, nearest = name;
  }
  return nearest;
}

// CLI11 reports a missing subcommand first; an unknown word is the more helpful error.
std::string failure(const CLI::App* app, const CLI::Error& error) {
  const auto unknown = app->remaining(true);
  if (unknown.empty()) return CLI::FailureMessage::simple(app, error);
  std::vector<std::string> names;
  for (const auto* at = app; at != nullptr;) {
    add_names(*at, names);
    const auto chosen = at->get_subcommands();
    at = chosen.empty() ? nullptr : chosen.front();
  }
  const std::string name = meant(unknown.front(), names);
  return fmt::format("unknown argument \"{}\"{}; --help lists the commands and options\n", unknown.front(),
                     name.empty() ? "" : fmt::format(", did you mean \"{}\"?", name));
}

}  // namespace

int run_program(int argc, char** argv, const std::string& description,
                const std::function<void(CLI::App& app, Command& chosen)>& add) {
  end_by_signals_as_first_process();
  CLI::App app{description};
  app.require_subcommand(1);
  app.failure_message(failure);
  app.set_version_flag("--version", "modiste " + std::string(code_version()));
  std::string file, data;
  app.add_option("--config", file,
                 "Configuration file (default: ./modiste.toml if it exists; see config/modiste.toml)")
      ->check(CLI::ExistingFile);
  app.add_option("--data", data, "Data directory: catalog, event log, index and photos");
  Command chosen;
  add(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;  // asking for help or the version ends with 0
  }
  spdlog::set_default_logger(spdlog::stderr_logger_mt("modiste"));  // standard output is for answers

  const auto done = outcome_of(chosen, file, data);
  if (done.ok()) return 0;
  fmt::print(stderr, "modiste: {}\n", done.error().message());
  return done.error().code == Code::kInvalid ? 2 : 1;
}

}  // namespace modiste
