#include "storage/index_folder/index_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "io/killed_directory.h"
#include "io/posix_files.h"
#include "io/read_file.h"
#include "io/test_directory.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

Result<Done> put_text(const PutSection& put, std::string_view name, const std::string& text) {
  return put(name, [&](const ByteSink& sink) -> Result<Done> {
    if (sink(std::as_bytes(std::span(text)))) return kOk;
    return Error{Code::kUnavailable, "full", "", ""};
  });
}

class IndexFolder : public testing::Test {
 protected:
  Result<Done> save(Directory& disk, const std::string& words, int at_s) {
    return write_index(disk, TimePoint(std::chrono::seconds(at_s)),
                       [&](const PutSection& put) -> Result<Done> {
                         TRY(put_text(put, "words", words));
                         TRY(put_text(put, "nothing", ""));
                         return put_text(put, "many", std::string(many_, 'm'));
                       });
  }
  Result<Done> save(const std::string& words, int at_s) {
    const auto disk = PosixDirectory::open_or_create(folder()).value();
    return save(*disk, words, at_s);
  }
  static std::string text_of(const KeptBytes& kept) {
    return {reinterpret_cast<const char*>(kept.bytes.data()), kept.bytes.size()};
  }
  // The words that are there; "" without an index.
  std::string words() {
    const auto read = read_index(folder());
    EXPECT_TRUE(read.ok()) << read.error().message();
    return read.ok() && *read ? text_of((*read)->at("words")) : "";
  }
  [[nodiscard]] const fs::path& folder() const { return directory_.path(); }
  [[nodiscard]] std::vector<fs::path> files() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder())) files.push_back(entry.path());
    return files;
  }
  TestDirectory directory_;
  size_t many_ = 3'000'000;
};

TEST_F(IndexFolder, IsReadAsItWasWritten) {
  EXPECT_EQ(words(), "") << "never saved";
  ASSERT_TRUE(save("linen dress", 1).ok());
  const auto saved = read_index(folder());
  ASSERT_TRUE(saved.ok()) << saved.error().message();
  EXPECT_EQ((*saved)->size(), 3U);
  EXPECT_EQ(text_of((*saved)->at("words")), "linen dress");
  EXPECT_EQ(text_of((*saved)->at("nothing")), "");
  EXPECT_TRUE(text_of((*saved)->at("many")) == std::string(3'000'000, 'm'));
  EXPECT_EQ(reinterpret_cast<uintptr_t>((*saved)->at("many").bytes.data()) % 4096, 0U);
}

TEST_F(IndexFolder, AReaderKeepsWhatItMapped) {
  std::ofstream(folder() / "items.json") << "of an earlier version";
  ASSERT_TRUE(save("old", 1).ok());
  const auto old = read_index(folder()).value();
  ASSERT_TRUE(save("newer", 2).ok());
  EXPECT_EQ(files().size(), 1U);
  EXPECT_EQ(words(), "newer");
  EXPECT_EQ(text_of(old->at("words")), "old");
}

TEST_F(IndexFolder, AKillAtAnyStepLeavesTheOldOneOrTheNewOne) {
  many_ = 200'000;  // each step saves two indexes to the disk
  for (int changes = 0;; ++changes) {
    ASSERT_TRUE(save("old", 1).ok());
    KilledBefore process(PosixDirectory::open_or_create(folder()).value(), changes);
    const bool ended = save(process, "new", 2).ok();
    const std::string left = words();
    EXPECT_TRUE(left == "new" || (left == "old" && !ended)) << changes << left;
    for (const auto& file : files()) fs::remove(file);
    if (ended) break;
  }
}

TEST_F(IndexFolder, OneThatFailsLeavesTheRoomThatThereWas) {
  ASSERT_TRUE(save("old", 1).ok());
  const auto disk = PosixDirectory::open_or_create(folder()).value();
  const auto failed = write_index(*disk, TimePoint(), [&](const PutSection& put) -> Result<Done> {
    TRY(put_text(put, "many", std::string(3'000'000, 'm')));
    return Error{Code::kUnavailable, "the disk is full", "", ""};
  });
  EXPECT_EQ(failed.error().what, "the disk is full");
  EXPECT_EQ(files().size(), 1U);
  EXPECT_EQ(words(), "old");

  std::ofstream(folder() / "unfinished") << "of a process that was killed";
  remove_unfinished_index(folder());
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(IndexFolder, WhatIsCutShortOrAlteredIsRefused) {
  ASSERT_TRUE(save("words", 1).ok());
  const auto file = files().at(0);
  const std::string whole = read_text_file(file).value();
  const auto code_of = [&](const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    const auto read = read_index(folder());
    return read.ok() ? std::optional<Code>() : std::optional(read.error().code);
  };
  for (size_t size = 0; size < whole.size(); size += 49'999)
    EXPECT_EQ(code_of(whole.substr(0, size)), Code::kCorrupt) << size;
  for (const size_t place : {size_t{4'096}, whole.size() / 2, whole.size() - 200, whole.size() - 3}) {
    std::string altered = whole;
    altered[place] = static_cast<char>(altered[place] ^ 4);
    EXPECT_EQ(code_of(altered), Code::kCorrupt) << place;
  }
  std::string other = whole;
  other[7] = '9';
  EXPECT_EQ(code_of(other), Code::kConflict);
  EXPECT_FALSE(code_of(whole));
}

}  // namespace
}  // namespace modiste
