#include "shop/models/shop_models.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/mutex.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/registry/metric_names.h"

namespace modiste {

Result<Done> check_kind(const ServedModel& row, const ModelManifest& manifest) {
  if (manifest.kind == row.kind) return kOk;
  return Error{
      Code::kInvalid,
      fmt::format("model {} version {} is of kind {}", manifest.name, manifest.version, manifest.kind), "",
      std::string(row.kind)};
}

std::optional<double> metric_of(const ModelManifest& manifest, const std::string& name) {
  const auto found = manifest.metrics.find(name);
  return found == manifest.metrics.end() ? std::nullopt : std::optional(found->second);
}

std::string refusal_by_few(double judges) {
  if (judges >= static_cast<double>(kWitnessesMin)) return "";
  return fmt::format("{:.0f} shoppers judged it, and at least {} must, for chance decides among fewer",
                     judges, kWitnessesMin);
}

std::string refusal_by_gap(const ModelManifest& manifest, std::initializer_list<std::string> names) {
  for (const std::string& name : names)
    if (!metric_of(manifest, name))
      return fmt::format("its training did not measure {}: train it again with this version of Modiste",
                         name);
  return "";
}

std::string refusal_by_loss(const ModelManifest& manifest, const std::string& rival,
                            std::string_view what_serves) {
  using namespace metric_names;
  const auto own = metric_of(manifest, kLogLoss), others = metric_of(manifest, name_of(kLogLoss, rival));
  if (!own || !others) return "";
  const auto low = metric_of(manifest, name_of(kGainLow, rival)),
             high = metric_of(manifest, name_of(kGainHigh, rival));
  if (!low || !high)
    return *own < *others
               ? ""
               : fmt::format(
                     "it does not predict what was held out better than {}: log-loss {:.4f} and {:.4f}",
                     what_serves, *own, *others);
  if (*low > 0) return "";
  return fmt::format(
      "it does not surely predict what was held out better than {}: log-loss {:.4f} and {:.4f}, difference "
      "{:+.4f} to {:+.4f} (95%)",
      what_serves, *own, *others, *low, *high);
}

ShopModels::ShopModels(const ModelRegistry& registry, Shop& shop, std::optional<int> encoder_version)
    : registry_(registry), shop_(shop) {
  for (const ServedModel* row : kServedModels) {
    const bool encoder = row == &kServedEncoder;
    if (!encoder || encoder_version) states_.push_back({row, encoder ? *encoder_version : 0, 0, ""});
  }
  refused_.resize(states_.size());
}

// The version that is in use afterwards.
Result<int> ShopModels::use_champion(const State& state) {
  const ServedModel& row = *state.row;
  TRY_ASSIGN(const int version, registry_.version_of(row.name, ModelAlias::kChampion));
  if (version == state.version) return version;
  if (row.use == nullptr)
    return Error{Code::kConflict,
                 fmt::format("model {} version {} is taken at the next start", row.name, version), "", ""};
  if (version == 0) {
    TRY(row.use(nullptr, shop_));
    return 0;
  }
  TRY_ASSIGN(const auto model, registry_.read(row.name, version));
  TRY(check_kind(row, model.manifest));
  if (auto used = row.use(&model, shop_); !used.ok()) {
    Error error = std::move(used).error();
    error.what = fmt::format("model {} version {} cannot be used: {}", row.name, version, error.what);
    return error;
  }
  return version;
}

// The version that is compared afterwards; 0 where the challenger is the champion.
Result<int> ShopModels::shadow_challenger(const State& state) {
  const ServedModel& row = *state.row;
  if (row.shadow == nullptr) return 0;
  TRY_ASSIGN(int version, registry_.version_of(row.name, ModelAlias::kChallenger));
  if (version == state.version) version = 0;
  if (version == state.challenger) return version;
  if (version == 0) {
    TRY(row.shadow(nullptr, shop_));
    return 0;
  }
  TRY_ASSIGN(const auto model, registry_.read(row.name, version));
  TRY(check_kind(row, model.manifest));
  if (auto used = row.shadow(&model, shop_); !used.ok()) {
    Error error = std::move(used).error();
    error.what = fmt::format("model {} version {} cannot be compared: {}", row.name, version, error.what);
    return error;
  }
  return version;
}

Result<int> ShopModels::take_unless(Refused& refused, ModelAlias alias, const State& state, Take take) {
  const auto version = registry_.version_of(state.row->name, alias);
  const bool same = version.ok() && refused.why && *version == refused.version;
  if (same && ++refused.looks < kLooksUntilAgain) return *refused.why;
  auto taken = (this->*take)(state);
  refused = {};
  if (!taken.ok() && version.ok()) refused = {*version, 0, taken.error()};
  return taken;
}

Result<Done> ShopModels::use_champions() {
  for (size_t i = 0; i < refused_.size(); ++i) {
    const State state = state_of(i);
    if (state.row->use == nullptr) continue;
    auto version = use_champion(state);
    if (!version.ok()) {
      Error error = std::move(version).error();
      error.expected +=
          fmt::format("{}a champion that can be used: `modiste models promote {} VERSION`, 0 for {}",
                      error.expected.empty() ? "" : "; or ", state.row->name, state.row->otherwise);
      return error;
    }
    const MutexLock lock(mutex_);
    states_[i].version = *version;
  }
  return kOk;
}

void ShopModels::look() {
  look_at_champions();
  for (size_t i = 0; i < refused_.size(); ++i) {
    const State state = state_of(i);
    const auto version =
        take_unless(refused_[i][1], ModelAlias::kChallenger, state, &ShopModels::shadow_challenger);
    const std::string trouble = version.ok() ? "" : version.error().message();
    const MutexLock lock(mutex_);
    if (version.ok() && *version != state.challenger) {
      if (*version > 0)
        spdlog::info("model {}: version {} is compared on live requests", state.row->name, *version);
      states_[i].challenger = *version;
    }
    if (trouble != state.challenger_trouble && !trouble.empty()) spdlog::error("{}", trouble);
    states_[i].challenger_trouble = trouble;
  }
}

void ShopModels::look_at_champions() {
  for (size_t i = 0; i < refused_.size(); ++i) {
    const State state = state_of(i);
    const auto version = take_unless(refused_[i][0], ModelAlias::kChampion, state, &ShopModels::use_champion);
    const std::string trouble = version.ok() ? "" : version.error().message();
    const MutexLock lock(mutex_);
    if (version.ok() && *version != state.version) {
      spdlog::info("model {}: version {} serves instead of {}", state.row->name, *version, state.version);
      states_[i].version = *version;
    }
    if (trouble == state.trouble) continue;
    states_[i].trouble = trouble;
    if (version.ok()) continue;
    if (state.row->use == nullptr && version.error().code == Code::kConflict) {
      spdlog::info("{}", trouble);
      continue;
    }
    ++states_[i].refused;
    spdlog::error("{}; version {} goes on serving", trouble, state.version);
  }
}

ShopModels::State ShopModels::state_of(size_t index) const {
  const MutexLock lock(mutex_);
  return states_[index];
}

std::vector<ShopModels::State> ShopModels::states() const {
  const MutexLock lock(mutex_);
  return states_;
}

}  // namespace modiste
