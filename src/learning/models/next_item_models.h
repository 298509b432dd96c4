// The models of next items by name. A new one is its file and a line here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "learning/models/next_item_model.h"

namespace modiste {

// Of what the rows are: the defaults that were chosen differ.
enum class HistoryKind { kShoppers, kSessions };

// "popularity", "item-knn", ...: in the order in which they are compared; those that are made for the kind.
[[nodiscard]] std::vector<std::string> next_item_model_names(HistoryKind kind);
// kInvalid: no such model; the error lists the names.
Result<std::unique_ptr<NextItemModel>> make_next_item_model(const std::string& name, HistoryKind kind);

}  // namespace modiste
