#include "shop/device_secret.h"

#include <gtest/gtest.h>

#include <fstream>

#include "http/signing.h"

namespace modiste {
namespace {

class DeviceSecret : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("modiste-secret-" + http::base64url(http::random_bytes(9)));
  const std::filesystem::path file_ = folder_ / "device-token.key";
};

TEST_F(DeviceSecret, IsMadeOnceForItsOwnerOnly) {
  const auto made = device_secret(folder_);
  ASSERT_TRUE(made.ok()) << made.error().message();
  EXPECT_GE(made->size(), http::kSecretBytesMin);
  EXPECT_EQ(*device_secret(folder_), *made);
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(file_).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(DeviceSecret, ThatIsCutIsRefusedAndNamed) {
  std::ofstream(file_) << "short\n";
  const auto cut = device_secret(folder_);
  ASSERT_FALSE(cut.ok());
  EXPECT_EQ(cut.error().code, Code::kCorrupt);
  EXPECT_EQ(cut.error().where, file_.string());
}

}  // namespace
}  // namespace modiste
