// The program's subcommands: each adds itself to the command line and answers what is to run.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

#include "shop/config.h"

namespace modiste {

// Set by the subcommand that was chosen.
using Command = std::function<Result<Done>(const Config&)>;

void add_serve(CLI::App& app, Command& chosen);
void add_catalog(CLI::App& app, Command& chosen);
void add_shopper(CLI::App& app, Command& chosen);
void add_train(CLI::App& app, Command& chosen);
void add_evaluate(CLI::App& app, Command& chosen);
void add_simulate(CLI::App& app, Command& chosen);
// Below simulate.
void add_simulate_style(CLI::App& simulate, Command& chosen);
void add_log(CLI::App& app, Command& chosen);
void add_features(CLI::App& app, Command& chosen);
void add_ask(CLI::App& app, Command& chosen);
void add_events(CLI::App& app, Command& chosen);
void add_import(CLI::App& app, Command& chosen);
void add_api(CLI::App& app, Command& chosen);
void add_key(CLI::App& app, Command& chosen);

}  // namespace modiste
