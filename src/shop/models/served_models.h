// The kinds of trained models that a shop serves with: one row each. A new kind is a new file with its
// ServedModel, a test, and its name in the two lists below (CONTRIBUTING.md).
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "learning/registry/model_registry.h"
#include "serving/shop.h"

namespace modiste {

struct ServedModel {
  std::string_view name;       // in the registry
  std::string_view kind;       // format of its payload
  std::string_view otherwise;  // what serves as version 0
  // Puts the model in use; null: what serves as version 0. An error leaves in use what was. A row without
  // this function is taken when the shop opens, and not changed while it is open.
  Result<Done> (*use)(const StoredModel* model, Shop& shop);
  // Why this version should not become the champion, by what its training measured; empty: nothing speaks
  // against it. Null: no such gate.
  std::string (*refusal)(const ModelManifest& manifest) = nullptr;
  // Puts the model beside the one in use, to be compared with it on live requests; null: none. A row without
  // this function has challengers that wait and are not compared.
  Result<Done> (*shadow)(const StoredModel* model, Shop& shop) = nullptr;
};

// Declared here, defined each in its own file.
extern const ServedModel kServedOccasions, kServedFit, kServedOutfits, kServedRanker, kServedNextChoices,
    kServedTaste, kServedEncoder;

inline constexpr std::array kServedModels{&kServedOccasions,   &kServedFit,   &kServedOutfits, &kServedRanker,
                                          &kServedNextChoices, &kServedTaste, &kServedEncoder};

// For a row's refusal: a number that the version's training measured.
[[nodiscard]] std::optional<double> metric_of(const ModelManifest& manifest, const std::string& name);

// For a row's refusal: why a version that so many shoppers judged should not serve; empty: they are enough
// (kWitnessesMin of learning/evaluation/bootstrap.h).
[[nodiscard]] std::string refusal_by_few(double judges);

// For a row's refusal: why a version whose training did not measure all of these should not serve; empty: it
// did. Only of what every version that was judged has measured.
[[nodiscard]] std::string refusal_by_gap(const ModelManifest& manifest,
                                         std::initializer_list<std::string> names);

// For a row's refusal: why a model whose loss on what was held out is not surely below that of `rival` (95%)
// should not serve. A version without these metrics, as older trainings made them, is not refused; one
// without an interval is judged by the means.
[[nodiscard]] std::string refusal_by_loss(const ModelManifest& manifest, const std::string& rival,
                                          std::string_view what_serves);

// kInvalid: not the payload that models of this row have.
Result<Done> check_kind(const ServedModel& row, const ModelManifest& manifest);

[[nodiscard]] inline std::string_view payload_text(const StoredModel& model) {
  return {reinterpret_cast<const char*>(model.payload.data()), model.payload.size()};
}

}  // namespace modiste
