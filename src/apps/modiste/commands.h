// The program's subcommands: each adds itself to the command line and answers what is to run.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>

#include "shop/config.h"

namespace modiste {

// Set by the subcommand that was chosen.
using Command = std::function<Result<Done>(const Config&)>;

// Chooses run(config, *given) when `command` is called. The options of `command` write into *given.
template <class Arguments, class Run>
void runs(CLI::App* command, Command& chosen, const std::shared_ptr<Arguments>& given, Run run) {
  command->callback([&chosen, given, run] {
    chosen = [given, run](const Config& config) -> Result<Done> { return run(config, *given); };
  });
}

// Writes a report as JSON, and prints the file's name.
Result<Done> write_report(const std::string& out, const json::value& report);

void add_serve(CLI::App& app, Command& chosen);
void add_catalog(CLI::App& app, Command& chosen);
void add_shopper(CLI::App& app, Command& chosen);
// train, evaluate and what of simulate trains, by the program modiste-train; after add_simulate. argv: as
// main got it.
void add_training_program(CLI::App& app, Command& chosen, char** argv);
// Of modiste-train.
void add_train(CLI::App& app, Command& chosen);
void add_evaluate(CLI::App& app, Command& chosen);
void add_simulate_ranker(CLI::App& app, Command& chosen);  // simulate ranker and the others that train
void add_simulate_debiasing(CLI::App& simulate_command, Command& chosen);
void add_simulate_exploration(CLI::App& simulate_command, Command& chosen);
// Below train.
void add_train_ranker(CLI::App& train_command, Command& chosen);
void add_train_next_choices(CLI::App& train_command, Command& chosen);
void add_train_taste(CLI::App& train_command, Command& chosen);
void add_train_schedule(CLI::App& train_command, Command& chosen);
// Below evaluate.
void add_evaluate_next_item(CLI::App& evaluate_command, Command& chosen);
void add_evaluate_search(CLI::App& evaluate_command, Command& chosen);
void add_evaluate_sheets(CLI::App& evaluate_command, Command& chosen);
void add_evaluate_sequences(CLI::App& evaluate_command, Command& chosen);
void add_evaluate_outfits(CLI::App& evaluate_command, Command& chosen);
void add_evaluate_policy(CLI::App& evaluate_command, Command& chosen);
void add_evaluate_challenger(CLI::App& evaluate_command, Command& chosen);
void add_simulate(CLI::App& app, Command& chosen);
// Below simulate.
void add_simulate_style(CLI::App& simulate, Command& chosen);
void add_simulate_lookbook(CLI::App& simulate_command, Command& chosen);
void add_models(CLI::App& app, Command& chosen);
void add_log(CLI::App& app, Command& chosen);
void add_lookbook(CLI::App& app, Command& chosen);
void add_features(CLI::App& app, Command& chosen);
void add_ask(CLI::App& app, Command& chosen);
void add_events(CLI::App& app, Command& chosen);
void add_status(CLI::App& app, Command& chosen);
void add_backup(CLI::App& app, Command& chosen);
void add_import(CLI::App& app, Command& chosen);
void add_api(CLI::App& app, Command& chosen);
void add_key(CLI::App& app, Command& chosen);

}  // namespace modiste
