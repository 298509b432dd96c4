// The same calls on a shop that is served and on one that is not.
#include <gtest/gtest.h>
#include <unistd.h>

#include "http/server.h"
#include "http/shop_routes.h"
#include "io/test_directory.h"
#include "shop/remote/event_access.h"
#include "shop/remote/shopper_access.h"

namespace modiste {
namespace {

constexpr auto kBody = R"({"events":[{"event_id":"e1","type":"search","shopper_id":"ada","query":"coat"},)"
                       R"({"event_id":"e2","type":"nonsense","shopper_id":"ada","query":"hat"}]})";

TEST(EventBodies, AWholeBodyIsSentAsItIs) {
  EXPECT_EQ(event_bodies(kBody).value(), std::vector<std::string>{kBody});
}

TEST(EventBodies, LinesAreSentInBatches) {
  std::string text;
  for (int i = 0; i < 501; ++i) text += "{\"event_id\":\"e\"}\n\n";
  const auto bodies = event_bodies(text).value();
  ASSERT_EQ(bodies.size(), 2U);
  EXPECT_TRUE(bodies[0].ends_with("{\"event_id\":\"e\"}]}"));
  EXPECT_EQ(bodies[1], "{\"events\":[{\"event_id\":\"e\"}]}");
}

TEST(EventBodies, ALineThatIsNotJsonIsNamed) {
  const auto error = event_bodies("{}\n\n{oops\n").error();
  EXPECT_EQ(error.code, Code::kInvalid);
  EXPECT_EQ(error.where.substr(0, 8), "event 2,");
}

class Access : public testing::TestWithParam<bool> {
 protected:
  Access() {
    config_.data.directory = (directory_.path() / "data").string();
    config_.embedding.model = "none";
    if (!GetParam()) return;
    shop_ = OpenShop::open(config_).value();
    http::ServerOptions options = config_.server_options();
    options.port = 0;
    options.service.keys = {{"backend", http::Scope::kAdmin, http::new_api_key().hash}};
    options.service.owner_token = http::new_api_key().secret;
    server_ = http::Server::start(http::shop_router(&shop_->services()), options).value();
    note_ = ServingFile::write(config_.folder(), {server_->url(), ::getpid(), options.service.owner_token})
                .value();
  }
  TestDirectory directory_;
  Config config_;
  std::unique_ptr<OpenShop> shop_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<ServingFile> note_;
};

TEST_P(Access, EventsGoInAndWhatWasRefusedIsMended) {
  const auto access = EventAccess::open(config_).value();
  const auto report = access.send(kBody);
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->accepted, 1);
  ASSERT_EQ(report->refused.size(), 1U);
  const int64_t id = report->refused[0].dead_letter.value();
  const auto page = access.list({}).value();
  ASSERT_EQ(page.letters.size(), 1U);
  EXPECT_EQ(page.letters[0].id, id);
  EXPECT_EQ(access.show(id)->id, id);
  EXPECT_EQ(access.show(id + 1).error().code, Code::kNotFound);
  const auto fixed =
      parse_json(R"({"event_id":"e2","type":"search","shopper_id":"ada","query":"hat"})").value();
  ASSERT_TRUE(access.fix(id, fixed).ok());
  const auto replayed = access.replay(id);
  ASSERT_TRUE(replayed.ok()) << replayed.error().message();
  EXPECT_EQ(replayed->accepted, 1);
  EXPECT_TRUE(access.list({})->letters.empty());
}

TEST_P(Access, OneShopperIsSeenExportedAndErased) {
  {
    const auto events = EventAccess::open(config_).value();
    ASSERT_EQ(events.send(kBody)->accepted, 1);
  }
  auto ada = ShopperAccess::open(config_, {IdentifierKind::kUser, "ada"}).value();
  EXPECT_TRUE(ada.style().ok());
  EXPECT_FALSE(ada.identity()->identifiers.empty());
  EXPECT_NE(ada.everything()->find("\"e1\""), std::string::npos);
  EXPECT_FALSE(ada.set_link("none", false).ok());
  ASSERT_TRUE(ada.erase().ok());
  EXPECT_EQ(ada.identity().error().code, Code::kNotFound);
}

// Without it the whole log would be folded, by each look at a shopper and by the next start.
TEST(AccessToAStoppedShop, UsesItsSnapshotAndLeavesIt) {
  const TestDirectory directory;
  Config config;
  config.data.directory = (directory.path() / "data").string();
  {
    const auto shop = OpenShop::open(config).value();
    ASSERT_TRUE(shop->services().intake().take(kBody).ok());
    ASSERT_TRUE(shop->snapshots().write()->has_value());
  }
  EXPECT_TRUE(ShopperAccess::open(config, {IdentifierKind::kUser, "ada"})->style().ok());
  EXPECT_FALSE(std::filesystem::is_empty(directory.path() / "data/snapshot"));
  EXPECT_EQ(OpenShop::open(config).value()->services().events().events_folded(), 0U);
}

INSTANTIATE_TEST_SUITE_P(All, Access, testing::Values(false, true),
                         [](const testing::TestParamInfo<bool>& access) {
                           return access.param ? std::string("Served") : std::string("NotServed");
                         });

}  // namespace
}  // namespace modiste
