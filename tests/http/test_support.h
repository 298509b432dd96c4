// For tests: a shop that answers at once, a server of it, and a client that may break the rules.
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

#include "http/closed_shop.h"
#include "http/server.h"
#include "http/shop_routes.h"

namespace modiste::http::testing {

using namespace std::chrono_literals;

inline Answer answer_of(int items) {
  Answer out;
  out.request_id = "r1";
  for (int i = 0; i < items; ++i) {
    AnswerItem item;
    item.garment_id = "MH" + std::to_string(i);
    item.colour = "Heather Gray";
    item.title = "Chaz Kangeroo Hoodie";
    item.brand = "Luma";
    item.category = "Hoodie";
    item.price = 52;
    item.currency = "USD";
    item.image = "/images/mh01-gray_main.jpg";
    item.palette = {"#808080", "#d0d0d0", "#202020"};
    item.sizes_in_stock = {"XS", "S", "M", "L", "XL"};
    item.position = i;
    item.score = 0.731;
    item.parts = {{"content", 0.5, 0.81}, {"neighbours", 0.2, 0.4}, {"visual", 0.3, 0.7}};
    item.reasons = {"because you saved two grey hoodies", "in your size"};
    out.items.push_back(std::move(item));
  }
  return out;
}

// Remembers garments; the rest is made up. `block` holds slow calls back until it is cleared.
class FakeShop : public ClosedShop {
 public:
  Result<Garment> product(std::string_view id) override {
    const std::scoped_lock lock(mutex_);
    const auto found = garments_.find(std::string(id));
    if (found == garments_.end()) return Error{Code::kNotFound, "there is no such garment", "", ""};
    return found->second;
  }
  Result<GarmentPage> products(const GarmentsQuery& query) override {
    const std::scoped_lock lock(mutex_);
    GarmentPage page;
    for (auto at = garments_.upper_bound(query.after); at != garments_.end(); ++at) {
      if (static_cast<int>(page.products.size()) == query.count) {
        page.next = page.products.back().id;
        break;
      }
      page.products.push_back(at->second);
    }
    return page;
  }
  Result<Upserted> upsert(Garment garment) override {
    const std::scoped_lock lock(mutex_);
    if (garment.variants.empty()) return Error{Code::kInvalid, "has no variant", "/variants", "at least one"};
    const bool created = garments_.insert_or_assign(garment.id, garment).second;
    return Upserted{{garment.id, 1}, created};
  }
  Result<std::vector<Result<Upserted>>> upsert_batch(std::vector<Garment> garments) override {
    std::vector<Result<Upserted>> out;
    for (auto& garment : garments) out.push_back(upsert(std::move(garment)));
    return out;
  }
  Result<Done> remove_product(std::string_view id) override {
    const std::scoped_lock lock(mutex_);
    if (garments_.erase(std::string(id)) == 0)
      return Error{Code::kNotFound, "there is no such garment", "", ""};
    return kOk;
  }
  Result<Variant> patch_variant(std::string_view sku, const VariantPatch& patch) override {
    Variant out;
    out.sku = std::string(sku);
    out.price = patch.price.value_or(0);
    out.stock = patch.stock.value_or(0);
    return out;
  }
  Result<ImageReport> add_image(const ImageUpload& upload) override {
    return ImageReport{"/images/" + upload.garment_id + "-" + upload.colour + "-" +
                       std::to_string(upload.image.size())};
  }
  // The body as it came is what there was to say; the letters hold one that is never right.
  Result<EventsReport> append_events(std::string_view body) override {
    TRY(parse_json(body));
    EventsReport out;
    out.accepted = 1;
    out.refused.push_back({.index = static_cast<int>(body.size()),
                           .event_id = "2",
                           .reason = "is wrong",
                           .pointer = "/events/1",
                           .expected = "",
                           .dead_letter = 7});
    return out;
  }
  Result<LetterPage> dead_letters(const LetterQuery& query) override {
    LetterPage page;
    page.letters.push_back(letter_);
    page.letters[0].reason = query.reason.value_or(DeadReason::kInvalid);
    page.held = query.count;
    page.next = query.after;
    return page;
  }
  Result<DeadLetter> dead_letter(int64_t id) override { return letter(id); }
  Result<DeadLetter> fix_dead_letter(int64_t id, json::value body) override {
    TRY(letter(id));
    letter_.body = std::move(body);
    return letter_;
  }
  Result<Done> drop_dead_letter(int64_t id) override {
    TRY(letter(id));
    return kOk;
  }
  Result<ReplayReport> replay_dead_letter(int64_t id) override {
    TRY(letter(id));
    return ReplayReport{1, 0, 0, 0, {}};
  }
  Result<ReplayReport> replay_dead_letters(const LetterQuery& query) override {
    return ReplayReport{query.count, 0, 0, 0, query.after};
  }
  Result<Answer> recommend(const RecommendRequest& request) override {
    if (request.shopper_id == "crash") throw std::runtime_error("secret path /etc/shop");
    if (request.shopper_id == "corrupt") return Error{Code::kCorrupt, "secret table is torn", "shop.db", ""};
    if (request.shopper_id == "conflict") return Error{Code::kConflict, "changed meanwhile", "", ""};
    return answer_of(request.count);
  }
  Result<Answer> similar(const SimilarRequest& request) override {
    auto out = answer_of(request.count);
    out.request_id = request.garment_id + "|" + request.colour + "|" + request.shopper_id;
    return out;
  }
  Result<Answer> search_photo(const PhotoSearch& request) override {
    ++slow_calls;
    while (block) std::this_thread::sleep_for(1ms);
    return answer_of(request.count);
  }
  Result<ShopInfo> shop() override { return ShopInfo{"Luma", 147, 430, 430, "USD"}; }

  std::atomic<bool> block{false};
  std::atomic<int> slow_calls{0};

 private:
  Result<DeadLetter> letter(int64_t id) {
    if (id != 7) return Error{Code::kNotFound, "no such letter", "", ""};
    letter_.id = id;
    return letter_;
  }

  DeadLetter letter_;
  std::mutex mutex_;
  std::map<std::string, Garment, std::less<>> garments_;
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

// A blocking socket that sends what it is told to.
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
  // False once the server has closed.
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
  // True when the server closes within the time, having sent nothing more.
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

// A running server of a FakeShop; its log is kept as text.
class Served {
 public:
  explicit Served(ServerOptions options = {}) {
    options.port = 0;
    options.service.log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_));
    options.service.log->flush_on(spdlog::level::info);
    auto started = Server::start(shop_router(shop), std::move(options));
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

  FakeShop shop;
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
