#include "style/fit_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modiste {
namespace {

using testing::HasSubstr;

FitParameters fitted() {
  FitParameters parameters;
  parameters.meaning = FitMeaning::kReview;
  parameters.slope = -0.37 / 3;
  parameters.size_by_body.assign(kBodyFeatures, 0.1);
  parameters.shift_by_body.assign(kBodyFeatures, -1.0 / 7);
  parameters.category_run = {{"dress", 0.25}, {"gown", -0.5}};
  return parameters;
}

TEST(FitFormat, ParametersAreReadBackToTheLastDigit) {
  for (const FitParameters& parameters : {FitParameters(), fitted()}) {
    const auto file = serialize_fit(parameters);
    const auto read = parse_fit(file);
    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(serialize_fit(*read), file);
    EXPECT_EQ(read->meaning, parameters.meaning);
    EXPECT_EQ(read->slope, parameters.slope);
    EXPECT_EQ(read->size_by_body, parameters.size_by_body);
    EXPECT_EQ(read->shift_by_body, parameters.shift_by_body);
    EXPECT_EQ(read->prior_variance, parameters.prior_variance);
    EXPECT_EQ(read->category_run, parameters.category_run);
  }
}

std::string refusal(std::string_view part, std::string_view instead) {
  std::string file = serialize_fit(fitted());
  const size_t at = file.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  file.replace(at, part.size(), instead);
  const auto read = parse_fit(file);
  if (read.ok()) return "accepted";
  EXPECT_EQ(read.error().code, Code::kCorrupt);
  return read.error().message();
}

TEST(FitFormat, RefusesWhatNoFitGives) {
  EXPECT_THAT(refusal("\"format_version\":1", "\"format_version\":2"), HasSubstr("version 2"));
  EXPECT_THAT(refusal("modiste-fit-model", "modiste-heads"), HasSubstr("modiste-heads"));
  EXPECT_THAT(refusal("\"review\"", "\"opinion\""), HasSubstr("/parameters/meaning"));
  EXPECT_THAT(refusal("[0.1,0.1,", "[0.1,"), HasSubstr("/parameters/size_by_body"));
  EXPECT_THAT(refusal("[9,6,2.5]", "[9,0,2.5]"), HasSubstr("/parameters/prior_variance"));
  EXPECT_THAT(refusal("\"choice_variance\":0.7", "\"choice_variance\":-1"), HasSubstr("choice_variance"));
  EXPECT_THAT(refusal("\"threshold_small\":-2", "\"threshold_small\":3"), HasSubstr("threshold_small"));
  EXPECT_THAT(refusal("\"dress\":0.25", "\"dress\":1e9"), HasSubstr("category_run"));
  EXPECT_THAT(refusal("\"slope\"", "\"slopes\""), HasSubstr("slopes"));
}

}  // namespace
}  // namespace modiste
