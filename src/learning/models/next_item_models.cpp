#include "learning/models/next_item_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "learning/models/als.h"
#include "learning/models/blend_model.h"
#include "learning/models/counts_model.h"
#include "learning/models/ease.h"
#include "learning/models/item_knn.h"
#include "learning/models/popularity_model.h"
#include "learning/models/sequence_model.h"
#include "learning/models/session_knn.h"

namespace modiste {
namespace {

using ModelPtr = std::unique_ptr<NextItemModel>;
struct NamedModel {
  std::string_view name;
  bool shoppers, sessions;  // made for
  ModelPtr (*make)(HistoryKind);
};

ModelPtr make_counts(HistoryKind kind) {
  return std::make_unique<CountsModel>(kind == HistoryKind::kSessions ? counts_of_sessions()
                                                                      : CountsOptions());
}
ModelPtr make_session_knn(HistoryKind kind) {
  return std::make_unique<SessionKnn>(kind == HistoryKind::kSessions ? SessionKnnOptions()
                                                                     : knn_of_shoppers());
}
ModelPtr make_spectral_bag(HistoryKind kind) {
  return std::make_unique<SequenceModel>("spectral-bag", kind, spectral_bag_options());
}
ModelPtr make_transformer(HistoryKind kind) {
  return std::make_unique<SequenceModel>("transformer", kind, sequence_transformer_options());
}
template <class Model>
ModelPtr make_plain(HistoryKind) {
  return std::make_unique<Model>();
}

constexpr std::array<NamedModel, 9> kModels{{
    {"popularity", true, true, make_plain<PopularityModel>},
    {"item-knn", true, true, make_plain<ItemKnn>},
    {"ease", true, true, make_plain<Ease>},
    {"als", true, true, make_plain<Als>},
    {"counts", true, true, make_counts},
    {"session-knn", true, true, make_session_knn},
    {"spectral-bag", true, false, make_spectral_bag},
    {"transformer", false, true, make_transformer},
    {"blend", true, true, [](HistoryKind kind) -> ModelPtr { return std::make_unique<BlendModel>(kind); }},
}};

}  // namespace

std::vector<std::string> next_item_model_names(HistoryKind kind) {
  std::vector<std::string> names;
  for (const NamedModel& model : kModels)
    if (kind == HistoryKind::kSessions ? model.sessions : model.shoppers) names.emplace_back(model.name);
  return names;
}

Result<std::unique_ptr<NextItemModel>> make_next_item_model(const std::string& name, HistoryKind kind) {
  for (const NamedModel& model : kModels)
    if (model.name == name) return model.make(kind);
  return Error{Code::kInvalid, fmt::format("unknown model \"{}\"", name), "",
               fmt::format("{}", fmt::join(next_item_model_names(kind), ", "))};
}

}  // namespace modiste
