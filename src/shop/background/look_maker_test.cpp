// A night whose looks come from a language model: a local server that speaks its API honestly, lies, stalls,
// streams and breaks off.
#include "shop/background/look_maker.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "io/test_directory.h"
#include "io/test_server.h"
#include "lookbook/cluster_id.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"

namespace modiste {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// What the model was asked, and what a stylist answers.
struct Question {
  json::value data;

  explicit Question(const std::string& request)
      : data(parse_json(parse_json(request.substr(request.find("\r\n\r\n") + 4))
                            .value()
                            .at("messages")
                            .at(1)
                            .at("content")
                            .as_string())
                 .value()) {}

  // The codes of the garments of a role.
  [[nodiscard]] std::vector<std::string> codes(std::string_view role) const {
    std::vector<std::string> found;
    for (const auto& garment : data.at("garments").as_array())
      if (garment.at("role").as_string() == role) found.emplace_back(garment.at("code").as_string());
    return found;
  }
};

std::string completed(const std::string& content) {
  return http_answer(
      "200 OK",
      serialize_json(
          {{"choices", json::array{json::object{{"message", {{"role", "assistant"}, {"content", content}}}}}},
           {"usage", {{"total_tokens", 100}}}}));
}

std::string look_text(std::string_view time, std::string_view occasion,
                      const std::vector<std::string>& codes) {
  return fmt::format(R"({{"time":"{}","occasion":"{}","garments":["{}"]}})", time, occasion,
                     fmt::join(codes, "\",\""));
}

// Dresses with shoes, by day and by evening.
std::string honest(const Question& question) {
  std::vector<std::string> looks;
  for (const std::string& dress : question.codes("one_piece"))
    for (const std::string& shoes : question.codes("shoes")) {
      looks.push_back(look_text("day", "work", {dress, shoes}));
      if (looks.size() < 30) looks.push_back(look_text("evening", "date", {dress, shoes}));
    }
  if (looks.size() > 50) looks.resize(50);
  return fmt::format(R"({{"looks":[{}]}})", fmt::join(looks, ","));
}

std::string lies(const Question& question) {
  const auto dresses = question.codes("one_piece");
  return fmt::format(R"({{"looks":[{},{},{}]}})", look_text("day", "work", {"g98765", "g0"}),
                     look_text("day", "work", {"MH01", "BUY NOW"}),
                     look_text("evening", "party", {dresses.at(0), dresses.at(1)}));
}

class Report final : public JobReport {
 public:
  void print(const std::string& more) override { text += more; }
  Result<Done> at(const std::string&, uint64_t, uint64_t) override {
    if (stopping) return Error{Code::kConflict, "the shop is closing", "", ""};
    return kOk;
  }
  std::string text;
  std::atomic<bool> stopping = false;
};

class LookMakerTest : public testing::Test {
 protected:
  LookMakerTest() {
    ShopPorts ports{.clock = clock, .log = log, .garments = store, .subjects = store};
    ports.looks = &store;
    shop = std::make_unique<Shop>(ports, Vocabulary::standard());
    EXPECT_TRUE(shop->load().ok());
    std::vector<Garment> garments;
    for (const auto& [id, title, category] :
         std::vector<std::array<const char*, 3>>{{"DRE", "Midi dress", "Women/Dresses"},
                                                 {"TEE", "T-shirt", "Women/Tops/T-shirts"},
                                                 {"TRO", "Suit trousers", "Women/Bottoms/Dress Pants"},
                                                 {"LOA", "Loafers", "Women/Shoes/Loafers"},
                                                 {"COA", "Wool coat", "Women/Outerwear/Coats"}})
      for (const char* colour : {"Black", "White", "Navy", "Beige"}) {
        Garment& garment = garments.emplace_back();
        garment.id = fmt::format("{}-{}", id, colour);
        garment.title = fmt::format("{} {}", colour, title);
        garment.category = category;
        garment.department = "Women";
        garment.variants.push_back({garment.id + "-M", "M", colour, 50, {}, {}, 3});
      }
    EXPECT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
    config.data.directory = directory.path().string();
    config.lookbook.chat_model = "stylist-1";
    config.lookbook.chat_timeout_s = 2;
  }

  // What a night reports whose server answers so.
  std::string night(const std::function<CannedAnswer(const Question&)>& respond) {
    const TestServer* asked = nullptr;
    const TestServer server([&](const std::string&) { return respond(Question(asked->requests().back())); });
    asked = &server;
    config.lookbook.chat_url = server.url();
    LookMaker looks(config, *shop, clock);
    Report report;
    const auto made = looks.make(NightScope::kAll, report);
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message());
    EXPECT_TRUE(looks.has_night_of("2026-05-01"));
    calls = server.requests().size();
    return report.text;
  }
  // Every pool is whole and of garments that are sold, whatever the server did.
  std::vector<lookbook::LookPool> pools() {
    auto all = store.pools().value();
    EXPECT_FALSE(all.empty());
    for (const auto& pool : all) {
      EXPECT_GE(pool.looks.size(), 6U) << pool.cluster_id;
      for (const auto& look : pool.looks)
        for (const auto& piece : look.pieces)
          EXPECT_NE(shop->catalog().view().garment(piece.garment_id), nullptr) << piece.garment_id;
    }
    return all;
  }

  ManualClock clock{TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1)) +
                    std::chrono::hours(5)};
  TestDirectory directory;
  MemoryEventLog log;
  MemoryStore store;
  std::unique_ptr<Shop> shop;
  Config config;
  size_t calls = 0;
};

TEST_F(LookMakerTest, AnHonestModelsLooksAreKept) {
  const std::string text =
      night([](const Question& question) { return CannedAnswer{completed(honest(question))}; });
  EXPECT_THAT(text, testing::Not(HasSubstr("by the composer instead")));
  const auto made = pools();
  EXPECT_EQ(calls, made.size()) << "one call a cluster";
  for (const auto& pool : made) EXPECT_THAT(pool.generator, StartsWith("chat:stylist-1"));
}

TEST_F(LookMakerTest, ALiarsLooksAreTheComposers) {
  const std::string text =
      night([](const Question& question) { return CannedAnswer{completed(lies(question))}; });
  EXPECT_THAT(text, HasSubstr("made by the composer instead"));
  for (const auto& pool : pools()) EXPECT_EQ(pool.generator, "composer");
}

TEST_F(LookMakerTest, WhatAStopBreaksOffIsNotMadeUpFor) {
  Report report;
  const TestServer server([&](const std::string&) {
    report.stopping = true;  // while the model is asked
    return CannedAnswer{http_answer("500 No", "{}")};
  });
  config.lookbook.chat_url = server.url();
  config.lookbook.chat_calls = 1;
  LookMaker looks(config, *shop, clock);
  EXPECT_FALSE(looks.make(NightScope::kAll, report).ok());
  EXPECT_TRUE(store.pools()->empty()) << "the next try asks the model";
  EXPECT_FALSE(looks.has_night_of("2026-05-01"));
}

TEST_F(LookMakerTest, SoAreThoseOfAModelThatStallsStreamsOrBreaksOff) {
  for (const std::string& answer :
       {completed("{\"looks\":"), completed("I cannot help with that."),
        http_answer("200 OK", "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n\ndata: [DONE]\n\n"),
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"choices\""),
        http_answer("401 No", "{}")}) {
    config.lookbook.chat_calls = 4;
    EXPECT_THAT(night([&](const Question&) { return CannedAnswer{answer}; }),
                HasSubstr("made by the composer instead"));
    for (const auto& pool : pools()) EXPECT_EQ(pool.generator, "composer");
    EXPECT_LE(calls, 4U) << "the budget holds for tries, too";
  }
  config.lookbook.chat_timeout_s = 0.1;
  config.lookbook.chat_calls = 1;
  night([](const Question& question) {
    return CannedAnswer{completed(honest(question)), std::chrono::milliseconds(300)};
  });
  for (const auto& pool : pools()) EXPECT_EQ(pool.generator, "composer");
}

}  // namespace
}  // namespace modiste
