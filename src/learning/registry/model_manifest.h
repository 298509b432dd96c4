// What is known of one version of a model beside its bytes: docs/formats/models.md.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/json.h"

namespace modiste {

// What a trainer says of the model that it publishes.
struct ModelDraft {
  std::string name;                        // "occasions": lower-case letters, digits, "-" and "_"
  std::string kind;                        // format of the payload: "modiste-heads"
  std::string trained_on;                  // for people
  std::map<std::string, double> settings;  // of the training
  std::map<std::string, double> metrics;   // measured on data that was held out
  // Of the log's events that it learned from; empty for one that did not learn from a log.
  std::optional<TimePoint> data_from = {}, data_until = {};
};

struct ModelManifest : ModelDraft {
  static constexpr int kFormatVersion = 1;
  int format_version = kFormatVersion;
  int version = 0;                // from 1, ascending
  TimePoint created_at;           // UTC
  uint64_t bytes = 0;             // of the payload
  std::string sha256;             // of the payload, 64 hex digits
  std::string code_version = {};  // of the program that published it; empty: one before this was kept
};

// champion: answers requests. challenger: waits for comparison.
enum class ModelAlias : uint8_t { kChampion, kChallenger };
template <>
struct EnumNames<ModelAlias> {
  static constexpr std::array<std::string_view, 2> kNames{"champion", "challenger"};
};

template <>
struct Contract<ModelManifest> {
  using M = ModelManifest;
  static constexpr std::string_view kName = "ModelManifest";
  static constexpr std::string_view kDoc = "One version of a model.";
  static constexpr auto kFields = Fields{
      Field<M, int>{"format_version", &M::format_version, {.doc = "Of this file", .required = true}},
      Field<M, std::string>{"name", &M::name, {.doc = "Of the model", .required = true}},
      Field<M, int>{"version", &M::version, {.doc = "Of the model", .required = true, .min = 1}},
      Field<M, std::string>{"kind", &M::kind, {.doc = "Format of the payload", .required = true}},
      Field<M, TimePoint>{"created_at", &M::created_at, {.doc = "When it was published", .required = true}},
      Field<M, uint64_t>{"bytes", &M::bytes, {.doc = "Size of the payload", .required = true, .min = 0}},
      Field<M, std::string>{
          "sha256", &M::sha256, {.doc = "Of the payload, 64 hex digits", .required = true, .length_max = 64}},
      Field<M, std::string>{"trained_on", &M::trained_on, {.doc = "Data and their sizes"}},
      Field<M, std::map<std::string, double>>{"settings", &M::settings, {.doc = "Of the training"}},
      Field<M, std::map<std::string, double>>{
          "metrics", &M::metrics, {.doc = "Measured on data that was held out"}},
      Field<M, std::optional<TimePoint>>{
          "data_from", &M::data_from, {.doc = "The earliest event of the log that it learned from"}},
      Field<M, std::optional<TimePoint>>{"data_until", &M::data_until, {.doc = "And the latest"}},
      Field<M, std::string>{"code_version", &M::code_version, {.doc = "Of the program that published it"}}};
};

}  // namespace modiste
