#include "io/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "io/test_server.h"

namespace modiste {
namespace {

using std::chrono::milliseconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

Result<HttpAnswer> get(const std::string& url, const HttpLimits& limits = {}) {
  return send_http({.url = url}, limits);
}

CannedAnswer respond(const std::string& target) {
  if (target == "/good?a=1") return {http_answer("200 OK", "{\"a\":1}"), {}};
  if (target == "/refused") return {http_answer("429 Too Many Requests", "slow down"), {}};
  if (target == "/huge") return {http_answer("200 OK", std::string(200'000, 'x')), {}};
  if (target == "/endless")
    return {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string("8000\r\n") +
                std::string(0x8000, 'x') + "\r\n8000\r\n" + std::string(0x8000, 'x') + "\r\n8000\r\n" +
                std::string(0x8000, 'x') + "\r\n",
            {}};
  if (target == "/headers")
    return {"HTTP/1.1 200 OK\r\nX-Long: " + std::string(100'000, 'x') + "\r\n\r\n", {}};
  if (target == "/moved")
    return {"HTTP/1.1 302 Found\r\nLocation: /good?a=1\r\nContent-Length: 0\r\n\r\n", {}};
  if (target == "/circle")
    return {"HTTP/1.1 302 Found\r\nLocation: /circle\r\nContent-Length: 0\r\n\r\n", {}};
  if (target == "/file")
    return {"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", {}};
  if (target == "http://shop.example/good") return {http_answer("200 OK", "by proxy"), {}};
  if (target == "/slow") return {http_answer("200 OK", "late"), milliseconds(600)};
  if (target == "/torn") return {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", {}};
  if (target == "/garbage") return {"SSH-2.0-OpenSSH_9.2\r\n\r\n", {}};
  return {"", {}};
}

TEST(HttpClient, FetchesABody) {
  TestServer server(respond);
  const auto answer = get(server.url() + "/good?a=1");
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "{\"a\":1}");
  EXPECT_EQ(get(server.url() + "/refused")->status, 429U) << "what a status means is the caller's";
}

TEST(HttpClient, IsBoundedInEveryWay) {
  TestServer server(respond);
  for (const std::string path : {"/huge", "/endless", "/headers", "/torn", "/garbage", "/nothing"}) {
    const auto answer = get(server.url() + path);
    ASSERT_FALSE(answer.ok()) << path;
    EXPECT_EQ(answer.error().code, Code::kUnavailable) << path;
  }
}

TEST(HttpClient, GivesUpAtItsDeadline) {
  TestServer server(respond);
  const auto started = std::chrono::steady_clock::now();
  const auto answer = get(server.url() + "/slow", {.timeout = milliseconds(100), .body_bytes_max = 100});
  const auto took = std::chrono::steady_clock::now() - started;
  ASSERT_FALSE(answer.ok());
  EXPECT_THAT(answer.error().message(), HasSubstr("timed out"));
  EXPECT_LT(took, milliseconds(500));
}

TEST(HttpClient, RefusesOtherUrls) {
  for (const std::string url : {"", "ftp://host/", "http://", "not a url", "http://user:word@host/",
                                "//host/x", "file:///etc/passwd"}) {
    const auto answer = get(url);
    ASSERT_FALSE(answer.ok()) << url;
    EXPECT_EQ(answer.error().code, Code::kInvalid) << url;
  }
}

TEST(HttpClient, SaysWhenNobodyListens) {
  std::string url;
  {
    TestServer server(respond);
    url = server.url();
  }
  const auto answer = get(url + "/good");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
}

TEST(HttpClient, FollowsRedirectsOnlyWhenAskedTo) {
  TestServer server(respond);
  EXPECT_EQ(get(server.url() + "/moved")->status, 302U);
  const auto followed = get(server.url() + "/moved", {.redirects_max = 1});
  ASSERT_TRUE(followed.ok()) << followed.error().message();
  EXPECT_EQ(followed->body, "{\"a\":1}");
  EXPECT_EQ(get(server.url() + "/circle", {.redirects_max = 3}).error().code, Code::kUnavailable);
  EXPECT_EQ(get(server.url() + "/file", {.redirects_max = 3}).error().code, Code::kUnavailable);
}

TEST(HttpClient, SendsMethodHeadersAndBody) {
  TestServer server(respond);
  const auto answer = send_http({.method = "PUT",
                                 .url = server.url() + "/good?a=1",
                                 .headers = {{"Authorization", "Bearer x"}, {"Content-Type", "text/x"}},
                                 .body = std::string("a\0b", 3)});
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_THAT(requests[0], StartsWith("PUT /good?a=1 HTTP/1.1\r\n"));
  EXPECT_THAT(requests[0], HasSubstr("\r\nAuthorization: Bearer x\r\n"));
  EXPECT_THAT(requests[0], HasSubstr("\r\nContent-Type: text/x\r\n"));
  EXPECT_THAT(requests[0], EndsWith(std::string("\r\n\r\na\0b", 7)));
  const auto split = send_http({.url = server.url() + "/good?a=1", .headers = {{"X", "a\r\nY: b"}}});
  EXPECT_EQ(split.error().code, Code::kInvalid);
}

TEST(HttpClient, ObeysTheProxyOfTheEnvironmentExceptForThisMachine) {
  TestServer server(respond);
  setenv("http_proxy", server.url().c_str(), 1);
  const auto answer = get("http://shop.example/good");
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  const auto direct = get(server.url() + "/good?a=1");
  setenv("http_proxy", server.url().c_str(), 1);
  const auto past = send_http({.url = "http://shop.invalid/good", .direct = true});
  unsetenv("http_proxy");
  EXPECT_EQ(past.error().code, Code::kUnavailable) << "the proxy was asked";
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_EQ(answer->body, "by proxy");
  EXPECT_TRUE(direct.ok());
}

// What a call in another process does when that one ends: nobody waits for the answer.
TEST(HttpClient, CallsEndWithTheProcess) {
  const auto call_and_end = [] {
    const TestServer server([](const std::string&) { return CannedAnswer{"", std::chrono::seconds(30)}; });
    const std::jthread ending([] {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      end_http_calls();
    });
    const auto began = std::chrono::steady_clock::now();
    const auto answer = get(server.url() + "/slow", {.timeout = std::chrono::seconds(30)});
    const bool soon = std::chrono::steady_clock::now() - began < std::chrono::seconds(10);
    ::_exit(!answer.ok() && answer.error().code == Code::kUnavailable && soon ? 0 : 1);
  };
  EXPECT_EXIT(call_and_end(), testing::ExitedWithCode(0), "");
}

TEST(HttpClient, EncodesWhatMayNotStandInAPath) {
  EXPECT_EQ(percent_encode("Aa0-._~"), "Aa0-._~");
  EXPECT_EQ(percent_encode("a/b ü?"), "a%2Fb%20%C3%BC%3F");
}

// A certificate for localhost that vouches for itself.
struct Certificate {
  boost::asio::ssl::context tls{boost::asio::ssl::context::tls_server};
  std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "modiste_localhost.pem";

  Certificate() {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                               -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_EXTENSION* names =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, const_cast<char*>("DNS:localhost"));
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate, key, EVP_sha256());
    SSL_CTX_use_certificate(tls.native_handle(), certificate);
    SSL_CTX_use_PrivateKey(tls.native_handle(), key);
    std::FILE* out = std::fopen(file.c_str(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  ~Certificate() {
    unsetenv("SSL_CERT_FILE");
    std::filesystem::remove(file);
  }
};

TEST(HttpClient, TrustsOnlyCertificatesOfTheAuthorities) {
  Certificate certificate;
  TestServer server(respond, &certificate.tls);
  EXPECT_FALSE(get(server.url("localhost") + "/good?a=1").ok()) << "no authority has signed it";
  setenv("SSL_CERT_FILE", certificate.file.c_str(), 1);
  const auto answer = get(server.url("localhost") + "/good?a=1");
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_EQ(answer->body, "{\"a\":1}");
  EXPECT_FALSE(get(server.url("127.0.0.1") + "/good?a=1").ok()) << "it is for another host";
}

}  // namespace
}  // namespace modiste
