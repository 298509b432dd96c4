// Refusals, as a client sees them.
#include "http/service.h"

#include <fmt/format.h>

#include <fstream>
#include <regex>

#include "http/catalog_contracts.h"
#include "http/history_routes.h"
#include "serving/lookbook/look_requests.h"
#include "test_support.h"

namespace modiste::http {
namespace {

using namespace testing;

constexpr std::string_view kHoodie =
    R"({"id":"MH01","title":"Hoodie","variants":[{"sku":"MH01-XS-Gray","price":52}]})";
const std::string kHoodiePhoto = photo_bytes();

TEST(Refusals, SayWhatWhereAndWhatWouldBeRight) {
  Served served;
  const auto reply = served.call("POST", "/v1/recommendations", R"({"shopper_id":"ada","count":0})",
                                 "application/json", "X-Request-Id: abc\r\n");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.field("X-Request-Id"), "abc");
  const auto problem = problem_of(reply);
  EXPECT_EQ(problem.title, "Bad Request");
  EXPECT_EQ(problem.type, "/docs#problem-400");
  EXPECT_EQ(problem.pointer, "/count");
  EXPECT_EQ(problem.expected, "1 to 100");
  EXPECT_EQ(problem.instance, "urn:modiste:request:abc");
}

TEST(Quality, ConflictsAreListedAndSettled) {
  Served served;
  const auto page = served.call("GET", "/v1/quality/conflicts?state=open&count=5");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, R"({"conflicts":[],"total":0,"open":0})");
  EXPECT_EQ(problem_of(served.call("GET", "/v1/quality/conflicts?state=maybe")).pointer, "?state");
  EXPECT_EQ(served.call("PUT", "/v1/quality/conflicts/nothing", R"({"right":"photo"})").status, 404);
  EXPECT_EQ(problem_of(served.call("PUT", "/v1/quality/conflicts/nothing", R"({"right":"both"})")).pointer,
            "/right");
}

TEST(Outfits, AreComposedAroundAGarmentAndRefusedWithAPointer) {
  Served served;
  const auto reply = served.call("POST", "/v1/outfits", R"({"anchors":[{"garment_id":"G0"}],"count":2})");
  EXPECT_EQ(reply.status, 200) << reply.body;
  const auto answer = from_json_text<OutfitAnswer>(reply.body);
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  for (const auto& outfit : answer->outfits) {
    EXPECT_EQ(outfit.pieces.at(0).item.garment_id, "G0");
    for (const auto& reason : outfit.reasons) EXPECT_FALSE(reason.text.empty());
  }
  const auto pointer = [&](std::string_view body) {
    const auto refused = served.call("POST", "/v1/outfits", body);
    EXPECT_EQ(refused.status, 400) << body;
    return problem_of(refused).pointer.value_or("none");
  };
  EXPECT_EQ(pointer(R"({"anchors":[{"garment_id":"NOPE"}]})"), "/anchors/0/garment_id");
  EXPECT_EQ(pointer(R"({"anchors":[{"garment_id":"G0"},{"garment_id":"G2"}]})"), "/anchors/1");
  EXPECT_EQ(pointer(R"({"budget":-1})"), "/budget");
  EXPECT_EQ(pointer(R"({"roles":["hat"]})"), "/roles/0");
}

TEST(Looks, AreAnsweredAndRefusedWithAPointer) {
  Served served;
  const auto reply = served.call(
      "POST", "/v1/looks", R"({"count":2,"context":{"local_time":"2026-05-01T15:00"},"language":"de"})");
  EXPECT_EQ(reply.status, 200) << reply.body;
  const auto answer = from_json_text<LooksAnswer>(reply.body);
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_TRUE(answer->evening);
  for (const LookView& look : answer->looks) EXPECT_TRUE(look.caption.ends_with("für deinen Abend"));
  const auto pointer = [&](std::string_view body) {
    const auto refused = served.call("POST", "/v1/looks", body);
    EXPECT_EQ(refused.status, 400) << body;
    return problem_of(refused).pointer.value_or("none");
  };
  EXPECT_EQ(pointer(R"({"count":21})"), "/count");
  EXPECT_EQ(pointer(R"({"context":{"time_zone":"Mars/Olympus"}})"), "/context/time_zone");
}

TEST(Answers, WriteWeightsWithoutTheNoiseOfBinaryFractions) {
  Served served;
  const auto sent = served.call("POST", "/v1/events", R"({"events":[
      {"event_id":"w1","type":"like","shopper_id":"ada","garment_id":"G0"}]})");
  ASSERT_EQ(sent.status, 202) << sent.body;
  const std::regex noisy(R"re("(weight|content|visual|neighbours|popularity)":[0-9]\.[0-9]{10})re");
  const auto answer = served.call("POST", "/v1/recommendations", R"({"shopper_id":"ada","count":3})");
  EXPECT_NE(answer.body.find(R"("weight":0.)"), std::string::npos) << answer.body;
  EXPECT_FALSE(std::regex_search(answer.body, noisy)) << answer.body;
  const auto style = served.call("GET", "/v1/shoppers/ada/style");
  EXPECT_NE(style.body.find("source_weights"), std::string::npos);
  EXPECT_FALSE(std::regex_search(style.body, noisy)) << style.body;
}

TEST(Refusals, OfBodies) {
  Served served;
  const auto pointer = [&](std::string_view body) {
    const auto reply = served.call("POST", "/v1/recommendations", body);
    EXPECT_EQ(reply.status, 400) << body;
    return problem_of(reply).pointer.value_or("none");
  };
  EXPECT_EQ(pointer("{"), "none");
  EXPECT_EQ(pointer("[]"), "none");
  EXPECT_EQ(pointer(R"({"shopper_id":3})"), "/shopper_id");
  EXPECT_EQ(pointer(R"({"shopper_id":"a","kount":3})"), "/kount");
  EXPECT_EQ(pointer(R"({"shopper_id":"a","filter":{"colours":["red",7]}})"), "/filter/colours/1");
  EXPECT_EQ(pointer("{\"shopper_id\":\"\xff\"}"), "none");
  EXPECT_EQ(pointer(R"({"shopper_id":"a","filter":{"price_min":NaN}})"), "none");
  EXPECT_EQ(pointer(std::string(5'000, '[')), "none");
}

TEST(Refusals, OfQueries) {
  Served served;
  const auto pointer = [&](std::string_view target) {
    const auto reply = served.call("GET", target);
    EXPECT_EQ(reply.status, 400) << target;
    return problem_of(reply).pointer.value_or("none");
  };
  EXPECT_EQ(pointer("/v1/garments?count=many"), "?count");
  EXPECT_EQ(pointer("/v1/garments?count=0"), "?count");
  EXPECT_EQ(pointer("/v1/garments?count=1.5"), "?count");
  EXPECT_EQ(pointer("/v1/garments?count=1&count=2"), "?count");
  EXPECT_EQ(pointer("/v1/garments?before=A"), "?before");
  EXPECT_EQ(pointer("/v1/garments/" + std::string(300, 'a') + "/similar"), "?id");
  EXPECT_EQ(pointer("/v1/garments/%zz"), "none");
  EXPECT_EQ(pointer("/v1/garments/%ff"), "none");
  EXPECT_EQ(pointer("/v1/garments/a%00b"), "none");
}

TEST(Refusals, OfPathsAndMethods) {
  Served served;
  EXPECT_EQ(problem_of(served.call("GET", "/v1/nothing")).status, 404);
  EXPECT_EQ(problem_of(served.call("GET", "/v1/garments/")).status, 404);
  const auto wrong = served.call("DELETE", "/v1/recommendations");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.field("Allow"), "POST, OPTIONS");
  const auto unknown = served.call("BREW", "/v1/garments/MH01");
  EXPECT_EQ(unknown.status, 405);
  EXPECT_EQ(unknown.field("Allow"), "GET, PUT, DELETE, HEAD, OPTIONS");
  EXPECT_EQ(served.call("BREW", "/coffee").status, 501);
  EXPECT_EQ(served.call("POST", "/coffee").status, 405);
  const auto options = served.call("OPTIONS", "/v1/shop");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.field("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_TRUE(options.field("Access-Control-Allow-Origin").empty());
}

TEST(Refusals, OfTypes) {
  Served served;
  constexpr std::string_view kAsk = R"({"shopper_id":"ada"})";
  EXPECT_EQ(problem_of(served.call("POST", "/v1/recommendations", kAsk, "text/plain")).status, 415);
  EXPECT_EQ(served.call("POST", "/v1/recommendations", kAsk, "Application/JSON; charset=utf-8").status, 200);
  EXPECT_EQ(served.call("POST", "/v1/recommendations", kAsk, "application/json", "Content-Encoding: gzip\r\n")
                .status,
            415);
  EXPECT_EQ(served.call("POST", "/v1/search/photo", kHoodiePhoto, "application/json").status, 415);
  EXPECT_EQ(served.call("POST", "/v1/search/photo", "these are not pixels", "image/png").status, 400);
  EXPECT_EQ(served.call("POST", "/v1/search/photo", kHoodiePhoto, "image/png").status, 200);
  EXPECT_EQ(
      served.call("POST", "/v1/search/photo", "<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")
          .status,
      415);
  EXPECT_NE(served.call("POST", "/v1/search/photo", "GIF89a\1", "image/gif").status, 415);
  EXPECT_EQ(served.call("GET", "/v1/shop", "", "", "Accept: image/png, text/*;q=0.5\r\n").status, 406);
  EXPECT_EQ(served.call("GET", "/v1/shop", "", "", "Accept: application/json;q=0\r\n").status, 406);
  EXPECT_EQ(served.call("GET", "/v1/shop", "", "", "Accept: text/html, */*;q=0.1\r\n").status, 200);
}

TEST(Refusals, OfTheShop) {
  Served served;
  EXPECT_EQ(served.call("GET", "/v1/garments/none").status, 404);
  EXPECT_EQ(served.call("GET", "/v1/test/conflict").status, 409);
  const auto closed = served.call("GET", "/v1/test/closed");
  EXPECT_EQ(closed.status, 503);
  EXPECT_EQ(closed.field("Retry-After"), "1");
  const auto other = served.call("PUT", "/v1/garments/MH02", kHoodie);
  EXPECT_EQ(other.status, 400);
  EXPECT_EQ(problem_of(other).pointer, "/id");
  EXPECT_EQ(served.call("PATCH", "/v1/variants/MH01", "{}").status, 400);
  constexpr std::string_view kWithoutId = R"({"title":"Hoodie","variants":[{"sku":"A/B","price":52}]})";
  EXPECT_EQ(served.call("PUT", "/v1/garments/MH03", kWithoutId).status, 201);
  EXPECT_EQ(served.call("PATCH", "/v1/variants/A%2FB", R"({"stock":2})").body.find(R"({"sku":"A/B")"), 0U);
  EXPECT_EQ(served.call("GET", "/v1/products/MH03").status, 200) << "the path of version 0.1";
}

TEST(Answers, HaveAnIdOfTheirOwnAndSayHowTheyCameAboutWhenAsked) {
  Served served;
  const auto ask = [&](std::string_view body) {
    return served.call("POST", "/v1/recommendations", body, "application/json", "X-Request-Id: my-id.7\r\n");
  };
  const auto plain = from_json_text<Answer>(ask(R"({"shopper_id":"ada"})").body);
  ASSERT_TRUE(plain.ok()) << plain.error().message();
  EXPECT_EQ(plain->request_id.size(), 16U) << "the sender's id stays in header and log";
  EXPECT_FALSE(plain->debug.has_value());
  ASSERT_EQ(plain->items.size(), 8U);
  EXPECT_FALSE(plain->items[0].reasons.at(0).text.empty());
  const auto traced = from_json_text<Answer>(ask(R"({"shopper_id":"ada","debug":true})").body);
  ASSERT_TRUE(traced.ok() && traced->debug.has_value());
  EXPECT_EQ(traced->debug->ranker, "hybrid");
  EXPECT_EQ(traced->debug->candidates, 8);
  const auto log = served.log();
  EXPECT_NE(traced->request_id, plain->request_id) << "two answers under one id of the sender";
  EXPECT_NE(log.find("id=my-id.7"), std::string::npos);
  EXPECT_NE(log.find(" answer=" + plain->request_id + " items=8"), std::string::npos) << log;
  EXPECT_NE(log.find("items=8 policy=default ranker=hybrid"), std::string::npos) << log;
  EXPECT_NE(log.find("explore=8"), std::string::npos) << log;
}

TEST(Events, ThatAreRefusedBecomeDeadLetters) {
  Served served;
  constexpr std::string_view kBody =
      R"({"batch":[{"type":"track","event":"x","userId":"u","messageId":"m1"}]})";
  const auto reply = served.call("POST", "/v1/events", kBody);
  EXPECT_EQ(reply.status, 202);
  const auto report = from_json_text<EventsReport>(reply.body);
  ASSERT_TRUE(report.ok()) << reply.body;
  EXPECT_EQ(report->accepted, 0);
  EXPECT_EQ(report->refused.at(0).index, 0);
  EXPECT_TRUE(report->refused.at(0).dead_letter.has_value());
  EXPECT_EQ(served.call("POST", "/v1/events", "{").status, 400);
}

TEST(Wishes, VetoesAreReplacedReadAndRefusedByName) {
  Served served;
  const std::string path = "/v1/shoppers/ada/vetoes";
  const auto stated = [](const auto& reply) {
    const auto vetoes = from_json_text<Vetoes>(reply.body);
    EXPECT_TRUE(vetoes.ok()) << reply.body;
    return vetoes.ok() ? *vetoes : Vetoes();
  };
  EXPECT_EQ(stated(served.call("GET", path)), Vetoes());
  auto reply = served.call("PUT", path, R"({"fabrics":["leather"],"brands":["Acme"]})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(stated(reply).fabrics, std::vector<std::string>{"leather"});
  reply = served.call("PUT", path, R"({"colours":["red"]})");
  EXPECT_TRUE(stated(reply).fabrics.empty());
  EXPECT_EQ(stated(served.call("GET", path)).colours, std::vector<std::string>{"red"});
  reply = served.call("PUT", path, R"({"colours":["red","blurple"]})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(problem_of(reply).pointer, "/colours/1");
  EXPECT_EQ(stated(served.call("GET", path)).colours, std::vector<std::string>{"red"});
}

TEST(Wardrobe, IsTakenCorrectedAndGivenBack) {
  Served served;
  const std::string path = "/v1/shoppers/ada/wardrobe";
  const auto pieces = [&] {
    const auto view = from_json_text<WardrobeView>(served.call("GET", path).body);
    EXPECT_TRUE(view.ok());
    return view.ok() ? view->pieces : std::vector<WardrobePiece>();
  };
  EXPECT_TRUE(pieces().empty());
  EXPECT_EQ(served.call("POST", path, R"({"garment_id":"G1"})").status, 201);
  auto reply = served.call("POST", path, R"({"garment_id":"G99"})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(problem_of(reply).pointer, "/garment_id");

  reply = served.call("POST", path + "/photos?title=My%20jeans", photo_bytes(), "image/png");
  ASSERT_EQ(reply.status, 201) << reply.body;
  const auto photo = from_json_text<WardrobePiece>(reply.body);
  ASSERT_TRUE(photo.ok());
  EXPECT_EQ(photo->item.title, "My jeans");
  EXPECT_EQ(photo->item.image, path + "/" + photo->id + "/photo");
  const auto seen = served.call("GET", photo->item.image);
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.field("Content-Type"), "image/jpeg");
  EXPECT_EQ(seen.field("Cache-Control"), "no-store");
  EXPECT_EQ(served.call("GET", "/v1/shoppers/eve/wardrobe/" + photo->id + "/photo").status, 404);
  EXPECT_EQ(served.call("POST", path + "/photos", "no photo", "image/png").status, 400);

  const std::string piece = path + "/" + photo->id;
  reply = served.call("PATCH", piece, R"({"category":"jeans","colour":"navy"})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(from_json_text<WardrobePiece>(reply.body)->role, OutfitRole::kBottom);
  reply = served.call("PATCH", piece, R"({"category":"jeens"})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(problem_of(reply).pointer, "/category");
  ASSERT_EQ(pieces().size(), 2U);

  const auto outfits = served.call(
      "POST", "/v1/outfits",
      fmt::format(R"({{"shopper_id":"ada","anchors":[{{"garment_id":"{}","owned":true}}]}})", photo->id));
  ASSERT_EQ(outfits.status, 200) << outfits.body;
  EXPECT_NE(outfits.body.find(photo->id), std::string::npos);

  EXPECT_EQ(served.call("DELETE", piece).status, 204);
  EXPECT_EQ(served.call("DELETE", piece).status, 404);
  EXPECT_EQ(served.call("GET", photo->item.image).status, 404);
  EXPECT_EQ(served.call("DELETE", path + "/G1").status, 204);
  EXPECT_TRUE(pieces().empty());
}

TEST(Wardrobe, TheBodyIsReplacedAndRead) {
  Served served;
  const std::string path = "/v1/shoppers/ada/body";
  EXPECT_EQ(from_json_text<BodyProfile>(served.call("GET", path).body)->height_cm, std::nullopt);
  EXPECT_EQ(served.call("PUT", path, R"({"height_cm":160,"fit_wish":"loose"})").status, 200);
  const auto body = from_json_text<BodyProfile>(served.call("PUT", path, R"({"height_cm":161})").body);
  EXPECT_EQ(body->height_cm, 161);
  EXPECT_EQ(body->fit_wish, std::nullopt);
  EXPECT_EQ(served.call("PUT", path, R"({"height_cm":1600})").status, 400);
}

// Hashes of e-mail addresses are kept in lower case, by whichever path the shopper is named.
TEST(Wardrobe, IsTheShoppersHoweverTheirHashIsWritten) {
  Served served;
  EXPECT_EQ(served.call("PUT", "/v1/shoppers/AB12CD/body?kind=email", R"({"height_cm":171})").status, 200);
  EXPECT_THAT(served.call("GET", "/v1/shoppers/ab12cd/style?kind=email").body, ::testing::HasSubstr("171"));
  EXPECT_THAT(served.call("GET", "/v1/shoppers/Ab12Cd/body?kind=email").body, ::testing::HasSubstr("171"));
}

TEST(CuratedOutfits, ArePutListedAndRemoved) {
  Served served;
  const std::string path = "/v1/curated-outfits/two";
  constexpr std::string_view kTwo = R"({"title":"Two","items":[{"garment_id":"G0"},{"garment_id":"G1"}]})";
  EXPECT_EQ(served.call("PUT", path, kTwo).status, 201);
  EXPECT_EQ(served.call("PUT", path, kTwo).status, 200);
  EXPECT_EQ(from_json_text<ShopOutfit>(served.call("GET", path).body)->title, "Two");
  EXPECT_EQ(from_json_text<ShopOutfitPage>(served.call("GET", "/v1/curated-outfits").body)->outfits.size(),
            1U);
  const auto refused = served.call("PUT", path, R"({"items":[{"garment_id":"G0"},{"garment_id":"G99"}]})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(problem_of(refused).pointer, "/items/1/garment_id");
  EXPECT_EQ(served.call("DELETE", path).status, 204);
  EXPECT_EQ(served.call("GET", path).status, 404);
}

TEST(Wishes, WhatWasLikedComesInPages) {
  Served served;
  ASSERT_EQ(served.call("PUT", "/v1/garments/MH01", kHoodie).status, 201);
  EXPECT_EQ(from_json_text<LikedPage>(served.call("GET", "/v1/shoppers/ada/liked").body)->total, 0);
  constexpr std::string_view kLike =
      R"({"events":[{"event_id":"l1","type":"like","shopper_id":"ada","garment_id":"MH01"}]})";
  ASSERT_EQ(served.call("POST", "/v1/events", kLike).status, 202);
  const auto page = from_json_text<LikedPage>(served.call("GET", "/v1/shoppers/ada/liked?count=1").body);
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->garments.size(), 1U);
  EXPECT_EQ(page->garments[0].item.title, "Hoodie");
  EXPECT_FALSE(page->next.has_value());
  const auto refused = served.call("GET", "/v1/shoppers/ada/liked?after=2");
  EXPECT_EQ(refused.status, 400);
}

TEST(DeadLetters, AreListedFixedReplayedAndDropped) {
  Served served;
  const auto refuse = [&](std::string_view id) {
    const auto reply =
        served.call("POST", "/v1/events",
                    fmt::format(R"({{"events":[{{"event_id":"{}","type":"lik","shopper_id":"ada"}}]}})", id));
    return *from_json_text<EventsReport>(reply.body)->refused.at(0).dead_letter;
  };
  const auto first = refuse("e1"), second = refuse("e2");
  const auto page = from_json_text<LetterPage>(
      served.call("GET", fmt::format("/v1/dead-letters?after={}&count=2", first - 1)).body);
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->letters.size(), 2U);
  EXPECT_EQ(page->held, 2);
  EXPECT_EQ(page->next, second);
  EXPECT_EQ(problem_of(served.call("GET", "/v1/dead-letters?reason=boring")).pointer, "?reason");
  const std::string path = fmt::format("/v1/dead-letters/{}", first);
  EXPECT_EQ(served.call("GET", path).status, 200);
  EXPECT_EQ(served.call("GET", fmt::format("/v1/dead-letters/{}", second + 7)).status, 404);
  EXPECT_EQ(served.call("GET", "/v1/dead-letters/x").status, 400);
  const auto fixed = served.call(
      "PUT", path, R"({"body":{"event_id":"e1","type":"search","shopper_id":"ada","query":"coat"}})");
  EXPECT_EQ(fixed.status, 200);
  EXPECT_NE(fixed.body.find(R"("type":"search")"), std::string::npos) << fixed.body;
  const auto again = from_json_text<ReplayReport>(served.call("POST", path + "/replay").body);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->resolved, 1);
  EXPECT_EQ(served.call("POST", path + "/replay").status, 404);
  const auto rest = from_json_text<ReplayReport>(served.call("POST", "/v1/dead-letters/replay?count=9").body);
  ASSERT_TRUE(rest.ok());
  EXPECT_EQ(rest->replayed, 1);
  EXPECT_EQ(rest->resolved, 0);
  EXPECT_EQ(served.call("DELETE", fmt::format("/v1/dead-letters/{}", second)).status, 204);
}

TEST(Batches, RefuseWhatIsNoBatch) {
  Served served;
  const auto pointer = [&](std::string_view body) {
    const auto reply = served.call("POST", "/v1/garments", body);
    EXPECT_EQ(reply.status, 400) << body;
    return problem_of(reply).pointer.value_or("none");
  };
  EXPECT_EQ(pointer("[]"), "none");
  EXPECT_EQ(pointer("{}"), "/garments");
  EXPECT_EQ(pointer(R"({"garments":{}})"), "/garments");
  EXPECT_EQ(pointer(R"({"garments":[],"more":1})"), "/more");
  std::string many = R"({"garments":[)";
  for (int i = 0; i < 1001; ++i) many += i == 0 ? "1" : ",1";
  EXPECT_EQ(pointer(many + "]}"), "/garments");
  EXPECT_EQ(served.call("POST", "/v1/garments", R"({"garments":[]})").body,
            R"({"accepted":0,"created":0,"refused":[],"embedded":0,"photo_problems":[],"conflicts":[]})");
}

TEST(Batches, OfGarmentsNamePhotosThatCouldNotBeUsed) {
  Served served;
  const std::string garment = R"({"id":"MH09","title":"Hoodie","variants":[{"sku":"MH09-XS","price":52}],)"
                              R"("images":[{"url":"0123456789abcdef0123456789abcdef.jpg"}]})";
  const auto put = from_json_text<UpsertReport>(served.call("PUT", "/v1/garments/MH09", garment).body);
  ASSERT_TRUE(put.ok()) << put.error().message();
  ASSERT_EQ(put->photo_problems.size(), 1U);
  EXPECT_EQ(put->photo_problems[0].substr(0, 4), "MH09");
  const auto reply = served.call("POST", "/v1/garments", "{\"garments\":[" + garment + "]}");
  const auto report = from_json_text<BatchUpsertReport>(reply.body);
  ASSERT_TRUE(report.ok()) << reply.body;
  EXPECT_EQ(report->photo_problems, put->photo_problems)
      << "it may be there by now, so it is looked for again";
  EXPECT_EQ(report->embedded, 1) << "by its words";
}

TEST(Batches, OfPastEventsKeepWhatCanBeRead) {
  Served served;
  const auto reply = served.call("POST", "/v1/history", R"({"events":[
      {"event_id":"o1","type":"purchase","shopper_id":"ada","garment_id":"G1","occurred_at":"2024-03-01T10:00:00Z"},
      {"event_id":"o2","type":"purchse","shopper_id":"ada","garment_id":"G1","occurred_at":"2024-03-01T10:00:00Z"},
      {"event_id":"o3","type":"purchase","shopper_id":"ada","garment_id":"G2","occurred_at":"2024-03-02T10:00:00Z"}]})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto report = from_json_text<HistoryBatchReport>(reply.body);
  ASSERT_TRUE(report.ok()) << reply.body;
  EXPECT_EQ(report->accepted, 2);
  ASSERT_EQ(report->refused.size(), 1U);
  EXPECT_EQ(report->refused[0].index, 1);
  EXPECT_EQ(report->refused[0].pointer, "/type");
}

TEST(Batches, OfGarmentsReportEachRefusal) {
  Served served;
  const auto reply =
      served.call("POST", "/v1/garments",
                  R"({"garments":[{"id":"A","title":"a","variants":[]},)" + std::string(kHoodie) + "]}");
  const auto report = from_json_text<BatchUpsertReport>(reply.body);
  ASSERT_TRUE(report.ok()) << reply.body;
  EXPECT_EQ(report->accepted, 1);
  ASSERT_EQ(report->refused.size(), 1U);
  EXPECT_EQ(report->refused[0].garment_id, "A");
  EXPECT_EQ(report->refused[0].pointer, "/garments/0/variants");
}

TEST(Guarding, KeepsOtherSitesOut) {
  Served served;
  Client rebound(served.port());
  rebound.send("GET /v1/shop HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n");
  EXPECT_EQ(rebound.receive().status, 421);
  for (const auto* host : {"localhost:8080", "127.0.0.1", "[::1]:80", "LOCALHOST"}) {
    Client client(served.port());
    client.send("GET /v1/shop HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n");
    EXPECT_EQ(client.receive().status, 200) << host;
  }
  const auto from = [&](std::string_view origin) {
    return served
        .call("POST", "/v1/recommendations", R"({"shopper_id":"ada"})", "application/json",
              "Origin: " + std::string(origin) + "\r\n")
        .status;
  };
  EXPECT_EQ(from("https://evil.example"), 403);
  EXPECT_EQ(from("null"), 403);
  EXPECT_EQ(from("http://localhost"), 200);
  EXPECT_EQ(from("http://localhost:5173"), 200);
}

TEST(Guarding, AsksForKeysByScope) {
  const auto shopper = new_api_key(), writer = new_api_key(), admin = new_api_key();
  ServerOptions options;
  options.service.keys = {{"web", Scope::kShopper, shopper.hash},
                          {"feed", Scope::kWriter, writer.hash},
                          {"ops", Scope::kAdmin, admin.hash}};
  Served served(options);
  const auto status = [&](std::string_view method, std::string_view target, const std::string& secret) {
    return served
        .call(method, target, "", "", secret.empty() ? "" : "Authorization: Bearer " + secret + "\r\n")
        .status;
  };
  const auto none = served.call("GET", "/v1/shop");
  EXPECT_EQ(none.status, 401);
  EXPECT_EQ(none.field("WWW-Authenticate"), "Bearer realm=\"modiste\"");
  EXPECT_EQ(status("GET", "/v1/shop", "mk_wrong"), 401);
  EXPECT_EQ(status("GET", "/v1/shop", new_api_key().secret), 401);
  EXPECT_EQ(status("GET", "/v1/shop", shopper.secret), 200);
  EXPECT_EQ(status("DELETE", "/v1/garments/A", shopper.secret), 403);
  EXPECT_EQ(status("DELETE", "/v1/garments/A", writer.secret), 404);
  EXPECT_EQ(status("GET", "/metrics", writer.secret), 403);
  EXPECT_EQ(status("GET", "/metrics", admin.secret), 200);
  EXPECT_EQ(status("GET", "/healthz", ""), 200);
  EXPECT_EQ(status("GET", "/docs", ""), 200);
}

TEST(Guarding, MayLetShoppersInWithoutAKey) {
  ServerOptions options;
  options.service.keys = {{"ops", Scope::kAdmin, new_api_key().hash}};
  options.service.shoppers_without_key = true;
  Served served(options);
  EXPECT_EQ(served.call("GET", "/v1/shop").status, 200);
  EXPECT_EQ(served.call("DELETE", "/v1/garments/A").status, 401);
}

TEST(Guarding, EveryAnswerCarriesTheSecurityFields) {
  Served served;
  for (const auto* target : {"/v1/shop", "/v1/nothing", "/docs", "/metrics", "/"}) {
    const auto reply = served.call("GET", target);
    EXPECT_EQ(reply.field("X-Content-Type-Options"), "nosniff") << target;
    EXPECT_NE(reply.field("Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos)
        << target;
    EXPECT_EQ(reply.field("X-Request-Id").size(), 16U) << target;
    EXPECT_FALSE(reply.field("Date").empty()) << target;
  }
}

TEST(System, IsReadyWhenTheShopSaysSo) {
  bool ready = false;
  ServerOptions options;
  options.service.ready = [&]() -> Result<Done> {
    if (!ready) return Error{Code::kUnavailable, "the catalog is loading", "", ""};
    return kOk;
  };
  Served served(options);
  EXPECT_EQ(served.call("GET", "/healthz").body, R"({"status":"ok"})");
  const auto loading = served.call("GET", "/readyz");
  EXPECT_EQ(loading.status, 503);
  EXPECT_EQ(problem_of(loading).detail, "the catalog is loading");
  ready = true;
  EXPECT_EQ(served.call("GET", "/readyz").status, 200);
}

TEST(System, CountsByRouteAndStatus) {
  Served served;
  Client client(served.port());  // on one connection, a request is counted before the next is read
  std::string text;
  for (const auto* target :
       {"/v1/garments/G0/similar", "/v1/garments/G1/similar?count=x", "/v1/what/ever", "/metrics"}) {
    client.send(request_text("GET", target));
    text = client.receive().body;
  }
  const auto has = [&](std::string_view line) { return text.find(line) != std::string::npos; };
  EXPECT_TRUE(has(R"(modiste_http_requests_total{route="GET /v1/garments/{id}/similar",status="200"} 1)"))
      << text;
  EXPECT_TRUE(has(R"(modiste_http_requests_total{route="GET /v1/garments/{id}/similar",status="400"} 1)"));
  EXPECT_TRUE(has(R"(modiste_http_requests_total{route="unmatched",status="404"} 1)"));
  EXPECT_TRUE(has(R"(modiste_http_request_seconds_count{route="GET /v1/garments/{id}/similar"} 2)"));
  EXPECT_TRUE(has("modiste_http_requests_in_flight 1"));
}

TEST(Keys, AreKnownByTheirFormAndHash) {
  const auto key = new_api_key();
  EXPECT_NE(key.secret, new_api_key().secret);
  EXPECT_EQ(*hash_of_key(key.secret), key.hash);
  EXPECT_FALSE(hash_of_key("password123").ok());
  EXPECT_FALSE(KeyRing::make({{"a", Scope::kAdmin, "abc"}}).ok());
  EXPECT_FALSE(KeyRing::make({{"a", Scope::kPublic, key.hash}}).ok());
  const auto ring = KeyRing::make({{"a", Scope::kWriter, key.hash}});
  ASSERT_TRUE(ring.ok());
  EXPECT_EQ(ring->scope_of("bearer  " + key.secret), Scope::kWriter);
  EXPECT_FALSE(ring->scope_of("Basic " + key.secret).has_value());
  EXPECT_FALSE(ring->scope_of("").has_value());
}

}  // namespace
}  // namespace modiste::http
