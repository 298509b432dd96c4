#include "storage/open_storage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/test_directory.h"
#include "storage/storage_schemes.h"
#include "storage/test_garments.h"

namespace modiste {
namespace {

using testing::HasSubstr;

class OpenStorage : public testing::Test {
 protected:
  std::string url(const std::string& scheme, const std::string& name) {
    return scheme + ":" + (directory_.path() / name).string();
  }
  TestDirectory directory_;
};

TEST_F(OpenStorage, AFileUrlHasEveryStoreAndKeepsIt) {
  const std::string shop = url("file", "shop");
  std::string image;
  {
    const auto storage = open_storage(shop);
    ASSERT_TRUE(storage.ok()) << storage.error().message();
    ASSERT_TRUE(storage->garments->put(std::vector{some_garment("A")}).ok());
    Event event;
    event.event_id = "1";
    event.shopper_id = "ada";
    event.garment_id = "A";
    event.type = EventType::kLike;
    ASSERT_TRUE(storage->log->append({&event, 1}, TimePoint(std::chrono::hours(1))).ok());
    EXPECT_EQ(storage->sealed_log, storage->log);
    const std::string_view gif = "GIF89a";
    image = storage->images->keep(std::as_bytes(std::span(gif))).value();
    EXPECT_NE(storage->subjects, nullptr);
    EXPECT_NE(storage->dead_letters, nullptr);
    EXPECT_EQ(open_storage(shop).error().code, Code::kConflict) << "it is locked";
  }
  const auto storage = open_storage(shop);
  ASSERT_TRUE(storage.ok()) << storage.error().message();
  EXPECT_TRUE(storage->garments->get("A").ok());
  EXPECT_EQ(storage->sealed_log->size(), 1u);
  EXPECT_TRUE(storage->images->read(image).ok());
}

TEST_F(OpenStorage, ABackendOpensWhatItHas) {
  const auto sqlite = open_storage(url("sqlite", "shop.db"));
  ASSERT_TRUE(sqlite.ok()) << sqlite.error().message();
  EXPECT_NE(sqlite->garments, nullptr);
  EXPECT_EQ(sqlite->log, nullptr);
  EXPECT_EQ(sqlite->images, nullptr);
  const auto memory = open_storage("memory:");
  ASSERT_TRUE(memory.ok());
  EXPECT_NE(memory->log, nullptr);
  EXPECT_EQ(memory->sealed_log, nullptr);
}

TEST_F(OpenStorage, RefusesOtherUrlsAndNamesTheKnownOnes) {
  for (const char* other : {"", "shop.db", "mysql:shop", ":", "SQLITE:shop.db"}) {
    const auto refused = open_storage(other);
    ASSERT_FALSE(refused.ok()) << other;
    EXPECT_EQ(refused.error().code, Code::kInvalid);
    for (const StorageScheme* scheme : kStorageSchemes)
      EXPECT_THAT(refused.error().expected,
                  HasSubstr(std::string(scheme->name) + ":" + std::string(scheme->rest)));
  }
  EXPECT_THAT(open_storage("sqlite:").error().expected, HasSubstr("sqlite:FILE"));
  EXPECT_THAT(open_storage("memory:shop").error().expected, HasSubstr("memory:"));
}

}  // namespace
}  // namespace modiste
