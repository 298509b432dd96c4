// Searches read over HTTP by a local server that speaks the chat API honestly, lies, and breaks off.
#include "shop/background/language_keeper.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "io/test_server.h"

namespace modiste {
namespace {

using testing::HasSubstr;

std::string answer_with(const std::string& content) {
  return http_answer(
      "200 OK",
      serialize_json(
          {{"choices", json::array{json::object{{"finish_reason", "stop"},
                                                {"message", {{"role", "assistant"}, {"content", content}}}}}},
           {"usage", {{"total_tokens", 12}}}}));
}

class LanguageKeeperTest : public testing::Test {
 protected:
  Config config_for(const TestServer& server, int searches) {
    Config config;
    config.lookbook.chat_url = server.url() + "/v1";
    config.lookbook.chat_model = "reader-1";
    config.lookbook.chat_searches = searches;
    return config;
  }
  // What is known of a text after a look, once it was asked for.
  std::optional<std::vector<TermId>> read(LanguageKeeper& keeper, const std::string& text) {
    EXPECT_FALSE(readings.find(text).has_value());
    keeper.look({});
    return readings.find(text);
  }

  const SystemClock clock;
  const Vocabulary& vocabulary = Vocabulary::standard();
  LanguageReadings readings{vocabulary};
};

TEST_F(LanguageKeeperTest, AnHonestServerReadsAndALiarAddsNothing) {
  std::atomic<int> asked = 0;
  const TestServer server([&asked](const std::string&) {
    const bool lies = asked++ > 0;
    return CannedAnswer{
        answer_with(lies ? R"({"terms":[{"facet":"shell","term":"rm -rf"}]} and more)"
                         : "```json\n{\"terms\":[{\"facet\":\"occasion\",\"term\":\"party\"}]}\n```")};
  });
  const auto keeper = LanguageKeeper::make(config_for(server, 10), readings, clock);
  EXPECT_EQ(read(*keeper, "a do at my aunt's"),
            std::vector<TermId>{vocabulary.find(Facet::kOccasion, "party")->id});
  EXPECT_EQ(read(*keeper, "lie to me"), std::vector<TermId>());
  EXPECT_THAT(server.requests().at(0), HasSubstr("a do at my aunt's"));
  EXPECT_THAT(server.requests().at(0), HasSubstr("reader-1"));
}

TEST_F(LanguageKeeperTest, ABrokenServerLeavesTheTextUnread) {
  const TestServer server(
      [](const std::string&) { return CannedAnswer{"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"}; });
  const auto keeper = LanguageKeeper::make(config_for(server, 10), readings, clock);
  EXPECT_FALSE(read(*keeper, "a do").has_value());
  const size_t asked = server.requests().size();  // with what the client tries again
  EXPECT_GE(asked, 1u);
  keeper->look({});
  EXPECT_EQ(server.requests().size(), asked) << "it waits before it asks again";
}

TEST_F(LanguageKeeperTest, NothingIsSentUnlessTheConfigurationSaysSo) {
  const TestServer server([](const std::string&) { return CannedAnswer{answer_with("{}")}; });
  EXPECT_EQ(LanguageKeeper::make(config_for(server, 0), readings, clock), nullptr);
}

}  // namespace
}  // namespace modiste
