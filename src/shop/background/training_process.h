// The program that trains, as a process beside this one: what it takes of memory and time is its own, and
// its death is an error like another.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "serving/jobs.h"
#include "shop/config.h"

namespace modiste {

// modiste-train, beside the program that runs. kNotFound: it is not installed.
Result<std::filesystem::path> training_program();

// A training that ends between two checkpoints needs seconds.
constexpr std::chrono::milliseconds kStopPatience{10'000};

// Runs it with a low priority until it ends, prints what it prints, and ends it when the report says stop: by
// SIGTERM, and by SIGKILL if it still runs after `patience`, the longest that a stop takes.
// kUnavailable: it cannot be started, was killed or failed; what it said last.
Result<Done> run_training(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                          JobReport& report, std::chrono::milliseconds patience = kStopPatience);

// `modiste train --schedule` on the directory of the configuration.
[[nodiscard]] std::vector<std::string> schedule_arguments(const Config& config);

}  // namespace modiste
