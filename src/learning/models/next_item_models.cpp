#include "learning/models/next_item_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "learning/models/blend_model.h"
#include "learning/models/counts_model.h"
#include "learning/models/ease.h"
#include "learning/models/item_knn.h"
#include "learning/models/popularity_model.h"
#include "learning/models/session_knn.h"

namespace modiste {
namespace {

using MakeModel = std::unique_ptr<NextItemModel> (*)(HistoryKind);
struct NamedModel {
  std::string_view name;
  MakeModel make;
};

constexpr std::array<NamedModel, 6> kModels{{
    {"popularity",
     [](HistoryKind) -> std::unique_ptr<NextItemModel> { return std::make_unique<PopularityModel>(); }},
    {"item-knn", [](HistoryKind) -> std::unique_ptr<NextItemModel> { return std::make_unique<ItemKnn>(); }},
    {"ease", [](HistoryKind) -> std::unique_ptr<NextItemModel> { return std::make_unique<Ease>(); }},
    {"counts",
     [](HistoryKind kind) -> std::unique_ptr<NextItemModel> {
       return std::make_unique<CountsModel>(kind == HistoryKind::kSessions ? counts_of_sessions()
                                                                           : CountsOptions());
     }},
    {"session-knn",
     [](HistoryKind kind) -> std::unique_ptr<NextItemModel> {
       return std::make_unique<SessionKnn>(kind == HistoryKind::kSessions ? SessionKnnOptions()
                                                                          : knn_of_shoppers());
     }},
    {"blend",
     [](HistoryKind kind) -> std::unique_ptr<NextItemModel> { return std::make_unique<BlendModel>(kind); }},
}};

}  // namespace

std::vector<std::string> next_item_model_names() {
  std::vector<std::string> names;
  for (const NamedModel& model : kModels) names.emplace_back(model.name);
  return names;
}

Result<std::unique_ptr<NextItemModel>> make_next_item_model(const std::string& name, HistoryKind kind) {
  for (const NamedModel& model : kModels)
    if (model.name == name) return model.make(kind);
  return Error{Code::kInvalid, fmt::format("unknown model \"{}\"", name), "",
               fmt::format("{}", fmt::join(next_item_model_names(), ", "))};
}

}  // namespace modiste
