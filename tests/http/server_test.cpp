#include "http/server.h"

#include <fmt/format.h>

#include <functional>
#include <future>
#include <set>

#include "test_support.h"

namespace modiste::http {
namespace {

using namespace testing;

constexpr std::string_view kGarment =
    R"({"id":"MH01","title":"Chaz Kangeroo Hoodie","variants":[{"sku":"MH01-XS-Gray","price":52}]})";
const std::string kPng = photo_bytes();

// Waits until something holds, however slow the machine.
bool becomes(const std::function<bool()>& so) {
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (!so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

bool has_metric(Served& served, std::string_view line) {
  return served.call("GET", "/metrics").body.find(line) != std::string::npos;
}

TEST(Server, AnswersARequest) {
  Served served;
  const auto reply = served.call("GET", "/v1/shop");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.field("Content-Type"), "application/json");
  EXPECT_EQ(reply.body, R"({"name":"Luma","garments":8,"items":8,"embedded":8,"currency":"USD"})");
}

TEST(Server, KeepsAConnectionForManyRequests) {
  Served served;
  Client client(served.port());
  for (int i = 0; i < 5; ++i) {
    client.send(request_text("POST", "/v1/recommendations", R"({"shopper_id":"ada","count":3})"));
    EXPECT_EQ(client.receive().status, 200);
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  Served served;
  Client client(served.port());
  const auto similar = [](std::string_view to, std::string_view id) {
    return request_text("GET", fmt::format("/v1/garments/{}/similar?count=1", to), "", "",
                        fmt::format("X-Request-Id: {}\r\n", id));
  };
  client.send(
      similar("G0", "first") +
      request_text("POST", "/v1/search/photo?count=2", kPng, "image/png", "X-Request-Id: second\r\n") +
      request_text("GET", "/v1/nowhere") + similar("G1", "last"));
  EXPECT_EQ(client.receive().field("X-Request-Id"), "first");
  EXPECT_EQ(client.receive().field("X-Request-Id"), "second");
  EXPECT_EQ(client.receive().status, 404);
  EXPECT_EQ(client.receive().field("X-Request-Id"), "last");
}

TEST(Server, ClosesWhenAskedAndForHttp10) {
  Served served;
  Client asked(served.port()), old(served.port());
  asked.send(request_text("GET", "/v1/shop", "", "", "Connection: close\r\n"));
  EXPECT_EQ(asked.receive().field("Connection"), "close");
  EXPECT_TRUE(asked.closes());
  old.send("GET /v1/shop HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.receive().status, 200);
  EXPECT_TRUE(old.closes());
}

TEST(Server, HeadIsGetWithoutItsBody) {
  Served served;
  Client client(served.port());
  client.send(request_text("HEAD", "/v1/shop") + request_text("GET", "/v1/shop"));
  const auto head = client.receive(true), get = client.receive();
  EXPECT_EQ(head.field("Content-Length"), get.field("Content-Length"));
  EXPECT_FALSE(get.body.empty());
}

TEST(Server, RoundTripsAGarment) {
  Served served;
  EXPECT_EQ(served.call("PUT", "/v1/garments/MH01", kGarment).status, 201);
  EXPECT_EQ(served.call("PUT", "/v1/garments/MH01", kGarment).status, 200);
  EXPECT_NE(served.call("GET", "/v1/garments/MH01").body.find("Chaz"), std::string::npos);
  const auto gone = served.call("DELETE", "/v1/garments/MH01");
  EXPECT_EQ(gone.status, 204);
  EXPECT_TRUE(gone.field("Content-Length").empty());
  EXPECT_EQ(served.call("GET", "/v1/garments/MH01").status, 404);
}

TEST(Server, RefusesALargeBodyBeforeItIsSent) {
  Served served;
  Client client(served.port());
  client.send(
      "POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 104857600\r\n\r\n");
  const auto reply = client.receive();
  EXPECT_EQ(reply.status, 413);
  EXPECT_EQ(problem_of(reply).expected, "at most 1048576 bytes");
  EXPECT_EQ(reply.field("Connection"), "close");
}

TEST(Server, AClientThatSendsALargeBodyAnywayReadsTheRefusal) {
  Served served;
  Client client(served.port());
  client.send(
      "PUT /v1/garments/A HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 12000000\r\n\r\n");
  const std::string block(1 << 20, 'x');
  for (int i = 0; i < 11; ++i) client.send(block);
  EXPECT_EQ(client.receive().status, 413);
}

TEST(Server, RefusesChunksBeyondTheLimit) {
  Served served;
  Client client(served.port());
  client.send(
      "POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  for (int i = 0; i < 20; ++i) client.send(chunk);
  EXPECT_EQ(client.receive().status, 413);
}

TEST(Server, ReadsChunkedBodies) {
  Served served;
  Client client(served.port());
  client.send(
      "POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"shopper_id\":\"a\r\n");
  std::this_thread::sleep_for(20ms);
  client.send("c\r\nda\",\"count\":\r\n2\r\n2}\r\n0\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Server, RefusesABodyWhereNoneBelongs) {
  Served served;
  EXPECT_EQ(served.call("GET", "/v1/shop", "{}").status, 413);
  EXPECT_EQ(served.call("DELETE", "/v1/garments/MH01", "{}").status, 413);
}

TEST(Server, SaysContinueOnlyToWhatItWillRead) {
  Served served;
  Client good(served.port()), large(served.port());
  const std::string head =
      "POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: ";
  good.send(head + "20\r\n\r\n");
  EXPECT_EQ(good.receive(true).status, 100);
  good.send(R"({"shopper_id":"ada"})");
  EXPECT_EQ(good.receive().status, 200);
  large.send(head + "2000000\r\n\r\n");
  EXPECT_EQ(large.receive().status, 413);
}

TEST(Server, LimitsTheHead) {
  Served served;
  const auto reply = served.call("GET", "/v1/shop", "", "", "X-Long: " + std::string(20'000, 'x') + "\r\n");
  EXPECT_EQ(reply.status, 431);
}

ServerOptions hasty() {
  ServerOptions options;
  options.limits.head = options.limits.body = 150ms;
  options.limits.idle = 250ms;
  options.limits.body_bytes_per_second = 1 << 20;
  return options;
}

TEST(Server, CutsOffSlowHeads) {
  Served served(hasty());
  Client client(served.port());
  const auto begin = std::chrono::steady_clock::now();
  for (const char c : std::string_view("GET /v1/shop HTTP/1.1\r\nHost: loc")) {
    if (!client.send({&c, 1})) break;
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(client.receive().status, 408);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST(Server, CutsOffSlowBodies) {
  Served served(hasty());
  Client client(served.port());
  client.send(
      "POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 1000\r\n\r\n{");
  for (int i = 0; i < 20; ++i) {
    client.send(" ");
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(client.receive().status, 408);
}

TEST(Server, ClosesIdleConnectionsWithoutAWord) {
  Served served(hasty());
  Client silent(served.port()), once(served.port());
  once.send(request_text("GET", "/healthz"));
  EXPECT_EQ(once.receive().status, 200);
  EXPECT_TRUE(silent.closes(2s));
  EXPECT_TRUE(once.closes(2s));
}

TEST(Server, ShedsSlowCallsBeyondTheQueue) {
  ServerOptions options;
  options.workers = 1;
  options.limits.worker_queue_max = 1;
  Served served(options);
  served.memory.encoder.block = true;
  const auto photo = request_text("POST", "/v1/search/photo", kPng, "image/png");
  Client running(served.port()), one(served.port()), other(served.port());
  running.send(photo);
  while (served.memory.encoder.slow_calls == 0) std::this_thread::sleep_for(1ms);
  // One of these waits, and the other is refused at once: which one, the server's threads decide.
  one.send(photo);
  other.send(photo);
  EXPECT_TRUE(becomes([&] { return has_metric(served, "modiste_http_shed_total{reason=\"workers\"} 1"); }));
  // Fast calls continue meanwhile, and the slow ones are answered in the end.
  EXPECT_EQ(served.call("GET", "/v1/shop").status, 200);
  served.memory.encoder.block = false;
  EXPECT_EQ(running.receive().status, 200);
  const auto first = one.receive(), second = other.receive();
  EXPECT_EQ((std::set{first.status, second.status}), (std::set{200, 503}));
  EXPECT_EQ((first.status == 503 ? first : second).field("Retry-After"), "1");
}

TEST(Server, TurnsAwayConnectionsBeyondTheCap) {
  ServerOptions options;
  options.limits.connections_max = 2;
  Served served(options);
  auto first = std::make_unique<Client>(served.port());
  Client second(served.port());
  first->send(request_text("GET", "/healthz"));
  second.send(request_text("GET", "/healthz"));
  EXPECT_EQ(first->receive().status, 200);
  EXPECT_EQ(second.receive().status, 200);
  Client third(served.port());
  const auto refused = third.receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("Retry-After"), "1");
  first.reset();
  // The server notices the end of a connection slightly later than its client.
  bool served_again = false;
  for (int i = 0; i < 200 && !served_again; ++i) {
    served_again = served.call("GET", "/healthz").status == 200;
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_TRUE(served_again);
}

TEST(Server, BoundsTheMemoryOfBodies) {
  ServerOptions options;
  options.limits.bodies_bytes_max = 1'000'000;
  Served served(options);
  const std::string head =
      "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  const std::string large(200'000, ' ');
  Client idle(served.port());
  idle.send(head + "Content-Length: 900000\r\n\r\n{");
  idle.send(head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
  // Beside the request for the metrics.
  EXPECT_TRUE(becomes([&] { return has_metric(served, "modiste_http_requests_in_flight 2"); }));
  EXPECT_NE(served.call("POST", "/v1/events", large).status, 503) << "one byte holds no more than it is";
  // Sent again where the other body came before all of this one was read, so that this one was refused.
  std::unique_ptr<Client> slow;
  EXPECT_TRUE(becomes([&] {
    slow = std::make_unique<Client>(served.port());
    slow->send(head + "Content-Length: 950000\r\n\r\n" + std::string(900'000, ' '));
    std::this_thread::sleep_for(100ms);
    return served.call("POST", "/v1/events", large).status == 503;
  }));
  EXPECT_EQ(served.call("POST", "/v1/recommendations", R"({"shopper_id":"ada"})").status, 200);
}

TEST(Server, DrainsBeforeItStops) {
  Served served;
  served.memory.encoder.block = true;
  Client idle(served.port()), busy(served.port());
  busy.send(request_text("POST", "/v1/search/photo", kPng, "image/png"));
  while (served.memory.encoder.slow_calls == 0) std::this_thread::sleep_for(1ms);
  const auto port = served.port();
  served.server->stop();
  EXPECT_TRUE(idle.closes(2s));
  EXPECT_FALSE(Client(port).connected() && Client(port).receive(false, 200ms).status != 0);
  served.memory.encoder.block = false;
  const auto reply = busy.receive();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.field("Connection"), "close");
  served.server->wait();
}

TEST(Server, StopsOnSignals) {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    ServerOptions options;
    options.stop_on_signals = true;
    Served served(options);
    auto waited = std::async(std::launch::async, [&] { served.server->wait(); });
    ::raise(signal);
    EXPECT_EQ(waited.wait_for(5s), std::future_status::ready) << signal;
  }
}

TEST(Server, SaysThatItLeavesBeforeItCloses) {
  ServerOptions options;
  options.stop_on_signals = true;
  options.limits.leave = 60s;
  Served served(options);
  EXPECT_EQ(served.call("GET", "/readyz").status, 200);
  auto waited = std::async(std::launch::async, [&] { served.server->wait(); });
  ::raise(SIGTERM);
  for (int tries = 0; tries < 500 && served.call("GET", "/readyz").status == 200; ++tries)
    std::this_thread::sleep_for(10ms);
  EXPECT_EQ(served.call("GET", "/readyz").status, 503) << "a balancer looks elsewhere";
  EXPECT_EQ(served.call("GET", "/v1/shop").status, 200) << "and what it sends until then is served";
  ::raise(SIGTERM);
  EXPECT_EQ(waited.wait_for(5s), std::future_status::ready) << "a second signal does not wait";
}

TEST(Server, WhatItWouldRefuseIsToldBeforehand) {
  ServerOptions options;
  options.port = 0;
  EXPECT_TRUE(Server::check(options).ok());
  options.address = "0.0.0.0";
  EXPECT_EQ(Server::check(options).error().code, Code::kInvalid) << "no key";
  options.address = "127.0.0.1";
  options.service.trusted_proxies = {"nowhere"};
  EXPECT_EQ(Server::check(options).error().code, Code::kInvalid);
  options.service.trusted_proxies.clear();
  Served served;
  options.port = served.port();
  EXPECT_EQ(Server::check(options).error().code, Code::kUnavailable) << "the port is in use";
}

TEST(Server, StopsAtTheDeadlineWhateverClientsDo) {
  ServerOptions options;
  options.limits.drain = 200ms;
  Served served(options);
  Client stuck(served.port());
  stuck.send(
      "POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 10\r\n\r\n{");
  std::this_thread::sleep_for(50ms);
  const auto begin = std::chrono::steady_clock::now();
  served.server->stop();
  served.server->wait();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST(Server, ServesManyClientsAtOnce) {
  Served served;
  std::atomic<int> answered{0};
  {
    std::vector<std::jthread> clients;
    for (int c = 0; c < 16; ++c)
      clients.emplace_back([&, c] {
        Client client(served.port());
        for (int i = 0; i < 50; ++i) {
          const auto id = std::to_string(c) + "-" + std::to_string(i);
          client.send(
              request_text("GET", "/v1/garments/G1/similar?count=2", "", "", "X-Request-Id: " + id + "\r\n"));
          if (client.receive().field("X-Request-Id") == id) ++answered;
        }
      });
  }
  EXPECT_EQ(answered, 16 * 50);
}

TEST(Server, RefusesAddressesItCannotServe) {
  MemoryShop memory;
  ServerOptions options;
  options.address = "0.0.0.0";
  options.port = 0;
  auto open = Server::start(shop_router(&memory.shop), options);
  ASSERT_FALSE(open.ok());
  EXPECT_EQ(open.error().what, "an address other than loopback needs an API key");
  options.service.keys = {{"shop", Scope::kAdmin, new_api_key().hash}};
  EXPECT_TRUE(Server::start(shop_router(&memory.shop), options).ok());
  options.address = "shop.example";
  EXPECT_FALSE(Server::start(shop_router(&memory.shop), options).ok());

  Served served;
  options.address = "127.0.0.1";
  options.port = served.port();
  auto taken = Server::start(shop_router(&memory.shop), options);
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().code, Code::kUnavailable);
}

TEST(Server, LogsOneLinePerRequestWithoutSecrets) {
  Served served;
  served.call("GET", "/v1/shoppers/ada-lovelace/style?x=1", "", "",
              "Authorization: Bearer mk_secret\r\nX-Request-Id: my-id.1\r\n");
  const auto log = served.log();
  EXPECT_NE(
      log.find("request id=my-id.1 method=GET route=\"GET /v1/shoppers/{id}/style\" status=400 micros="),
      std::string::npos)
      << log;
  EXPECT_EQ(log.find("secret"), std::string::npos);
  EXPECT_EQ(log.find("lovelace"), std::string::npos);
}

TEST(Server, ErrorsOfOursSayNothingToStrangersAndAllToTheLog) {
  Served served;
  for (const auto* target : {"/v1/test/crash", "/v1/test/corrupt"}) {
    const auto reply = served.call("GET", target);
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.body.find("secret"), std::string::npos);
    EXPECT_EQ(reply.field("X-Request-Id").size(), 16U);
  }
  const auto log = served.log();
  EXPECT_NE(log.find("secret path"), std::string::npos);
  EXPECT_NE(log.find("secret table"), std::string::npos);
}

}  // namespace
}  // namespace modiste::http
