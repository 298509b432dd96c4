#include "shop/remote.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "io/atomic_write.h"
#include "io/test_directory.h"
#include "io/test_server.h"

namespace modiste {
namespace {

CannedAnswer respond(const std::string& target) {
  if (target == "/healthz") return {http_answer("200 OK", "{}"), {}};
  if (target == "/v1/garments/MH01") return {http_answer("200 OK", "{\"id\":\"MH01\"}"), {}};
  if (target == "/v1/garments/none")
    return {http_answer("404 Not Found", R"({"title":"Not Found","detail":"no garment 'none'"})"), {}};
  if (target == "/v1/variants/S")
    return {http_answer("422 Unprocessable Content",
                        R"({"detail":"is a string","pointer":"/stock","expected":"an integer"})"),
            {}};
  return {http_answer("502 Bad Gateway", "<html>"), {}};
}

TEST(Remote, FindsTheServerThatHasTheDirectoryOpen) {
  TestDirectory data;
  EXPECT_EQ(serving_at(data.path()), std::nullopt);
  std::string url;
  {
    TestServer server(respond);
    url = server.url();
    ASSERT_TRUE(write_atomically(data.path() / "server.url", url).ok());
    EXPECT_EQ(serving_at(data.path()), url);
  }
  EXPECT_EQ(serving_at(data.path()), std::nullopt) << "the note outlived its server";
}

TEST(Remote, SendsJsonAndTheKeyOfTheEnvironment) {
  TestServer server(respond);
  setenv("MODISTE_KEY", "mk_secret", 1);
  const auto answer = call_server(server.url(), "POST", "/v1/garments/MH01", "{\"a\":1}");
  unsetenv("MODISTE_KEY");
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_EQ(*answer, "{\"id\":\"MH01\"}");
  const auto request = server.requests().at(0);
  EXPECT_NE(request.find("Authorization: Bearer mk_secret\r\n"), std::string::npos);
  EXPECT_NE(request.find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"a\":1}"));
}

TEST(Remote, AProblemIsSaidInItsOwnWords) {
  TestServer server(respond);
  const auto missing = call_server(server.url(), "GET", "/v1/garments/none", "").error();
  EXPECT_EQ(missing.code, Code::kNotFound);
  EXPECT_EQ(missing.what, "no garment 'none'");
  EXPECT_EQ(call_server(server.url(), "PATCH", "/v1/variants/S", "{}").error().message(),
            "is a string (/stock); expected an integer");
  EXPECT_EQ(call_server(server.url(), "GET", "/other", "").error().message(),
            "the server answered 502 (/other)");
}

}  // namespace
}  // namespace modiste
