#include "shop/remote/remote.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "io/test_directory.h"
#include "io/test_server.h"
#include "storage/files/data_directory.h"

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
  if (target == "/failed") return {http_answer("500 Internal Server Error", "{}"), {}};
  if (target == "/often") return {http_answer("429 Too Many Requests", "{}"), {}};
  return {http_answer("502 Bad Gateway", "<html>"), {}};
}

TEST(Remote, FindsTheServerThatHasTheDirectoryOpen) {
  TestDirectory data;
  EXPECT_EQ(serving_at(data.path()), std::nullopt);
  const auto lock = DataDirectory::open(data.path());
  ASSERT_TRUE(lock.ok());
  std::optional<TestServer> server(std::in_place, respond);
  const ServingNote note{server->url(), ::getpid(), "secret"};
  {
    const auto file = ServingFile::write(data.path(), note);
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(serving_at(data.path()), note);
    EXPECT_EQ(std::filesystem::status(data.path() / "serving.json").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << "the token is the owner's";
  }
  EXPECT_EQ(serving_at(data.path()), std::nullopt) << "a clean stop removes it";
  const auto outlives = ServingFile::write(data.path(), note);
  server.reset();
  EXPECT_EQ(serving_at(data.path()), std::nullopt) << "the file outlived its server";
}

TEST(Remote, DoesNotSendTheTokenToAnotherProcessAtTheAddress) {
  TestDirectory data;
  const auto lock = DataDirectory::open(data.path());
  TestServer server(respond);
  const auto file = ServingFile::write(data.path(), {server.url(), ::getppid(), "secret"});
  EXPECT_EQ(serving_at(data.path()), std::nullopt) << "its process does not hold the lock";
  EXPECT_TRUE(server.requests().empty());
}

TEST(Remote, SendsJsonAndTheTokenOrTheKeyOfTheEnvironment) {
  TestServer server(respond);
  ASSERT_TRUE(call_server({server.url(), 1, "secret"}, "GET", "/v1/garments/MH01", "").ok());
  EXPECT_NE(server.requests().at(0).find("Authorization: Bearer secret\r\n"), std::string::npos);
  setenv("MODISTE_KEY", "mk_secret", 1);
  const auto answer = call_server({server.url(), 1, "secret"}, "POST", "/v1/garments/MH01", "{\"a\":1}");
  unsetenv("MODISTE_KEY");
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_EQ(*answer, "{\"id\":\"MH01\"}");
  const auto request = server.requests().at(1);
  EXPECT_NE(request.find("Authorization: Bearer mk_secret\r\n"), std::string::npos);
  EXPECT_NE(request.find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"a\":1}"));
}

constexpr PatientCalls::Patience kShortly{std::chrono::milliseconds(1), std::chrono::milliseconds(4),
                                          std::chrono::milliseconds(10'000)};

TEST(Remote, ABusyServerIsAskedAgain) {
  std::atomic<int> asked = 0;
  TestServer server([&](const std::string& target) -> CannedAnswer {
    if (target == "/refused") return {http_answer("422 Unprocessable Content", "{}"), {}};
    const bool busy = ++asked < 3;
    return {http_answer(busy ? "503 Service Unavailable" : "200 OK", "{}"), {}};
  });
  PatientCalls calls({server.url(), 1, "secret"}, "", kShortly);
  EXPECT_TRUE(calls.call({"POST", "/v1/garments", "{}"}).ok());
  EXPECT_EQ(asked, 3);
  EXPECT_EQ(calls.call({"POST", "/refused", "{}"}).error().code, Code::kInvalid);
  EXPECT_EQ(server.requests().size(), 4U) << "a refusal is an answer";
  PatientCalls nobody({"http://127.0.0.1:1", 1, "secret"}, "",
                      {kShortly.first, kShortly.most, std::chrono::milliseconds(50)});
  EXPECT_EQ(nobody.call({"GET", "/"}).error().code, Code::kUnavailable);
}

TEST(Remote, AServerThatStartsAgainIsFoundByItsNewAddressAndToken) {
  TestDirectory data;
  const auto lock = DataDirectory::open(data.path());
  TestServer again(respond);
  std::optional<TestServer> before(std::in_place, respond);
  PatientCalls calls({before->url(), ::getpid(), "old"}, data.path(), kShortly);
  ASSERT_TRUE(calls.call({"GET", "/v1/garments/MH01"}).ok());
  before.reset();
  const auto file = ServingFile::write(data.path(), {again.url(), ::getpid(), "new"});
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(calls.call({"GET", "/v1/garments/MH01"}).ok());
  EXPECT_NE(again.requests().back().find("Authorization: Bearer new\r\n"), std::string::npos);
}

TEST(Remote, AProblemIsSaidInItsOwnWords) {
  TestServer server(respond);
  const auto missing = call_server({server.url(), 1, "secret"}, "GET", "/v1/garments/none", "").error();
  EXPECT_EQ(missing.code, Code::kNotFound);
  EXPECT_EQ(missing.message(), "no garment 'none'") << "as without a server";
  EXPECT_EQ(call_server({server.url(), 1, "secret"}, "PATCH", "/v1/variants/S", "{}").error().message(),
            "is a string (/stock); expected an integer");
  EXPECT_EQ(call_server({server.url(), 1, "secret"}, "GET", "/other", "").error().message(),
            "the server answered 502 (/other)");
  const auto code_of = [&](const char* method, const char* path) {
    return call_server({server.url(), 1, "secret"}, method, path, "{}").error().code;
  };
  EXPECT_EQ(code_of("PATCH", "/v1/variants/S"), Code::kInvalid);
  EXPECT_EQ(code_of("GET", "/other"), Code::kUnavailable) << "not the caller's fault";
  EXPECT_EQ(code_of("GET", "/failed"), Code::kInternal);
  EXPECT_EQ(code_of("GET", "/often"), Code::kUnavailable);
}

}  // namespace
}  // namespace modiste
