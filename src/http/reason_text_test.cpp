#include "http/reason_text.h"

#include <gtest/gtest.h>

#include <set>

namespace modiste::http {
namespace {

ReasonArgs all_args() {
  ReasonArgs args;
  args.terms = {"linen", "olive"};
  args.words = {"warm", "rain"};
  args.style = "Coastal";
  args.garment_id = "G1";
  args.title = "Linen shirt";
  args.brand = "Mare";
  args.size = "M";
  args.occasion = Occasion::kBeach;
  args.season = Season::kSummer;
  args.temperature_c = -3.0;
  args.note = "Cropped jackets lengthen the legs";
  args.count = 3;
  return args;
}

TEST(ReasonText, WordsEveryCodeWithWhatItSpeaksOf) {
  std::set<std::string> texts;
  for (size_t code = 0; code < EnumNames<ReasonCode>::kNames.size(); ++code) {
    const std::string text = reason_text({static_cast<ReasonCode>(code), all_args()});
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
    EXPECT_TRUE(texts.insert(text).second) << text << " stands for two codes";
  }
}

TEST(ReasonText, ReadsAsASentence) {
  EXPECT_EQ(reason_text({ReasonCode::kLikesTerms, all_args()}), "You lean to linen and olive");
  EXPECT_EQ(reason_text({ReasonCode::kStyleLikesTerms, all_args()}),
            "Your style “Coastal” leans to linen and olive");
  EXPECT_EQ(reason_text({ReasonCode::kBalanced, all_args()}), "Balanced: linen above, olive below");
  EXPECT_EQ(reason_text({ReasonCode::kSaysWords, all_args()}), "Mentions “warm”, “rain”");
  EXPECT_EQ(reason_text({ReasonCode::kForOccasion, all_args()}), "For the beach");
  EXPECT_EQ(reason_text({ReasonCode::kWarmEnough, all_args()}), "Warm enough for -3 °C");
  EXPECT_EQ(reason_text({ReasonCode::kRunsSmall, all_args()}), "Runs small: take M");
}

}  // namespace
}  // namespace modiste::http
