// What the two programs share: the options before a subcommand, the configuration, how a failure is reported.
#pragma once

#include <functional>
#include <string>

#include "apps/modiste/commands.h"

namespace modiste {

// Parses the command line, runs the subcommand that it names and answers the exit status. add: adds
// subcommands.
int run_program(int argc, char** argv, const std::string& description,
                const std::function<void(CLI::App& app, Command& chosen)>& add);

}  // namespace modiste
