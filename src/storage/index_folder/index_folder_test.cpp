#include "storage/index_folder/index_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "io/read_file.h"
#include "io/test_directory.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::vector<IndexSlot> kSlots{
    {"MH01", "Grey", 0xfeedfacecafebeef}, {"MH01", "Black", 1}, {"MH02", "", 0}};

class IndexFolder : public testing::Test {
 protected:
  Result<Done> save(const std::string& vectors, int at_s) {
    return write_index(folder(), kSlots, std::as_bytes(std::span(vectors)),
                       TimePoint(std::chrono::seconds(at_s)));
  }
  [[nodiscard]] const fs::path& folder() const { return directory_.path(); }
  [[nodiscard]] fs::path manifest() const { return folder() / "items.json"; }
  [[nodiscard]] std::vector<fs::path> vector_files() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder()))
      if (entry.path().extension() == ".ann") files.push_back(entry.path());
    return files;
  }
  // What reading says once the manifest reads so.
  Error refusal_of(const std::string& text) {
    std::ofstream(manifest(), std::ios::binary) << text;
    const auto read = read_index(folder());
    EXPECT_FALSE(read.ok()) << text;
    return read.ok() ? Error{} : read.error();
  }
  TestDirectory directory_;
};

TEST_F(IndexFolder, IsReadAsItWasWritten) {
  EXPECT_FALSE(read_index(folder()).value().has_value()) << "never saved";
  ASSERT_TRUE(save("vectors", 1).ok());
  const auto saved = read_index(folder());
  ASSERT_TRUE(saved.ok()) << saved.error().message();
  EXPECT_EQ((*saved)->slots, kSlots);
  EXPECT_EQ((*saved)->vectors.bytes().size(), 7U);
}

TEST_F(IndexFolder, TheOldVectorsGoWhenTheNewOnesAreNamed) {
  ASSERT_TRUE(save("old", 1).ok());
  const auto old = read_index(folder()).value();
  ASSERT_TRUE(save("newer", 2).ok());
  EXPECT_EQ(vector_files().size(), 1U);
  EXPECT_EQ(read_index(folder()).value()->vectors.bytes().size(), 5U);
  EXPECT_EQ(old->vectors.bytes().size(), 3U) << "a reader keeps what it mapped";
}

TEST_F(IndexFolder, ACrashBeforeTheManifestLeavesTheOldPair) {
  ASSERT_TRUE(save("old", 1).ok());
  std::ofstream(folder() / "vectors-00000000000000ff.ann") << "half";
  EXPECT_EQ(read_index(folder()).value()->vectors.bytes().size(), 3U);
  ASSERT_TRUE(save("new", 2).ok());
  EXPECT_EQ(vector_files().size(), 1U) << "what the crash left is removed";
}

TEST_F(IndexFolder, ATornManifestIsCorruptAtEveryByte) {
  ASSERT_TRUE(save("vectors", 1).ok());
  const auto whole = read_text_file(manifest()).value();
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(refusal_of(whole.substr(0, size)).code, Code::kCorrupt) << size;
}

TEST_F(IndexFolder, AnotherVersionIsAConflict) {
  const auto error = refusal_of(R"({"version":1,"vectors":"vectors-1.ann","items":[["MH01","Grey","01"]]})");
  EXPECT_EQ(error.code, Code::kConflict);
  EXPECT_THAT(error.message(), HasSubstr("version 1"));
  EXPECT_THAT(error.where, HasSubstr("items.json"));
}

TEST_F(IndexFolder, VectorsThatAreMissingOrOfAnotherSizeAreRefused) {
  ASSERT_TRUE(save("vectors", 1).ok());
  const auto file = vector_files().at(0);
  std::ofstream(file, std::ios::app) << "more";
  auto read = read_index(folder());
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.error().message(), HasSubstr("11 bytes, not 7"));
  fs::remove(file);
  read = read_index(folder());
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, Code::kCorrupt);
  EXPECT_THAT(read.error().message(), HasSubstr("missing"));
}

TEST_F(IndexFolder, WhatDoesNotFitTogetherIsRefused) {
  const std::string vectors = "vectors-1.ann";
  std::ofstream(folder() / vectors) << "v";
  const auto manifest_with = [](const std::string& file, const char* garments, const char* sources) {
    return R"({"version":2,"vectors":")" + file + R"(","vectors_bytes":1,"garments":)" + garments +
           R"(,"colours":["Grey"],"sources":)" + sources + "}";
  };
  std::ofstream(manifest(), std::ios::binary) << manifest_with(vectors, R"(["MH01"])", R"(["0f"])");
  EXPECT_TRUE(read_index(folder()).ok());
  EXPECT_EQ(refusal_of(manifest_with(vectors, R"(["MH01","MH02"])", R"(["0f"])")).code, Code::kCorrupt);
  EXPECT_EQ(refusal_of(manifest_with(vectors, R"(["MH01"])", R"(["0f","0f"])")).code, Code::kCorrupt);
  EXPECT_THAT(refusal_of(manifest_with(vectors, R"(["MH01"])", R"(["0g"])")).where, HasSubstr("/sources/0"));
  EXPECT_THAT(refusal_of(manifest_with("../vectors-1.ann", R"(["MH01"])", R"(["0f"])")).where,
              HasSubstr("/vectors"));
  EXPECT_THAT(refusal_of(manifest_with(vectors, R"("MH01")", R"(["0f"])")).where, HasSubstr("/garments"));
}

}  // namespace
}  // namespace modiste
