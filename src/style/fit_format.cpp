#include "style/fit_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace modiste {

namespace {

constexpr int kFormatVersion = 1;
constexpr double kWeightMax = 1e4;  // far beyond what a fit gives, in positions and logits

struct FitFile {
  std::string format{kFitModelKind};
  int format_version = kFormatVersion;
  FitParameters parameters;
};

constexpr FieldSpec number(std::string_view doc) {
  return {.doc = doc, .required = true, .min = -kWeightMax, .max = kWeightMax};
}
constexpr FieldSpec variance(std::string_view doc) {
  return {.doc = doc, .required = true, .min = 1e-9, .max = kWeightMax};
}

Error corrupt(std::string what, std::string where, std::string expected) {
  return {Code::kCorrupt, std::move(what), std::move(where), std::move(expected)};
}

Result<Done> check(const FitParameters& p) {
  const auto list = [](const std::vector<double>& values, std::string_view name, size_t size,
                       bool may_be_empty) -> Result<Done> {
    const bool right = values.size() == size || (may_be_empty && values.empty());
    if (!right)
      return corrupt(fmt::format("the list has {} numbers", values.size()),
                     fmt::format("/parameters/{}", name), std::to_string(size));
    if (std::any_of(values.begin(), values.end(), [](double v) { return !(std::abs(v) <= kWeightMax); }))
      return corrupt("a number is out of range", fmt::format("/parameters/{}", name),
                     fmt::format("within {}", kWeightMax));
    return kOk;
  };
  TRY(list(p.size_by_body, "size_by_body", kBodyFeatures, true));
  TRY(list(p.shift_by_body, "shift_by_body", kBodyFeatures, true));
  TRY(list(p.prior_variance, "prior_variance", kBodyKnownCount, false));
  if (std::any_of(p.prior_variance.begin(), p.prior_variance.end(), [](double v) { return v <= 0; }))
    return corrupt("a variance is not positive", "/parameters/prior_variance", "above 0");
  if (p.slope == 0) return corrupt("the slope is 0", "/parameters/slope", "a number other than 0");
  if (p.threshold_small >= p.threshold_large)
    return corrupt("the thresholds are in the wrong order", "/parameters/threshold_small",
                   "less than threshold_large");
  return kOk;
}

}  // namespace

template <>
struct Contract<FitParameters> {
  using P = FitParameters;
  static constexpr std::string_view kName = "FitParameters";
  static constexpr std::string_view kDoc = "What a fit model has learned from many shoppers.";
  static constexpr auto kFields = Fields{
      field("meaning", &P::meaning, {.doc = "What the outcomes report", .required = true}),
      field("slope", &P::slope, number("Logits per position")),
      field("threshold_small", &P::threshold_small, number("In logits")),
      field("threshold_large", &P::threshold_large, number("In logits")),
      field("size_by_body", &P::size_by_body, {.doc = "By body feature; empty: the defaults"}),
      field("shift_by_body", &P::shift_by_body, {.doc = "By body feature; empty: none"}),
      field("prior_variance", &P::prior_variance, {.doc = "By what is known of the body", .required = true}),
      field("choice_variance", &P::choice_variance, variance("Of the chosen size around the true one")),
      field("run_variance", &P::run_variance, variance("Of a garment's run around its category's")),
      field("tolerance_variance", &P::tolerance_variance, variance("Of a garment's tolerance")),
      field("taken_variance", &P::taken_variance, variance("Of how garments are taken")),
      field("category_run", &P::category_run,
            {.doc = "By category, in logits", .min = -kWeightMax, .max = kWeightMax, .items_max = 5'000})};
};

template <>
struct Contract<FitFile> {
  static constexpr std::string_view kName = "FitModelFile";
  static constexpr auto kFields =
      Fields{field("format", &FitFile::format, {.doc = "modiste-fit-model", .required = true}),
             field("format_version", &FitFile::format_version, {.doc = "Of this file", .required = true}),
             field("parameters", &FitFile::parameters, {.doc = "What was fitted", .required = true})};
};

std::string serialize_fit(const FitParameters& parameters) {
  FitFile file;
  file.parameters = parameters;
  return to_json_text(file);
}

Result<FitParameters> parse_fit(std::string_view text) {
  auto read = from_json_text<FitFile>(text);
  if (!read.ok())
    return corrupt(
        read.error().what, read.error().where,
        read.error().expected.empty() ? "a file that `modiste train fit` publishes" : read.error().expected);
  if (read->format != kFitModelKind || read->format_version != kFormatVersion)
    return corrupt(fmt::format("unsupported format '{}' version {}", read->format, read->format_version),
                   "fit model", fmt::format("{} version {}", kFitModelKind, kFormatVersion));
  TRY(check(read->parameters));
  return std::move(read->parameters);
}

}  // namespace modiste
