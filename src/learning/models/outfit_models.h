// The models of outfits by name. A new one is its file and a line here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "learning/models/outfit_model.h"

namespace modiste {

// "chance", "popularity", ...: in the order in which they are compared.
[[nodiscard]] std::vector<std::string> outfit_model_names();
// served: of the size that a shop serves with. kInvalid: no such model; the error lists the names.
Result<std::unique_ptr<OutfitModel>> make_outfit_model(const std::string& name, bool served = false);

}  // namespace modiste
