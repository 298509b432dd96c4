// `modiste train` and `modiste evaluate`: this process becomes modiste-train, with the same arguments.
#include <unistd.h>

#include "apps/modiste/commands.h"
#include "shop/background/training_process.h"

namespace modiste {
namespace {

Result<Done> become_training_program(char** argv) {
  TRY_ASSIGN(const auto program, training_program());
  ::execv(program.c_str(), argv);
  return Error{Code::kUnavailable, "the program that trains and evaluates cannot be started",
               program.string(), ""};
}

}  // namespace

void add_training_program(CLI::App& app, Command& chosen, char** argv) {
  struct Passed {
    CLI::App* below;
    const char *name, *does;
  };
  for (const auto& [below, name, does] :
       {Passed{&app, "train",
               "Train a model from described photos, or from the shop's own log, and publish it"},
        Passed{&app, "evaluate", "Measure a model"},
        Passed{app.get_subcommand("simulate"), "ranker",
               "Let simulated shoppers train a ranker on their own log, and compare it with the hybrid"},
        Passed{app.get_subcommand("simulate"), "debiasing",
               "Train rankers where position bias and true order are known, with each correction"},
        Passed{app.get_subcommand("simulate"), "exploration",
               "Compare ways to explore by simulated shoppers: regret, purchases, new garments found"}}) {
    auto* command = below->add_subcommand(name, does);
    command->prefix_command();  // modiste-train reads the rest, --help too
    command->set_help_flag();
    command->callback(
        [&chosen, argv] { chosen = [argv](const Config&) { return become_training_program(argv); }; });
  }
}

}  // namespace modiste
