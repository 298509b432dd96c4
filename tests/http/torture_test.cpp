// Invalid and malicious requests over a real socket: each is refused or dropped, and the
// next client is served.
#include "base/rng.h"
#include "test_support.h"

namespace modiste::http {
namespace {

using namespace testing;
using namespace std::string_literals;

// Sends everything, closes the sending side, and returns the first status; 0 when the server
// closed without an answer.
int status_of_bytes(const Served& served, std::string_view bytes) {
  Client client(served.port());
  client.send(bytes);
  client.shut();
  return client.receive().status;
}

TEST(Torture, MalformedRequestsAreRefused) {
  Served served;
  const std::string post =
      "POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  const std::pair<std::string, int> cases[] = {
      {"\r\n\r\n\r\n", 400},
      {"GET\r\n\r\n", 400},
      {"GET /v1/shop\r\n\r\n", 400},
      {"GET  /v1/shop HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {"GET /v1/shop HTTP/3.0\r\nHost: localhost\r\n\r\n", 400},
      {"GET /v1/shop HTTP/1.1\nHost: localhost\n\n", 400},
      {"GET /v1/shop HTTP/1.1\r\nHost localhost\r\n\r\n", 400},
      {"GET /v1/shop HTTP/1.1\r\nHo st: localhost\r\n\r\n", 400},
      {"GET /v1/shop HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n"s, 400},
      {"GET /v1/shop HTTP/1.1\r\n\r\n", 400},
      {"GET /v1/shop HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400},
      {"GET /v1/shop HTTP/1.1\r\nHost: \r\n\r\n", 400},
      {"GET v1/shop HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {"GET http://evil.example/v1/shop HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
      {"GET http://localhost/v1/shop HTTP/1.1\r\nHost: localhost\r\n\r\n", 200},
      {"CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400},  // TLS
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},               // HTTP/2
      {post + "Content-Length: -1\r\n\r\n", 400},
      {post + "Content-Length: 99999999999999999999999\r\n\r\n", 400},
      {post + "Content-Length: 18446744073709551615\r\n\r\n", 413},
      {post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400},
      {post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400},
      {post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}", 400},
      {post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 400},
      {post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}xxyy\r\n", 400},
      {post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {post + "Content-Length: 100\r\n\r\n{", 0},  // ends early: no answer is possible
      {"GET /" + std::string(30'000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 431},
      {"GET /v1/shop HTTP/1.1\r\n" + std::string(9'000, '\n') + "\r\n\r\n", 400},
  };
  for (const auto& [bytes, status] : cases)
    EXPECT_EQ(status_of_bytes(served, bytes), status) << bytes.substr(0, 120);
  EXPECT_EQ(served.call("GET", "/v1/shop").status, 200);
}

// A body must never be read as the next request.
TEST(Torture, SmugglesNothing) {
  Served served;
  const std::string hidden = "GET /v1/garments/HIDDEN/similar HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string starts[] = {
      "POST /v1/nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(hidden.size()) +
          "\r\n\r\n",
      "GET /v1/shop HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(hidden.size()) +
          "\r\n\r\n",
      "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: "
      "3\r\n\r\n0\r\n\r\n",
      "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: " +
          std::to_string(hidden.size()) + "\r\n\r\n"};
  for (const auto& start : starts) {
    Client client(served.port());
    client.send(start + hidden);
    client.shut();
    EXPECT_GE(client.receive().status, 400) << start;
    EXPECT_EQ(client.receive().status, 0) << start;
  }
}

TEST(Torture, ManyClientsMayLeaveInTheMiddle) {
  Served served;
  const auto whole = request_text("POST", "/v1/recommendations", R"({"shopper_id":"ada","count":100})");
  for (size_t cut = 0; cut <= whole.size(); cut += 3) {
    Client client(served.port());
    client.send(std::string_view(whole).substr(0, cut));
  }
  EXPECT_EQ(served.call("GET", "/v1/shop").status, 200);
}

TEST(Torture, AClientThatNeverReadsIsDropped) {
  ServerOptions options;
  options.limits.write = 100ms;
  options.limits.body_bytes_per_second = 64 << 20;
  Served served(options);
  Client client(served.port());
  const auto ask = request_text("POST", "/v1/recommendations", R"({"shopper_id":"ada","count":100})");
  const auto begin = std::chrono::steady_clock::now();
  while (client.send(ask) && std::chrono::steady_clock::now() - begin < 10s) continue;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
  EXPECT_EQ(served.call("GET", "/v1/shop").status, 200);
}

TEST(Torture, MutatedRequestsNeverBreakTheServer) {
  Served served;
  const std::string seeds[] = {
      request_text("POST", "/v1/recommendations",
                   R"({"shopper_id":"ada","count":2,"filter":{"colours":["red"]}})"),
      request_text("GET", "/v1/garments/MH01/similar?colour=Gray&count=2"),
      "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
      "chunked\r\n\r\n5\r\n{\"que\r\na\r\nry\":\"red\"}\r\n0\r\n\r\n"};
  Rng rng(7);
  for (int i = 0; i < 600; ++i) {
    auto bytes = seeds[rng.below(std::size(seeds))];
    for (size_t edits = 1 + rng.below(4); edits > 0; --edits) {
      const size_t at = rng.below(bytes.size());
      if (rng.chance(0.3))
        bytes.erase(at, 1 + rng.below(8));
      else if (rng.chance(0.5))
        bytes.insert(at, 1 + rng.below(3), static_cast<char>(rng.below(256)));
      else
        bytes[at] = static_cast<char>(rng.below(256));
    }
    EXPECT_NE(status_of_bytes(served, bytes), 500) << bytes;
  }
  EXPECT_EQ(served.call("GET", "/v1/shop").status, 200);
}

}  // namespace
}  // namespace modiste::http
