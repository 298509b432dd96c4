// A shopper's body and true sizes: a small value within the shopper's state.
//
// The size is a Gaussian on the line of size_position(), one per chart. Only the evidence is stored, in
// information form, without the prior from the body (style/fit_model.h): the prior changes when the shopper
// states more measurements and when the model is fitted again.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "events/event.h"
#include "vocabulary/size.h"

namespace modiste {

struct SizeEvidence {
  static constexpr size_t kWornMax = 16;

  double information = 0;  // 1 / variance
  double weighted = 0;     // information * mean
  int observations = 0;    // sizes stated, or chosen and not sent back as too small or too large
  // Positions of the sizes that the shopper stated, or bought and did not send back as too small or too
  // large; latest last, at most kWornMax.
  std::vector<double> worn;

  friend bool operator==(const SizeEvidence&, const SizeEvidence&) = default;
};

struct FitProfile {
  BodyProfile body;
  std::map<std::string, SizeEvidence> sizes;  // by the chart's name; at most one per chart

  [[nodiscard]] const SizeEvidence* evidence(SizeChart chart) const;
  [[nodiscard]] SizeEvidence& evidence(SizeChart chart);

  friend bool operator==(const FitProfile&, const FitProfile&) = default;
};

template <>
struct EnumNames<SizeChart> {
  static constexpr std::array<std::string_view, kSizeChartCount> kNames{
      "women", "men", "shoes_women", "shoes_men", "kids", "shoes_kids", "accessories"};
};

template <>
struct Contract<SizeEvidence> {
  static constexpr std::string_view kName = "SizeEvidence";
  static constexpr std::string_view kDoc = "A Gaussian over a true size, in information form.";
  static constexpr auto kFields = Fields{
      field("information", &SizeEvidence::information, {.doc = "1 / variance", .min = 0}),
      field("weighted", &SizeEvidence::weighted, {.doc = "information * mean"}),
      field("observations", &SizeEvidence::observations,
            {.doc = "Number of sizes stated, or chosen and kept", .min = 0}),
      field("worn", &SizeEvidence::worn,
            {.doc = "Positions of sizes stated, or bought and kept", .items_max = SizeEvidence::kWornMax})};
};

template <>
struct Contract<FitProfile> {
  static constexpr std::string_view kName = "FitProfile";
  static constexpr std::string_view kDoc = "Body and true sizes of a shopper, where known.";
  static constexpr auto kFields =
      Fields{field("body", &FitProfile::body, {.doc = "Measurements that the shopper stated"}),
             field("sizes", &FitProfile::sizes,
                   {.doc = "Evidence of the true size, by size chart", .items_max = kSizeChartCount})};
};

}  // namespace modiste
