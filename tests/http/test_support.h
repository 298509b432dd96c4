// For tests: a shop in memory, a server for it, and a client that can break the rules.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <map>
#include <sstream>
#include <string>
#include <thread>

#include "../serving/small_shop.h"
#include "embedding/test_images.h"
#include "http/server.h"
#include "http/shop_routes.h"
#include "http/system_routes.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_image_store.h"
#include "storage/memory/memory_store.h"

namespace modiste::http::testing {

using namespace std::chrono_literals;

// A PNG of a red square.
inline std::string photo_bytes() {
  const auto bytes = encode_photo(make_photo(16, 16, {255, 255, 255}, {200, 0, 0}), ".png");
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A real shop in memory. Its encoder blocks while `block` is set, and fails on bytes that are not a photo.
class SlowEncoder final : public Encoder {
 public:
  [[nodiscard]] std::string id() const override { return words_.id(); }
  [[nodiscard]] size_t dimension() const override { return words_.dimension(); }
  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    return words_.encode_texts(texts);
  }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    if (!images.empty()) ++slow_calls;
    while (block) std::this_thread::sleep_for(1ms);
    return words_.encode_images(images);
  }

  std::atomic<bool> block{false};
  std::atomic<int> slow_calls{0};

 private:
  WordEncoder words_;
};

struct MemoryShop {
  // Of eight garments, G0 to G7 (small_shop.h).
  MemoryShop() {
    EXPECT_TRUE(shop.load().ok());
    EXPECT_TRUE(shop.catalog().upsert(make_garments(8)).ok());
  }

  SystemClock clock;
  MemoryEventLog log;
  MemoryStore store;
  MemoryImageStore images;
  SlowEncoder encoder;
  Shop shop{{.clock = clock,
             .log = log,
             .garments = store,
             .subjects = store,
             .encoder = &encoder,
             .images = &images,
             .letters = &store},
            Vocabulary::standard(),
            named("Luma")};

 private:
  static ShopOptions named(std::string name) {
    ShopOptions options;
    options.name = std::move(name);
    Policy policy;
    policy.objective.margin = 0.1;
    options.recommender.policy = std::make_shared<const Policy>(std::move(policy));
    return options;
  }
};

struct Reply {
  int status = 0;  // 0: nothing came
  std::string head, body;

  [[nodiscard]] std::string field(const std::string& name) const {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

// A blocking socket that sends exactly the given bytes.
class Client {
 public:
  explicit Client(uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  // False once the server has closed the connection.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  void shut() { ::shutdown(fd_, SHUT_WR); }

  Reply receive(bool head_only = false, std::chrono::milliseconds patience = 5s) {
    Reply out;
    size_t end = std::string::npos;
    while ((end = pending_.find("\r\n\r\n")) == std::string::npos)
      if (!more(patience)) return out;
    out.head = pending_.substr(0, end + 2);
    pending_.erase(0, end + 4);
    out.status = std::stoi(out.head.substr(9, 3));
    const auto length = out.field("Content-Length");
    const size_t size = head_only || length.empty() ? 0 : std::stoul(length);
    while (pending_.size() < size)
      if (!more(patience)) return out;
    out.body = pending_.substr(0, size);
    pending_.erase(0, size);
    return out;
  }
  // True when the server closes within the time and has sent nothing more.
  bool closes(std::chrono::milliseconds patience = 5s) {
    return !more(patience) && ended_ && pending_.empty();
  }

 private:
  bool more(std::chrono::milliseconds patience) {
    pollfd poller{fd_, POLLIN, 0};
    if (::poll(&poller, 1, static_cast<int>(patience.count())) <= 0) return false;
    char buffer[64 << 10];
    const auto got = ::recv(fd_, buffer, sizeof buffer, 0);
    if (got <= 0) {
      ended_ = true;
      return false;
    }
    pending_.append(buffer, static_cast<size_t>(got));
    return true;
  }

  int fd_;
  bool connected_ = false, ended_ = false;
  std::string pending_;
};

inline std::string request_text(std::string_view method, std::string_view target, std::string_view body = {},
                                std::string_view type = "application/json", std::string_view fields = {}) {
  std::string out = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
  if (!body.empty())
    out +=
        "Content-Type: " + std::string(type) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  return out + std::string(fields) + "\r\n" + std::string(body);
}

// The shop's routes, and some that fail in ways that no route should.
inline Router test_router(Shop& shop) {
  Router router = shop_router(&shop);
  const auto failing = [&](std::string_view path, std::string_view name, Error error) {
    router.route<Request<>, Nothing>(
        {.path = path, .name = name, .tag = "Test", .summary = "Fails.", .access = access::kStorefront},
        [error](const auto&) -> Result<Nothing> { return error; });
  };
  failing("/v1/test/corrupt", "testCorrupt", {Code::kCorrupt, "secret table is torn", "shop.db", ""});
  failing("/v1/test/conflict", "testConflict", {Code::kConflict, "changed meanwhile", "", ""});
  failing("/v1/test/closed", "testClosed", {Code::kUnavailable, "not now", "", "try again"});
  router.route<Request<>, Nothing>(
      {.path = "/v1/test/crash",
       .name = "testCrash",
       .tag = "Test",
       .summary = "Throws.",
       .access = access::kStorefront},
      [](const auto&) -> Result<Nothing> { throw std::runtime_error("secret path /etc/shop"); });
  return router;
}

// The same with the pages of every server, as the server itself adds them.
inline Router test_router_with_pages(Shop& shop) {
  Router router = test_router(shop);
  add_system_routes(router, {});
  return router;
}

// A running server of a shop in memory, with routes that fail; its log is kept as text.
class Served {
 public:
  explicit Served(ServerOptions options = {}) {
    options.port = 0;
    options.service.log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_));
    options.service.log->flush_on(spdlog::level::info);
    auto started = Server::start(test_router(shop), std::move(options));
    EXPECT_TRUE(started.ok()) << (started.ok() ? "" : started.error().message());
    if (started.ok()) server = std::move(*started);
  }
  [[nodiscard]] uint16_t port() const { return server->port(); }

  Reply call(std::string_view method, std::string_view target, std::string_view body = {},
             std::string_view type = "application/json", std::string_view fields = {}) const {
    Client client(port());
    client.send(request_text(method, target, body, type, fields));
    return client.receive(method == "HEAD");
  }
  // Stops the server, so that the log is complete.
  std::string log() {
    server->stop();
    server->wait();
    return log_.str();
  }

  MemoryShop memory;
  Shop& shop = memory.shop;
  std::ostringstream log_;
  std::unique_ptr<Server> server;
};

inline Problem problem_of(const Reply& reply) {
  EXPECT_EQ(reply.field("Content-Type"), "application/problem+json") << reply.head;
  auto parsed = from_json_text<Problem>(reply.body);
  EXPECT_TRUE(parsed.ok()) << reply.body;
  return parsed.ok() ? *parsed : Problem{};
}

}  // namespace modiste::http::testing
