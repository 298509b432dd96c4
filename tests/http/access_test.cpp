// Attacks on a public shop, and what its callers may do: over the real server of a shop in memory.
#include "http/access.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>

#include "http/guard.h"
#include "http/job_routes.h"
#include "http/shopper_contracts.h"
#include "http/signing.h"
#include "http/tokens.h"
#include "test_support.h"

namespace modiste::http {
namespace {

using namespace testing;  // of modiste::http
using ::testing::HasSubstr;

const std::string kSecret = "the secret of the shop's own backend";
constexpr std::string_view kStorefront = "https://shop.example";

std::string bearer(const std::string& token) {
  return token.empty() ? "" : "Authorization: Bearer " + token + "\r\n";
}

int64_t seconds_from_now(int64_t seconds) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count() + seconds;
}

// A token as the shop's backend makes it; `more` is added to the claims.
std::string shopper_token(std::string_view shopper, std::string_view more = "", int64_t lifetime = 600,
                          std::string_view secret = kSecret, std::string_view algorithm = "HS256") {
  const auto header = fmt::format(R"({{"alg":"{}","typ":"JWT"}})", algorithm);
  const auto claims = fmt::format(R"({{"sub":"{}","exp":{}{}}})", shopper, seconds_from_now(lifetime), more);
  const auto message = base64url(header) + "." + base64url(claims);
  return message + "." + base64url(hmac_sha256(secret, message));
}

std::string event(std::string_view type, std::string_view members) {
  static std::atomic<int> count{0};
  return fmt::format(R"({{"event_id":"e{}","type":"{}"{}{}}})", ++count, type, members.empty() ? "" : ",",
                     members);
}
std::string batch(std::string_view events) { return fmt::format(R"({{"events":[{}]}})", events); }

constexpr std::string_view kOfGarment = R"("garment_id":"G1")";

// A shop on the web: browsers may call without a key, and a storefront on another host.
class PublicShop : public ::testing::Test {
 protected:
  PublicShop() : PublicShop(true) {}
  explicit PublicShop(bool without_key) : served_(options(without_key)) {}

  ServerOptions options(bool without_key) const {
    ServerOptions out;
    out.service.keys = {{"shop", Scope::kWriter, writer_.hash}, {"web", Scope::kShopper, web_.hash}};
    out.service.shoppers_without_key = without_key;
    out.service.shopper_token_secrets = {kSecret};
    out.service.origins = {std::string(kStorefront)};
    return out;
  }
  testing::Reply get(std::string_view target, const std::string& fields = "") const {
    return served_.call("GET", target, "", "", fields);
  }
  testing::Reply post(std::string_view target, std::string_view body, const std::string& fields = "") const {
    return served_.call("POST", target, body, "application/json", fields);
  }
  testing::Reply send(const std::string& events, const std::string& fields) const {
    return post("/v1/events", batch(events), fields);
  }
  NewDevice new_device(const std::string& fields = "") const {
    const auto reply = served_.call("POST", "/v1/devices", "", "", fields);
    EXPECT_EQ(reply.status, 201) << reply.body;
    return from_json_text<NewDevice>(reply.body).value();
  }
  StyleView style(std::string_view kind, std::string_view id) const {
    const auto reply = get(fmt::format("/v1/shoppers/{}/style?kind={}", id, kind), as_shop());
    return from_json_text<StyleView>(reply.body).value();
  }
  // What the shop knows of bob, from its own server.
  void know_bob() const {
    ASSERT_EQ(send(event("like", R"("shopper_id":"bob","device_id":"bobs-phone","session_id":"s1",)" +
                                     std::string(kOfGarment)),
                   as_shop())
                  .status,
              202);
  }
  std::string as_shop() const { return bearer(writer_.secret); }

  const NewApiKey writer_ = new_api_key(), web_ = new_api_key();
  Served served_;
};

// Refused with this status and pointer, and with words that say what would be right.
void expect_refused(const testing::Reply& reply, int status, std::string_view pointer) {
  EXPECT_EQ(reply.status, status) << reply.body;
  if (reply.status != status) return;
  const auto problem = problem_of(reply);
  EXPECT_EQ(problem.pointer.value_or(""), pointer) << reply.body;
  EXPECT_FALSE(problem.expected.value_or("").empty()) << reply.body;
  EXPECT_THAT(reply.field("WWW-Authenticate"), HasSubstr("Bearer")) << reply.head;
}

TEST_F(PublicShop, ShowsWhatIsInTheShopToEverybody) {
  for (const auto* target :
       {"/v1/shop", "/v1/facets", "/v1/quiz", "/v1/garments", "/v1/garments/G1", "/v1/garments/G1/similar"})
    EXPECT_EQ(get(target).status, 200) << target;
  EXPECT_EQ(post("/v1/recommendations", R"({"count":3})").status, 200);
  EXPECT_EQ(post("/v1/search", R"({"query":"shirt"})").status, 200);
}

TEST_F(PublicShop, TellsItsMarginsToItsOwnServersOnly) {
  const std::string garment =
      R"({"title":"Shirt","category":"Tops/Shirts","variants":[{"sku":"G77-M","size":"M","colour":"Red","price":20,"stock":3,"margin":0.41}]})";
  ASSERT_EQ(served_.call("PUT", "/v1/garments/G77", garment, "application/json", as_shop()).status, 201);
  for (const auto* target : {"/v1/garments/G77", "/v1/garments?after=G76"}) {
    EXPECT_THAT(get(target, as_shop()).body, HasSubstr("0.41")) << target;
    EXPECT_THAT(get(target).body, ::testing::AllOf(HasSubstr("G77-M"), ::testing::Not(HasSubstr("margin"))))
        << target;
    EXPECT_THAT(get(target, bearer(new_device().token)).body, ::testing::Not(HasSubstr("margin"))) << target;
  }
  // Nor by their part of a score.
  const std::string trousers =
      R"({"title":"Trousers","category":"Bottoms/Trousers","variants":[{"sku":"G76-M","size":"M","colour":"Navy","price":40,"stock":3}]})";
  ASSERT_EQ(served_.call("PUT", "/v1/garments/G76", trousers, "application/json", as_shop()).status, 201);
  const std::pair<const char*, const char*> answers[] = {
      {"/v1/recommendations", R"({"count":20,"seed":1})"},
      {"/v1/outfits", R"({"anchors":[{"garment_id":"G77"}],"roles":["bottom"],"seed":1})"}};
  for (const auto& [target, body] : answers) {
    EXPECT_THAT(post(target, body, as_shop()).body, HasSubstr("margin")) << target;
    EXPECT_THAT(post(target, body).body,
                ::testing::AllOf(HasSubstr("G77"), ::testing::Not(HasSubstr("margin"))))
        << target;
  }
}

TEST_F(PublicShop, CountsItsStockForItsOwnServersOnly) {
  const auto put = [&](int stock) {
    const std::string garment = fmt::format(
        R"({{"title":"Shirt","category":"Tops/Shirts","variants":[{{"sku":"G78-M","size":"M","colour":"Red","price":20,"stock":{}}}]}})",
        stock);
    const auto reply = served_.call("PUT", "/v1/garments/G78", garment, "application/json", as_shop());
    EXPECT_THAT(reply.status, ::testing::AnyOf(200, 201)) << reply.body;
  };
  for (const auto& [stock, level] : {std::pair{4711, "in_stock"}, {3, "low"}, {0, "out"}}) {
    put(stock);
    for (const auto* target : {"/v1/garments/G78", "/v1/garments?after=G77"}) {
      EXPECT_THAT(get(target, as_shop()).body, ::testing::AllOf(HasSubstr(fmt::format("\"stock\":{}", stock)),
                                                                ::testing::Not(HasSubstr("availability"))))
          << target;
      for (const std::string& credential : {std::string(), bearer(new_device().token)})
        EXPECT_THAT(get(target, credential).body,
                    ::testing::AllOf(HasSubstr(fmt::format("\"availability\":\"{}\"", level)),
                                     ::testing::Not(HasSubstr("\"stock\""))))
            << target;
    }
  }
}

TEST_F(PublicShop, AnswersNobodyAboutAnybody) {
  know_bob();
  expect_refused(get("/v1/shoppers/bob/style"), 401, "");
  expect_refused(get("/v1/shoppers/bobs-phone/style?kind=device"), 401, "");
  expect_refused(get("/v1/shoppers/bob/export"), 401, "");
  expect_refused(get("/v1/shoppers/bob/identity"), 401, "");
  expect_refused(served_.call("DELETE", "/v1/shoppers/bob"), 401, "");
  expect_refused(post("/v1/recommendations", R"({"shopper_id":"bob"})"), 401, "/shopper_id");
  expect_refused(post("/v1/recommendations", R"({"device_id":"bobs-phone"})"), 401, "/device_id");
  expect_refused(post("/v1/recommendations", R"({"session_id":"s1"})"), 401, "/session_id");
  expect_refused(post("/v1/search", R"({"query":"shirt","shopper_id":"bob"})"), 401, "/shopper_id");
  expect_refused(get("/v1/garments/G1/similar?shopper_id=bob"), 401, "?shopper_id");
  expect_refused(served_.call("POST", "/v1/search/photo?session_id=s1", photo_bytes(), "image/png"), 401,
                 "?session_id");
  expect_refused(get("/v1/dead-letters"), 401, "");
  EXPECT_EQ(style("user", "bob").signals, 1);
}

TEST_F(PublicShop, TakesNoEventsFromNobody) {
  for (const auto* type : {"like", "purchase", "identify"})
    expect_refused(send(event(type, R"("shopper_id":"bob",)" + std::string(kOfGarment)), ""), 401, "");
  EXPECT_EQ(style("user", "bob").signals, 0);
}

TEST_F(PublicShop, GivesABrowserItsOwnProfile) {
  const auto mine = new_device();
  const auto fields = bearer(mine.token);
  EXPECT_EQ(send(event("like", kOfGarment), fields).status, 202) << "the token says who it was";
  EXPECT_EQ(send(event("like", fmt::format(R"("garment_id":"G2","device_id":"{}")", mine.device_id)), fields)
                .status,
            202);
  const auto path = fmt::format("/v1/shoppers/{}/style?kind=device", mine.device_id);
  const auto reply = get(path, fields);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(from_json_text<StyleView>(reply.body)->signals, 2);
  EXPECT_EQ(post("/v1/recommendations", R"({"session_id":"visit-7"})", fields).status, 200);
  // Without a name in the request the answer is the device's own: what was liked is left out of a deck.
  const auto deck = from_json_text<Answer>(post("/v1/recommendations", R"({"deck":true})", fields).body);
  ASSERT_TRUE(deck.ok());
  for (const auto& item : deck->items) EXPECT_NE(item.garment_id, "G1");
}

TEST_F(PublicShop, LetsADeviceActForNobodyElse) {
  know_bob();
  const auto mine = new_device(), other = new_device();
  const auto fields = bearer(mine.token);
  expect_refused(get(fmt::format("/v1/shoppers/{}/style?kind=device", other.device_id), fields), 403, "?id");
  expect_refused(get("/v1/shoppers/bob/style", fields), 403, "?id");
  expect_refused(get(fmt::format("/v1/shoppers/{}/style?kind=user", mine.device_id), fields), 403, "?id");
  expect_refused(get(fmt::format("/v1/shoppers/{}/export?kind=device", mine.device_id), fields), 403, "");
  expect_refused(
      served_.call("DELETE", fmt::format("/v1/shoppers/{}?kind=device", mine.device_id), "", "", fields), 403,
      "");
  expect_refused(post("/v1/recommendations", R"({"device_id":"bobs-phone"})", fields), 403, "/device_id");
  expect_refused(post("/v1/recommendations", R"({"shopper_id":"bob"})", fields), 403, "/shopper_id");
  expect_refused(get(fmt::format("/v1/garments/G1/similar?device_id={}", other.device_id), fields), 403,
                 "?device_id");
  const auto like_as = [&](std::string_view member, std::string_view id) {
    return send(event("like", fmt::format(R"("{}":"{}",{})", member, id, kOfGarment)), fields);
  };
  expect_refused(like_as("device_id", other.device_id), 403, "/events/0/device_id");
  expect_refused(like_as("shopper_id", "bob"), 403, "/events/0/shopper_id");
  expect_refused(like_as("loyalty_id", "card-of-bob"), 403, "/events/0/loyalty_id");
  expect_refused(like_as("email_hash", "hash-of-bob"), 403, "/events/0/email_hash");
  expect_refused(like_as("external_id", "crm-of-bob"), 403, "/events/0/external_id");
  EXPECT_EQ(style("user", "bob").signals, 1);
}

TEST_F(PublicShop, TakesNoPurchaseReturnConsentOrIdentityFromADevice) {
  know_bob();
  const auto fields = bearer(new_device().token);
  for (const auto& forged :
       {event("purchase", kOfGarment), event("purchase", R"("shopper_id":"bob",)" + std::string(kOfGarment)),
        event("return", R"("reason":"style",)" + std::string(kOfGarment)),
        event("consent", R"("consent":{"personalisation":false})"),
        event("consent", R"("shopper_id":"bob","consent":{"personalisation":false})"),
        event("identify", R"("shopper_id":"bob")")})
    expect_refused(send(forged, fields), 403, "/events/0/type");
  EXPECT_EQ(style("user", "bob").signals, 1);
  EXPECT_EQ(style("user", "bob").purchases, 0);
}

// The same in the bodies of others: the pointer is into what was sent.
TEST_F(PublicShop, TakesNoForgeriesInOtherFormats) {
  const auto fields = bearer(new_device().token);
  const auto segment = post(
      "/v1/events",
      R"({"batch":[{"type":"track","event":"Order Completed","messageId":"m1","userId":"bob","properties":{"order_id":"o1","products":[{"product_id":"G1"}]}}]})",
      fields);
  EXPECT_EQ(segment.status, 403) << segment.body;
  const auto identify =
      post("/v1/events",
           R"({"batch":[{"type":"identify","messageId":"m2","userId":"bob","anonymousId":"x"}]})", fields);
  EXPECT_EQ(identify.status, 403) << identify.body;
  const auto google = post(
      "/v1/events",
      R"({"client_id":"x","user_id":"bob","events":[{"name":"view_item","params":{"items":[{"item_id":"G1"}]}}]})",
      fields);
  expect_refused(google, 403, "/user_id");
  EXPECT_EQ(style("user", "bob").signals, 0);
}

TEST_F(PublicShop, JudgesABatchEventByEvent) {
  const auto mine = new_device();
  const auto reply =
      send(event("purchase", kOfGarment) + "," + event("like", kOfGarment), bearer(mine.token));
  ASSERT_EQ(reply.status, 202);
  const auto report = from_json_text<EventsReport>(reply.body).value();
  EXPECT_EQ(report.accepted, 1);
  ASSERT_EQ(report.refused.size(), 1U);
  EXPECT_EQ(report.refused[0].index, 0);
  EXPECT_EQ(report.refused[0].pointer, "/events/0/type");
  EXPECT_THAT(report.refused[0].expected, HasSubstr("shopper token"));
  EXPECT_EQ(style("device", mine.device_id).likes, 1);
}

// A merchant who replays dead letters would replay them with the shop's own rights.
TEST_F(PublicShop, KeepsNoForgeryToBeReplayedLater) {
  const auto fields = bearer(new_device().token);
  send(event("purchase", kOfGarment), fields);
  send(event("purchase", R"("shopper_id":"bob")"), fields);  // malformed as well
  send(event("lik", R"("shopper_id":"bob")"), fields);
  post("/v1/events", "{", fields);
  const auto held = from_json_text<LetterPage>(get("/v1/dead-letters", as_shop()).body);
  ASSERT_TRUE(held.ok());
  EXPECT_EQ(held->held, 0);
  send(event("lik", R"("shopper_id":"bob")"), as_shop());
  EXPECT_EQ(from_json_text<LetterPage>(get("/v1/dead-letters", as_shop()).body)->held, 1);
}

// A session on two devices, one of them signed in, would make the other device the shopper's as well.
TEST_F(PublicShop, LetsNobodyEnterASessionByItsId) {
  know_bob();
  const auto mine = new_device();
  const auto fields = bearer(mine.token);
  EXPECT_EQ(send(event("like", R"("session_id":"s1",)" + std::string(kOfGarment)), fields).status, 202);
  EXPECT_EQ(style("device", mine.device_id).signals, 1);
  EXPECT_EQ(style("user", "bob").signals, 1);
  const auto identity = get("/v1/shoppers/bob/identity", as_shop()).body;
  EXPECT_EQ(identity.find(mine.device_id), std::string::npos) << identity;
}

TEST_F(PublicShop, KnowsASignedInShopperByTheirToken) {
  know_bob();
  const auto mine = new_device();
  const auto ada = bearer(shopper_token("ada"));
  const auto ada_here = ada + "X-Device-Token: " + mine.token + "\r\n";
  EXPECT_EQ(send(event("like", kOfGarment), bearer(mine.token)).status, 202);
  EXPECT_EQ(send(event("identify", ""), ada_here).status, 202) << "the tokens are the two identifiers";
  EXPECT_EQ(send(event("purchase", kOfGarment), ada).status, 202);
  EXPECT_EQ(send(event("return", R"("reason":"style",)" + std::string(kOfGarment)), ada).status, 202);
  const auto known = get("/v1/shoppers/ada/style", ada);
  ASSERT_EQ(known.status, 200) << known.body;
  EXPECT_EQ(from_json_text<StyleView>(known.body)->likes, 1) << "the device's like is the shopper's";
  EXPECT_EQ(from_json_text<StyleView>(known.body)->purchases, 1);
  EXPECT_EQ(get("/v1/shoppers/ada/export", ada).status, 200);
  EXPECT_EQ(get("/v1/shoppers/ada/identity", ada).status, 200);
  EXPECT_EQ(send(event("consent", R"("consent":{"personalisation":false})"), ada).status, 202);
  EXPECT_EQ(style("user", "ada").signals, 0);
  EXPECT_EQ(served_.call("DELETE", "/v1/shoppers/ada", "", "", ada).status, 204);
  EXPECT_EQ(style("user", "bob").signals, 1);
}

// A tablet on which ada signed in once, and which others use too: ada's wardrobe and body, perhaps told on
// the phone, need ada's own token. A device on which nobody signed in keeps its own wardrobe.
TEST_F(PublicShop, KeepsAWardrobeFromADeviceThatSomebodySignedInOn) {
  const auto tablet = new_device(), other = new_device();
  const auto path = [](const NewDevice& device, std::string_view what, std::string_view piece = "") {
    return fmt::format("/v1/shoppers/{}/{}{}?kind=device", device.device_id, what, piece);
  };
  const auto put = [&](const NewDevice& device, const std::string& fields) {
    return served_.call("PUT", path(device, "body"), R"({"height_cm":160})", "application/json", fields);
  };
  for (const auto& device : {tablet, other}) {
    const auto fields = bearer(device.token);
    EXPECT_EQ(post(path(device, "wardrobe"), R"({"garment_id":"G1"})", fields).status, 201);
    EXPECT_EQ(put(device, fields).status, 200);
    EXPECT_THAT(get(path(device, "wardrobe"), fields).body, HasSubstr("G1"));
  }
  const auto ada = bearer(shopper_token("ada")), bob = bearer(shopper_token("bob"));
  const auto beside = [](const NewDevice& device) { return "X-Device-Token: " + device.token + "\r\n"; };
  ASSERT_EQ(send(event("identify", ""), ada + beside(tablet)).status, 202);

  const auto fields = bearer(tablet.token);
  for (const auto& refused :
       {get(path(tablet, "wardrobe"), fields), get(path(tablet, "body"), fields), put(tablet, fields),
        post(path(tablet, "wardrobe"), R"({"garment_id":"G2"})", fields),
        served_.call("DELETE", path(tablet, "wardrobe", "/G1"), "", "", fields),
        get(path(tablet, "wardrobe"), bob + beside(tablet))})
    expect_refused(refused, 403, "?id");
  EXPECT_THAT(get(path(tablet, "wardrobe"), ada + beside(tablet)).body, HasSubstr("G1"));
  EXPECT_THAT(get("/v1/shoppers/ada/wardrobe", ada).body, HasSubstr("G1"));
  EXPECT_THAT(get(path(tablet, "wardrobe"), as_shop()).body, HasSubstr("G1"));
  EXPECT_EQ(get(path(tablet, "style"), fields).status, 200) << "what is done on it is still the device's";
  EXPECT_THAT(get(path(tablet, "style"), fields).body, ::testing::Not(HasSubstr("160")));
  EXPECT_THAT(get(path(tablet, "style"), ada + beside(tablet)).body, HasSubstr("160"));
  for (const auto& intimate : {event("body", R"("body":{"height_cm":190})"), event("disown", kOfGarment),
                               event("own", R"("garment_id":"G2")")})
    expect_refused(send(intimate, fields), 403, "/events/0/type");
  EXPECT_EQ(send(event("like", kOfGarment), fields).status, 202);

  EXPECT_THAT(get(path(other, "wardrobe"), bearer(other.token)).body, HasSubstr("G1"));
  EXPECT_EQ(served_.call("DELETE", path(other, "wardrobe", "/G1"), "", "", bearer(other.token)).status, 204);
}

TEST_F(PublicShop, LetsAShopperActForNobodyElse) {
  know_bob();
  const auto other = new_device();
  const auto ada = bearer(shopper_token("ada"));
  expect_refused(get("/v1/shoppers/bob/style", ada), 403, "?id");
  expect_refused(get("/v1/shoppers/bob/export", ada), 403, "?id");
  expect_refused(get("/v1/shoppers/bobs-phone/export?kind=device", ada), 403, "?id");
  expect_refused(get("/v1/shoppers/ada/export?kind=loyalty", ada), 403, "?id");
  expect_refused(served_.call("DELETE", "/v1/shoppers/bob", "", "", ada), 403, "?id");
  expect_refused(post("/v1/shoppers/ada/identity", R"({"link":"x","merges":true})", ada), 403, "");
  expect_refused(served_.call("DELETE", "/v1/garments/G1", "", "", ada), 403, "");
  const auto as_bob = [&](std::string_view type, std::string_view members) {
    return send(event(type, fmt::format(R"("shopper_id":"bob",{})", members)), ada);
  };
  expect_refused(as_bob("purchase", kOfGarment), 403, "/events/0/shopper_id");
  expect_refused(as_bob("consent", R"("consent":{"training":false})"), 403, "/events/0/shopper_id");
  expect_refused(as_bob("identify", R"("device_id":"x")"), 403, "/events/0/shopper_id");
  expect_refused(post("/v1/recommendations", R"({"shopper_id":"bob"})", ada), 403, "/shopper_id");
  // A device is the shopper's only if its token, or the shop's backend, says so.
  expect_refused(send(event("identify", fmt::format(R"("device_id":"{}")", other.device_id)), ada), 403,
                 "/events/0/device_id");
  const auto told = bearer(shopper_token("ada", fmt::format(R"(,"device":"{}")", other.device_id)));
  EXPECT_EQ(send(event("identify", fmt::format(R"("device_id":"{}")", other.device_id)), told).status, 202);
  EXPECT_EQ(style("user", "bob").signals, 1);
}

TEST_F(PublicShop, RefusesTokensThatProveNothing) {
  const auto refused = [&](const std::string& token, std::string_view why) {
    const auto reply = get("/v1/shoppers/ada/style", bearer(token));
    EXPECT_EQ(reply.status, 401) << why;
    EXPECT_THAT(reply.field("WWW-Authenticate"), HasSubstr("invalid_token")) << why;
    EXPECT_THAT(problem_of(reply).detail, HasSubstr(std::string(why)));
    EXPECT_FALSE(problem_of(reply).expected.value_or("").empty()) << why;
  };
  refused(shopper_token("ada", "", -5), "it has expired");
  refused(shopper_token("ada", "", 600, "the secret of somebody else, long enough"), "signature");
  refused(shopper_token("ada", "", 600, kSecret, "none"), "algorithm");
  refused(shopper_token("ada", "", 600, kSecret, "HS512"), "algorithm");
  const auto ada = shopper_token("ada"), bob = shopper_token("bob");
  refused(bob.substr(0, bob.rfind('.')) + ada.substr(ada.rfind('.')), "signature");
  refused(ada.substr(0, ada.rfind('.') + 1), "signature");
  const auto mine = new_device(), other = new_device();
  const auto forged = other.token.substr(0, other.token.find('.')) + mine.token.substr(mine.token.find('.'));
  refused(forged, "not issued by this server");
  EXPECT_EQ(get("/v1/shoppers/ada/style", bearer(ada) + "X-Device-Token: " + forged + "\r\n").status, 401);
  const auto bound = shopper_token("ada", fmt::format(R"(,"device":"{}")", mine.device_id));
  EXPECT_EQ(get("/v1/shoppers/ada/style", bearer(bound) + "X-Device-Token: " + other.token + "\r\n").status,
            401)
      << "the token of one device with the other's";
  EXPECT_EQ(get("/v1/shop", bearer("mk_wrong")).status, 401);
  EXPECT_EQ(get("/healthz", bearer(forged)).status, 200) << "nobody is asked there";
}

TEST_F(PublicShop, LeavesServersWithAKeyAsTheyWere) {
  for (const auto& key : {writer_, web_}) {
    const auto fields = bearer(key.secret);
    EXPECT_EQ(send(event("purchase", R"("shopper_id":"cleo",)" + std::string(kOfGarment)), fields).status,
              202);
    EXPECT_EQ(
        send(event("identify", R"("shopper_id":"cleo","device_id":"d9","session_id":"s9")"), fields).status,
        202);
    EXPECT_EQ(get("/v1/shoppers/cleo/style", fields).status, 200);
    EXPECT_EQ(post("/v1/recommendations", R"({"shopper_id":"cleo","session_id":"s9"})", fields).status, 200);
  }
  EXPECT_EQ(get("/v1/shoppers/cleo/export", bearer(writer_.secret)).status, 200);
  EXPECT_EQ(get("/v1/shoppers/cleo/export", bearer(web_.secret)).status, 403);
}

// An id that an analytics script has given already can be proven as well, if the shop's server asks.
TEST_F(PublicShop, LetsOnlyTheShopsServersChooseADeviceId) {
  expect_refused(served_.call("POST", "/v1/devices?id=bobs-phone"), 401, "?id");
  expect_refused(served_.call("POST", "/v1/devices?id=bobs-phone", "", "", bearer(new_device().token)), 403,
                 "?id");
  const auto reply = served_.call("POST", "/v1/devices?id=bobs-phone", "", "", as_shop());
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.field("Cache-Control"), "no-store");
  const auto device = from_json_text<NewDevice>(reply.body).value();
  EXPECT_EQ(device.device_id, "bobs-phone");
  EXPECT_EQ(get("/v1/shoppers/bobs-phone/style?kind=device", bearer(device.token)).status, 200);
}

TEST_F(PublicShop, SharesItsAnswersWithTheListedStorefrontOnly) {
  const auto from = [&](std::string_view method, std::string_view target, std::string_view origin,
                        std::string_view body = "") {
    return served_.call(method, target, body, "application/json", fmt::format("Origin: {}\r\n", origin));
  };
  const auto preflight = from("OPTIONS", "/v1/events", kStorefront);
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.field("Access-Control-Allow-Origin"), kStorefront);
  EXPECT_THAT(preflight.field("Access-Control-Allow-Headers"), HasSubstr("Authorization"));
  EXPECT_THAT(preflight.field("Access-Control-Allow-Headers"), HasSubstr("X-Device-Token"));
  EXPECT_THAT(preflight.field("Access-Control-Allow-Methods"), HasSubstr("POST"));
  EXPECT_EQ(preflight.field("Access-Control-Allow-Credentials"), "") << "no cookies are involved";
  const auto answer = from("POST", "/v1/recommendations", kStorefront, R"({"count":1})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), kStorefront);
  EXPECT_EQ(answer.field("Vary"), "Origin");
  const auto refused = from("POST", "/v1/events", kStorefront, batch(event("like", kOfGarment)));
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.field("Access-Control-Allow-Origin"), kStorefront) << "a page must be able to read why";
  for (const auto* stranger : {"https://evil.example", "https://shop.example.evil.example",
                               "http://shop.example", "https://shop.example:8443", "null"}) {
    EXPECT_EQ(from("OPTIONS", "/v1/events", stranger).field("Access-Control-Allow-Origin"), "") << stranger;
    EXPECT_EQ(from("GET", "/v1/shop", stranger).field("Access-Control-Allow-Origin"), "") << stranger;
    EXPECT_EQ(from("POST", "/v1/devices", stranger).status, 403) << stranger;
  }
}

TEST(Origins, HaveToBeOrigins) {
  for (const auto* text : {"*", "shop.example", "https://shop.example/", "https://shop.example/path", "null",
                           "https://user@shop.example", "ftp://shop.example", "https://"}) {
    ServiceOptions options;
    options.origins = {text};
    EXPECT_FALSE(Guard::make(options).ok()) << text;
  }
  ServiceOptions options;
  options.origins = {"https://Shop.Example", "http://localhost:3000"};
  EXPECT_TRUE(Guard::make(options).ok());
}

// A storefront whose addresses get three devices a minute.
class LimitedShop : public PublicShop {
 protected:
  LimitedShop() : limited_(with_limit(options(true))) {}
  static ServerOptions with_limit(ServerOptions options) {
    options.service.devices_per_minute = 3;
    return options;
  }
  testing::Reply ask(const std::string& fields) const {
    return limited_.call("POST", "/v1/devices", "", "", fields);
  }
  Served limited_;
};

TEST_F(LimitedShop, IssuesAnAddressSoManyDevicesAMinute) {
  const std::string one = "X-Forwarded-For: 198.51.100.1\r\n", other = "X-Forwarded-For: 198.51.100.2\r\n";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(one).status, 201) << i;
  const auto refused = ask(one);
  EXPECT_EQ(refused.status, 429);
  const int wait_s = std::stoi(refused.field("Retry-After"));
  EXPECT_GE(wait_s, 1);
  EXPECT_LE(wait_s, 20);
  EXPECT_EQ(ask(other).status, 201);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(ask(one + as_shop()).status, 201) << "a server with a key is not limited";
  EXPECT_EQ(limited_.call("GET", "/v1/shop", "", "", one).status, 200) << "other routes are not";
}

// A shop whose browsers do not call without a key.
class PrivateShop : public PublicShop {
 protected:
  PrivateShop() : PublicShop(false) {}
};

TEST_F(PrivateShop, AnswersTokensThatItsServersIssued) {
  expect_refused(get("/v1/shop"), 401, "");
  expect_refused(post("/v1/recommendations", R"({"count":1})"), 401, "");
  expect_refused(served_.call("POST", "/v1/devices"), 401, "");
  const auto device = new_device(bearer(web_.secret));
  EXPECT_EQ(get("/v1/shop", bearer(device.token)).status, 200);
  EXPECT_EQ(send(event("like", kOfGarment), bearer(device.token)).status, 202);
  EXPECT_EQ(get("/v1/shoppers/ada/style", bearer(shopper_token("ada"))).status, 200);
  expect_refused(get("/v1/shoppers/bob/style", bearer(shopper_token("ada"))), 403, "?id");
}

// On loopback without keys everything is open; tokens only say who it is.
TEST(OpenServer, TakesTokensForWhoItIsAndRefusesVoidOnes) {
  Served served;
  const auto device = from_json_text<NewDevice>(served.call("POST", "/v1/devices", "", "").body).value();
  const auto send = [&](const std::string& fields) {
    return served.call("POST", "/v1/events", batch(event("purchase", kOfGarment)), "application/json",
                       fields);
  };
  EXPECT_EQ(send(bearer(device.token)).status, 202);
  const auto path = fmt::format("/v1/shoppers/{}/style?kind=device", device.device_id);
  EXPECT_EQ(from_json_text<StyleView>(served.call("GET", path).body)->purchases, 1);
  EXPECT_EQ(served.call("GET", path, "", "", bearer(device.token + "A")).status, 401)
      << "the page has to ask for a new one";
  EXPECT_EQ(served.call("GET", path, "", "", bearer("mk_left_in_the_environment")).status, 200);
}

// docs/access.md says what the routes' rules say. MODISTE_UPDATE=1 rewrites the table.
TEST(AccessPage, IsTheTableOfTheRoutes) {
  std::string table = "| route | nothing | device token | shopper token | API key |\n|---|---|---|---|---|\n";
  Router router = shop_router(nullptr);
  add_job_routes(router, nullptr);
  add_system_routes(router, {});
  for (const auto& route : router.routes()) {
    const auto& rule = *route.spec.access;
    table +=
        fmt::format("| `{} {}` | {} | {} | {} | {} |\n", name_of(route.spec.method), route.spec.path,
                    name_of(rule.unknown), name_of(rule.device), name_of(rule.shopper), name_of(rule.key));
  }
  table += "\nEvents that a device token alone may send: ";
  for (const auto& row : kEventTypes)
    if (device_may_send(row.type))
      table += fmt::format("{}`{}`", table.ends_with(": ") ? "" : ", ", row.name);
  table += ".\n";
  const auto path = std::string(MODISTE_SOURCE_DIR) + "/docs/access.md";
  std::stringstream kept;
  kept << std::ifstream(path, std::ios::binary).rdbuf();
  const auto page = kept.str();
  constexpr std::string_view kBegin = "<!-- table -->\n", kEnd = "<!-- end of table -->";
  const auto begin = page.find(kBegin), end = page.find(kEnd);
  ASSERT_TRUE(begin != std::string::npos && end != std::string::npos) << path;
  const auto expected = page.substr(0, begin + kBegin.size()) + table + page.substr(end);
  if (std::getenv("MODISTE_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << expected;
  } else {
    EXPECT_EQ(page, expected) << "run with MODISTE_UPDATE=1";
  }
}

}  // namespace
}  // namespace modiste::http
