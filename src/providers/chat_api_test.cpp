// Against a server that speaks the API honestly, lies, stalls, streams and breaks off.
#include "providers/chat_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/test_server.h"

namespace modiste {
namespace {

using testing::HasSubstr;

std::string completion(const std::string& content) {
  return serialize_json(
      {{"choices", json::array{json::object{{"finish_reason", "stop"},
                                            {"message", {{"role", "assistant"}, {"content", content}}}}}},
       {"usage", {{"total_tokens", 321}}}});
}

class ChatApiTest : public testing::Test {
 protected:
  ChatApi api(const TestServer& server) {
    ChatApiOptions options;
    options.url = server.url() + "/v1";
    options.model = "stylist-1";
    options.key = "secret";
    options.limits.timeout = timeout;
    options.calls_max = calls_max;
    options.tokens_max = tokens_max;
    return ChatApi(options, [this](std::chrono::milliseconds pause) { pauses.push_back(pause.count()); });
  }
  // What an answer with these bytes is taken for.
  Result<ChatReply> reply_to(const std::string& bytes) {
    const TestServer server([&](const std::string&) { return CannedAnswer{bytes}; });
    return api(server).complete(prompt);
  }

  ChatPrompt prompt{"Compose.", R"({"garments":[]})", {{"type", "object"}}};
  std::chrono::milliseconds timeout{2'000};
  size_t calls_max = 10, tokens_max = 100'000;
  std::vector<int64_t> pauses;
};

TEST_F(ChatApiTest, AsksAsTheApiIsDocumentedAndReadsTheAnswer) {
  const TestServer server(
      [](const std::string&) { return CannedAnswer{http_answer("200 OK", completion(R"({"looks":[]})"))}; });
  ChatApi chat = api(server);
  const auto reply = chat.complete(prompt);
  ASSERT_TRUE(reply.ok()) << reply.error().message();
  EXPECT_EQ(reply->text, R"({"looks":[]})");
  EXPECT_EQ(reply->tokens, 321U);
  EXPECT_EQ(server.targets(), std::vector<std::string>{"/v1/chat/completions"});
  const std::string request = server.requests().at(0);
  EXPECT_THAT(request, HasSubstr("Authorization: Bearer secret"));
  const auto body = parse_json(request.substr(request.find("\r\n\r\n") + 4)).value();
  EXPECT_EQ(body.at("model").as_string(), "stylist-1");
  EXPECT_FALSE(body.at("stream").as_bool());
  EXPECT_EQ(std::string(body.at("messages").at(1).at("content").as_string()), prompt.data);
  EXPECT_TRUE(body.at("response_format").at("json_schema").at("strict").as_bool());
}

TEST_F(ChatApiTest, TriesAgainAfterADrawnPauseWhereThatMayHelp) {
  int asked = 0;
  const TestServer server([&](const std::string&) {
    return CannedAnswer{++asked < 3 ? http_answer("429 Too Many Requests", "{}")
                                    : http_answer("200 OK", completion("{}"))};
  });
  ChatApi chat = api(server);
  EXPECT_TRUE(chat.complete(prompt).ok());
  EXPECT_EQ(chat.spent().calls, 3U);
  EXPECT_EQ(chat.spent().retries, 2U);
  ASSERT_EQ(pauses.size(), 2U);
  EXPECT_LE(pauses[0], 500);
  EXPECT_LE(pauses[1], 1'000);
}

TEST_F(ChatApiTest, DoesNotTryAgainWhatIsRefused) {
  EXPECT_EQ(reply_to(http_answer("401 Unauthorized", "{}")).error().code, Code::kInvalid);
  EXPECT_TRUE(pauses.empty());
}

TEST_F(ChatApiTest, AServerThatStallsIsGivenUp) {
  timeout = std::chrono::milliseconds(50);
  const TestServer server([](const std::string&) {
    return CannedAnswer{http_answer("200 OK", completion("{}")), std::chrono::milliseconds(200)};
  });
  EXPECT_EQ(api(server).complete(prompt).error().code, Code::kUnavailable);
  EXPECT_EQ(pauses.size(), 2U);
}

TEST_F(ChatApiTest, WhatIsNoAnswerOfThisApiIsRefused) {
  for (const std::string& body :
       std::vector<std::string>{"", "{", "null", "[]", R"({"choices":[]})", R"({"choices":[{}]})",
                                R"({"choices":[{"message":{"content":null,"refusal":"no"}}]})",
                                R"({"choices":[{"finish_reason":"length","message":{"content":"{"}}]})",
                                "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: [DONE]\n\n",
                                std::string(5'000, '\xff')})
    EXPECT_EQ(reply_to(http_answer("200 OK", body)).error().code, Code::kCorrupt) << body.substr(0, 60);
  // Cut off in the middle, and not HTTP at all: perhaps the next try is better.
  EXPECT_EQ(reply_to("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{").error().code, Code::kUnavailable);
  EXPECT_EQ(reply_to("\x16\x03garbage").error().code, Code::kUnavailable);
  EXPECT_EQ(reply_to(http_answer("200 OK", std::string(2'000'000, ' '))).error().code, Code::kUnavailable);
}

TEST_F(ChatApiTest, KeepsWithinTheNightsBudget) {
  const TestServer server(
      [](const std::string&) { return CannedAnswer{http_answer("200 OK", completion("{}"))}; });
  calls_max = 2;
  ChatApi few = api(server);
  EXPECT_TRUE(few.complete(prompt).ok());
  EXPECT_TRUE(few.complete(prompt).ok());
  EXPECT_THAT(few.complete(prompt).error().message(), HasSubstr("budget of 2 calls"));
  few.begin_night();
  EXPECT_TRUE(few.complete(prompt).ok());
  calls_max = 10;
  tokens_max = 4'400;
  ChatApi small = api(server);
  EXPECT_TRUE(small.complete(prompt).ok());
  EXPECT_THAT(small.complete(prompt).error().message(), HasSubstr("tokens"));
  EXPECT_EQ(small.spent().calls, 1U) << "what the budget forbids is not sent";
}

}  // namespace
}  // namespace modiste
