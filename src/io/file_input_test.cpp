#include "io/file_input.h"

#include <gtest/gtest.h>

#include <fstream>

#include "io/gzip.h"
#include "io/test_directory.h"

namespace modiste {
namespace {

class FileInputTest : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, std::string_view bytes) {
    std::ofstream(directory_.path() / name, std::ios::binary) << bytes;
    return directory_.path() / name;
  }
  static Result<std::string> read(const std::filesystem::path& file) {
    TRY_ASSIGN(auto input, FileInput::open(file));
    std::string text, piece(777, '\0');
    while (true) {
      TRY_ASSIGN(const size_t count, input.read(piece));
      if (count == 0) return text;
      text.append(piece, 0, count);
    }
  }
  TestDirectory directory_;
};

std::string long_text() {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST_F(FileInputTest, ReadsPackedAndPlainAlike) {
  EXPECT_EQ(read(write("a.gz", gzip(long_text()))).value(), long_text());
  EXPECT_EQ(read(write("a.txt", long_text())).value(), long_text());
  EXPECT_EQ(read(write("empty", "")).value(), "");
}

TEST_F(FileInputTest, ATornFileIsNoWholeOne) {
  const std::string whole = gzip(long_text());
  for (const size_t size : {whole.size() / 2, whole.size() - 4}) {
    const auto torn = read(write("torn.gz", std::string_view(whole).substr(0, size)));
    ASSERT_FALSE(torn.ok()) << size;
    EXPECT_EQ(torn.error().code, Code::kCorrupt);
  }
  std::string flipped = whole;
  flipped[whole.size() / 2] = static_cast<char>(~flipped[whole.size() / 2]);
  EXPECT_FALSE(read(write("flipped.gz", flipped)).ok());
}

TEST_F(FileInputTest, SaysWhatCannotBeOpened) {
  EXPECT_EQ(FileInput::open(directory_.path() / "none").error().code, Code::kNotFound);
  EXPECT_EQ(FileInput::open(directory_.path()).error().code, Code::kInvalid);
}

TEST_F(FileInputTest, WholeFilesAreUnpackedWithinALimit) {
  const auto file = write("a.gz", gzip(long_text()));
  EXPECT_EQ(read_unpacked(file, long_text().size()).value(), long_text());
  EXPECT_EQ(read_unpacked(file, long_text().size() - 1).error().code, Code::kInvalid);
  auto input = FileInput::open(file).value();
  std::string head(10, '?'), rest(2 * long_text().size(), '?');
  EXPECT_EQ(read_full(input, head).value(), 10U);
  EXPECT_EQ(read_full(input, rest).value(), long_text().size() - 10);
  EXPECT_EQ(head, long_text().substr(0, 10));
}

}  // namespace
}  // namespace modiste
