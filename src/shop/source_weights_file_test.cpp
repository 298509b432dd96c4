#include "shop/source_weights_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "io/test_directory.h"

namespace modiste {
namespace {

struct SourceWeightsFileTest : testing::Test {
  TestDirectory folder;
  std::filesystem::path file = folder.path() / "data" / "source-weights.json";
};

TEST_F(SourceWeightsFileTest, WithoutAFileEveryWeightIsOne) {
  EXPECT_EQ(read_source_weights(file).value(), SourceWeights{});
}

TEST_F(SourceWeightsFileTest, ReadsWhatWasWritten) {
  const SourceWeights weights{.content = 0.5, .neighbours = 4};
  ASSERT_TRUE(write_source_weights(file, {.weights = weights, .history = "ours", .shoppers = 12}).ok());
  EXPECT_EQ(read_source_weights(file).value(), weights);
}

TEST_F(SourceWeightsFileTest, RefusesAnotherVersionAndWhatItCannotRead) {
  std::filesystem::create_directories(file.parent_path());
  for (const char* text :
       {R"({"version":2,"weights":{}})", R"({"version":1,"weights":{"content":-1}})", "{"}) {
    std::ofstream(file) << text;
    const auto read = read_source_weights(file);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().code, Code::kCorrupt);
    EXPECT_EQ(read.error().where, file.string());
  }
}

}  // namespace
}  // namespace modiste
