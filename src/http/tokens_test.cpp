#include "http/tokens.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/signing.h"

namespace modiste::http {
namespace {

using testing::HasSubstr;

const std::string kSecret = "the secret that the backend shares with us";
const std::string kNext = "the secret that replaces it, just as long as it";
constexpr TimePoint kNow{std::chrono::seconds(1'800'000'000)};
constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";

std::string signed_token(std::string_view header, std::string_view claims,
                         std::string_view secret = kSecret) {
  const auto message = base64url(header) + "." + base64url(claims);
  return message + "." + base64url(hmac_sha256(secret, message));
}

class ShopperToken : public testing::Test {
 protected:
  std::string refusal(std::string_view token) const {
    const auto claims = tokens_.verify(token, kNow);
    return claims.ok() ? "accepted" : claims.error().message();
  }
  std::string refusal_of(std::string_view claims, std::string_view header = kHeader) const {
    return refusal(signed_token(header, claims));
  }
  const ShopperTokens tokens_ = ShopperTokens::make({kSecret, kNext}).value();
};

// The example of RFC 7515 A.1, whose signature others computed: the key is its `k`.
TEST(Signing, AgreesWithTheExampleOfTheStandard) {
  const auto key = from_base64url(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  ASSERT_TRUE(key.has_value());
  constexpr std::string_view kMessage =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
  EXPECT_EQ(base64url(hmac_sha256(*key, kMessage)), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST(Signing, ReadsOnlyTheOneSpellingOfBase64) {
  EXPECT_EQ(from_base64url("YWRh"), "ada");
  EXPECT_EQ(from_base64url(""), "");
  // Padding, bits after the end, half a byte, spaces, the other alphabet, an end of line.
  for (const auto* other : {"YWRhMQ==", "YWRhMR", "YWR", "Y", "YW Rh", "YW+/", "YWRh\n"})
    EXPECT_FALSE(from_base64url(other).has_value()) << other;
}

TEST_F(ShopperToken, SaysWhoIsSignedInAndOnWhichDevice) {
  const auto both =
      tokens_.verify(signed_token(kHeader, R"({"sub":"ada","exp":1800000060,"device":"dev_1"})"), kNow);
  ASSERT_TRUE(both.ok()) << both.error().message();
  EXPECT_EQ(both->shopper_id, "ada");
  EXPECT_EQ(both->device_id, "dev_1");
  EXPECT_EQ(refusal_of(R"({"sub":"ada","exp":1800000060.5,"iat":1,"aud":["web","modiste"]})"), "accepted");
}

TEST_F(ShopperToken, IsAcceptedUnderBothSecretsWhileOneIsReplaced) {
  constexpr std::string_view kClaims = R"({"sub":"ada","exp":1800000060})";
  EXPECT_EQ(refusal(signed_token(kHeader, kClaims, kNext)), "accepted");
  EXPECT_EQ(refusal(signed_token(R"({"alg":"HS256","kid":"2"})", kClaims)), "accepted");
  EXPECT_THAT(refusal(signed_token(kHeader, kClaims, "the secret of somebody else, also long")),
              HasSubstr("signature is wrong"));
}

TEST_F(ShopperToken, IsRefusedUnderEveryOtherAlgorithm) {
  constexpr std::string_view kClaims = R"({"sub":"ada","exp":1800000060})";
  for (const auto* header :
       {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"HS512"})", R"({"alg":"RS256"})",
        R"({"alg":"hs256"})", R"({"alg":["HS256"]})", R"({"typ":"JWT"})"})
    EXPECT_THAT(refusal_of(kClaims, header), HasSubstr("alg: HS256")) << header;
  const auto unsigned_token = base64url(R"({"alg":"none"})") + "." + base64url(kClaims) + ".";
  EXPECT_THAT(refusal(unsigned_token), HasSubstr("alg: HS256"));
  EXPECT_THAT(refusal(base64url(kHeader) + "." + base64url(kClaims) + "."), HasSubstr("signature is wrong"));
  EXPECT_THAT(refusal_of(kClaims, R"({"alg":"HS256","crit":["b64"],"b64":false})"), HasSubstr("crit"));
}

TEST_F(ShopperToken, IsRefusedOnceAnythingInItIsChanged) {
  const auto token = signed_token(kHeader, R"({"sub":"ada","exp":1800000060})");
  ASSERT_EQ(refusal(token), "accepted");
  for (size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_NE(refusal(changed), "accepted") << i;
  }
  const auto other = signed_token(kHeader, R"({"sub":"bob","exp":1800000060})");
  const auto cut = token.rfind('.');
  EXPECT_THAT(refusal(other.substr(0, other.rfind('.')) + token.substr(cut)),
              HasSubstr("signature is wrong"));
  for (const auto& broken : {token + "=", token + ".", token.substr(0, cut), std::string("ey."), " " + token})
    EXPECT_NE(refusal(broken), "accepted") << broken;
}

TEST_F(ShopperToken, HasToExpireSoon) {
  EXPECT_THAT(refusal_of(R"({"sub":"ada"})"), HasSubstr("no expiry"));
  EXPECT_THAT(refusal_of(R"({"sub":"ada","exp":1800000000})"), HasSubstr("has expired"));
  EXPECT_THAT(refusal_of(R"({"sub":"ada","exp":1800000060000})"), HasSubstr("not milliseconds"));
  EXPECT_THAT(refusal_of(R"({"sub":"ada","exp":"1800000060"})"), HasSubstr("seconds since 1970"));
  EXPECT_THAT(refusal_of(R"({"sub":"ada","exp":1800000060,"nbf":1800000300})"), HasSubstr("not valid yet"));
  EXPECT_EQ(refusal_of(R"({"sub":"ada","exp":1800000060,"nbf":1800000030})"), "accepted") << "clocks differ";
}

TEST_F(ShopperToken, NamesAShopperAndIsForUs) {
  EXPECT_THAT(refusal_of(R"({"exp":1800000060})"), HasSubstr("sub"));
  EXPECT_THAT(refusal_of(R"({"sub":"","exp":1800000060})"), HasSubstr("sub"));
  EXPECT_THAT(refusal_of(R"({"sub":7,"exp":1800000060})"), HasSubstr("sub"));
  EXPECT_THAT(refusal_of(R"({"sub":"ada","exp":1800000060,"device":""})"), HasSubstr("device"));
  EXPECT_THAT(refusal_of(R"({"sub":"ada","exp":1800000060,"aud":"payments"})"), HasSubstr("audience"));
  EXPECT_THAT(refusal_of(fmt::format(R"({{"sub":"{}","exp":1800000060}})", std::string(101, 'a'))),
              HasSubstr("sub"));
}

TEST(ShopperTokens, NeedASecretThatCannotBeGuessed) {
  EXPECT_THAT(ShopperTokens::make({"password"}).error().message(), HasSubstr("32"));
  EXPECT_FALSE(ShopperTokens::make({kSecret, kNext, kSecret}).ok());
  const auto none = ShopperTokens::make({}).value();
  EXPECT_THAT(
      none.verify(signed_token(kHeader, R"({"sub":"ada","exp":1800000060})", ""), kNow).error().message(),
      HasSubstr("server.shopper_token_secrets"));
}

TEST(DeviceTokens, ProveTheDeviceThatTheyNameAndNoOther) {
  const auto tokens = DeviceTokens::make(kSecret).value();
  const auto id = DeviceTokens::new_device_id();
  EXPECT_NE(id, DeviceTokens::new_device_id());
  const auto token = tokens.token_of(id);
  EXPECT_EQ(tokens.device_of(token).value(), id);
  for (size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens.device_of(changed).ok()) << i;
  }
  const auto other = tokens.token_of("dev_other");
  EXPECT_FALSE(tokens.device_of(other.substr(0, other.find('.')) + token.substr(token.find('.'))).ok());
  EXPECT_FALSE(DeviceTokens::make(kNext)->device_of(token).ok()) << "another server's";
  // A signature over the bare id, as something else might make it with the same secret.
  EXPECT_FALSE(tokens.device_of("md_" + base64url(id) + "." + base64url(hmac_sha256(kSecret, id))).ok());
  for (const auto* text : {"", "md_", "md_.", "mk_x.y", "md_ZGV2.", "md_.ZGV2"})
    EXPECT_FALSE(tokens.device_of(text).ok()) << text;
  EXPECT_FALSE(DeviceTokens::make("short").ok());
}

}  // namespace
}  // namespace modiste::http
