// Runs every tests/golden/*.test and compares. --update rewrites the files: read the diff
// before you commit it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "script.h"

namespace modiste {
namespace {

bool update = false;

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class GoldenFile final : public testing::Test {
 public:
  explicit GoldenFile(std::filesystem::path file) : file_(std::move(file)) {}

  void TestBody() override {
    const std::string wanted = read_text(file_);
    const auto got = run_script(wanted);
    ASSERT_TRUE(got.ok()) << got.error().message();
    if (update)
      std::ofstream(file_, std::ios::binary) << *got;
    else
      EXPECT_EQ(*got, wanted) << "if the change is meant: golden_test --update, and read the diff";
  }

 private:
  std::filesystem::path file_;
};

void register_files() {
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(MODISTE_SOURCE_DIR) / "tests/golden"))
    if (const auto file = entry.path(); file.extension() == ".test")
      testing::RegisterTest("Golden", file.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [file]() -> testing::Test* { return new GoldenFile(file); });
}

}  // namespace
}  // namespace modiste

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) modiste::update |= std::string_view(argv[i]) == "--update";
  modiste::register_files();
  return RUN_ALL_TESTS();
}
