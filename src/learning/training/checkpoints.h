// What a training has done so far, kept where a killed process does not take it, so that the next run goes on
// from there and ends with the same model.
//
// A stage is one thing that is fitted: "tried", "all". Its bytes say what they are about, a hash of all that
// was given to it; what is about something else is left aside. Both functions may be empty: nothing is kept.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace modiste {

struct Checkpoints {
  std::function<std::string(std::string_view stage)> recall;  // what was kept last; empty: nothing
  std::function<void(std::string_view stage, std::string_view bytes)> keep;
};

// In files NAME.STAGE.checkpoint of the folder.
[[nodiscard]] Checkpoints checkpoints_in(const std::filesystem::path& folder, std::string_view name);
// When the training has ended.
void remove_checkpoints(const std::filesystem::path& folder, std::string_view name);

}  // namespace modiste
