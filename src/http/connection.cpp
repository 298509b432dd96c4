#include "http/connection.h"

#include "http/problem.h"
#include "http/wire.h"

namespace modiste::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::asio::ip::tcp;
using std::chrono::steady_clock;

namespace {

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

RequestHead view_of(const bhttp::request_header<>& header) {
  RequestHead out;
  out.method = header.method_string();
  out.target = header.target();
  out.host = header[bhttp::field::host];
  out.origin = header[bhttp::field::origin];
  out.content_type = header[bhttp::field::content_type];
  out.content_encoding = header[bhttp::field::content_encoding];
  out.authorization = header[bhttp::field::authorization];
  out.device_token = header["X-Device-Token"];
  out.accept = header[bhttp::field::accept];
  out.accept_encoding = header[bhttp::field::accept_encoding];
  out.if_none_match = header[bhttp::field::if_none_match];
  out.request_id = header["X-Request-Id"];
  return out;
}

// All fields of a name: a proxy may add one of its own behind the client's.
std::string joined(const bhttp::request_header<>& header, std::string_view name) {
  std::string all;
  const auto [begin, end] = header.equal_range(name);
  for (auto field = begin; field != end; ++field) {
    if (!all.empty()) all += ',';
    all += std::string_view(field->value());
  }
  return all;
}

// Occupies part of a limit while it exists.
class Share {
 public:
  Share(std::atomic<size_t>& total, size_t limit) : total_(total), limit_(limit) {}
  ~Share() { total_.fetch_sub(amount_); }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  // False, and nothing is added, when it would pass the limit.
  [[nodiscard]] bool add(size_t amount) {
    if (total_.fetch_add(amount) + amount > limit_) {
      total_.fetch_sub(amount);
      return false;
    }
    amount_ += amount;
    return true;
  }
  [[nodiscard]] size_t amount() const { return amount_; }

 private:
  std::atomic<size_t>& total_;
  const size_t limit_;
  size_t amount_ = 0;
};

// Refuses what the parser accepts but two readers could interpret differently: the host of a request, and
// where its body ends (RFC 9112 3.2, 6.1).
std::optional<Response> check_framing(const bhttp::request_header<>& header) {
  const bool old = header.version() == 10 && header.count(bhttp::field::host) == 0;
  if (!old && (header.count(bhttp::field::host) != 1 || header[bhttp::field::host].empty()))
    return problem(400, "the request must have exactly one Host header", "Host: and one host name");
  const auto coding = header[bhttp::field::transfer_encoding];
  if (header.count(bhttp::field::transfer_encoding) > 0 && !beast::iequals(coding, "chunked"))
    return problem(501, "unsupported transfer coding", "Transfer-Encoding: chunked, or Content-Length");
  return std::nullopt;
}

Response too_large(const Route& route) {
  if (route.body_kind == BodyKind::kNone)
    return problem(413, "this route does not accept a body", "an empty body");
  return problem(413, "the request body is too large",
                 "at most " + std::to_string(route.spec.body_bytes_max) + " bytes");
}

size_t body_bytes_max(const Route& route) {
  return route.body_kind == BodyKind::kNone ? 0 : route.spec.body_bytes_max;
}

}  // namespace

Connection::Awaitable<void> Connection::serve() {
  const auto self = shared_from_this();
  commons_.service.metrics().connection_opens();
  bool open = true;
  while (open) open = co_await exchange();
  co_await close();
  commons_.service.metrics().connection_closes();
}

Connection::Awaitable<void> Connection::turn_away() {
  const auto self = shared_from_this();
  commons_.service.metrics().shed(Shed::kConnections);
  Turn turn{.request_id = new_request_id(), .method = {}, .answer_id = {}, .begin = steady_clock::now()};
  turn.label = commons_.service.unmatched();
  co_await write(turn, problem(503, "the server has too many connections"));
  linger_ = true;
  co_await close();
}

void Connection::drain() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    ErrorCode ignored;
    if (self->waiting_) self->socket_.cancel(ignored);
  });
}

void Connection::allow_until(Time deadline) {
  deadline_ = deadline;
  timed_out_ = false;
  if (deadline_ != Time::max() && (!armed_ || deadline_ < timer_.expiry())) arm();
}

void Connection::arm() {
  armed_ = true;
  timer_.expires_at(deadline_);
  timer_.async_wait([weak = weak_from_this()](const ErrorCode& error) {
    const auto self = weak.lock();
    if (self && !error) self->on_timer();
  });
}

void Connection::on_timer() {
  armed_ = false;
  if (deadline_ == Time::max()) return;
  if (steady_clock::now() < deadline_) return arm();
  ErrorCode ignored;
  timed_out_ = true;
  socket_.cancel(ignored);
}

Connection::Awaitable<bool> Connection::wait_for_request() {
  if (commons_.draining) co_return false;
  waiting_ = true;
  allow(commons_.limits.idle);
  const auto [error, size] = co_await socket_.async_read_some(buffer_.prepare(4096), kToken);
  waiting_ = false;
  if (error) co_return false;
  buffer_.commit(size);
  co_return true;
}

Connection::Awaitable<bool> Connection::exchange() {
  if (buffer_.size() == 0) {
    const bool arrived = co_await wait_for_request();
    if (!arrived) co_return false;
  }
  HeadParser parser;
  parser.header_limit(static_cast<uint32_t>(commons_.limits.head_bytes_max));
  parser.body_limit(boost::none);
  allow(commons_.limits.head);
  const auto [error, size] = co_await bhttp::async_read_header(socket_, buffer_, parser, kToken);
  const std::string_view proposed = parser.get()["X-Request-Id"];
  Turn turn{.request_id = request_id_for(proposed),
            .method = std::string(parser.get().method_string()),
            .answer_id = {},
            .label = commons_.service.unmatched(),
            .bytes_in = 0,
            .head_only = parser.get().method() == bhttp::verb::head,
            .keep_alive = false,
            .begin = steady_clock::now()};
  // A sender may give many requests one id, and an answer is known by its id in the log and in training.
  turn.answer_id = turn.request_id == proposed ? new_request_id() : turn.request_id;
  commons_.service.metrics().request_begins();
  bool open = false;
  if (error)
    open = co_await refuse_broken(error, turn);
  else
    open = co_await answer_request(parser, turn);
  commons_.service.metrics().request_ends();
  co_return open;
}

// Answers a request that could not be read completely, if the sender can still receive the answer.
Connection::Awaitable<bool> Connection::refuse_broken(ErrorCode error, Turn& turn) {
  turn.keep_alive = false;
  linger_ = true;
  Response out;
  if (timed_out_)
    out = problem(408, "the request did not arrive in time");
  else if (error == bhttp::error::header_limit || error == bhttp::error::buffer_overflow)
    out = problem(431, "the request's header fields are too large",
                  "at most " + std::to_string(commons_.limits.head_bytes_max) + " bytes");
  else if (error == bhttp::error::end_of_stream || error == bhttp::error::partial_message ||
           error.category() != make_error_code(bhttp::error::bad_method).category())
    co_return false;
  else
    out = problem(400, "malformed HTTP request: " + error.message());
  co_await write(turn, std::move(out));
  co_return false;
}

Connection::Awaitable<bool> Connection::answer_request(HeadParser& parser, Turn& turn) {
  auto& service = commons_.service;
  auto head = view_of(parser.get());
  beast::error_code unknown;
  const auto peer = socket_.remote_endpoint(unknown);
  const std::string address = unknown ? std::string() : peer.address().to_string();
  head.peer = address;
  const std::string forwarded_for = joined(parser.get(), "X-Forwarded-For");
  head.forwarded_for = forwarded_for;
  turn.sharing = service.sharing_fields(head);
  const bool body_follows = !parser.is_done();
  turn.keep_alive = parser.keep_alive() && !body_follows;  // set again once the body is read
  linger_ = body_follows;

  if (auto unclear = check_framing(parser.get())) {
    turn.keep_alive = false;
    const bool kept = co_await write(turn, std::move(*unclear));
    co_return kept;
  }
  auto verdict = service.admit(head);
  turn.label = verdict.label;
  if (!verdict.answer && commons_.lagging && verdict.call.route->spec.access->key != Scope::kPublic) {
    service.metrics().shed(Shed::kLag);
    verdict.answer = problem(503, "the server is busy");
  }
  if (!verdict.answer && body_follows &&
      parser.content_length().value_or(0) > body_bytes_max(*verdict.call.route))
    verdict.answer = too_large(*verdict.call.route);
  if (verdict.answer) {
    const bool kept = co_await write(turn, std::move(*verdict.answer));
    co_return kept;
  }
  const bool kept = co_await answer_body(parser, turn, verdict.call);
  co_return kept;
}

Connection::Awaitable<bool> Connection::answer_body(HeadParser& parser, Turn& turn,
                                                    const Service::Call& call) {
  const bool keep_alive = parser.keep_alive();
  std::string body;
  // Only what has arrived counts: a sender of one byte must not hold what its route allows.
  Share share(commons_.body_bytes, commons_.limits.bodies_bytes_max);
  if (!parser.is_done()) {
    const bool expects = beast::iequals(parser.get()[bhttp::field::expect], "100-continue");
    if (expects && buffer_.size() == 0) {
      const bool said = co_await say_continue();
      if (!said) co_return false;
    }
    BodyParser body_parser(std::move(parser));
    body_parser.body_limit(body_bytes_max(*call.route));
    const auto error = co_await read_body(
        body_parser, turn, [&share](size_t arrived) { return share.add(arrived - share.amount()); });
    if (error == asio::error::no_memory) {
      commons_.service.metrics().shed(Shed::kBodies);
      const bool kept = co_await write(turn, problem(503, "too many large requests at once"));
      co_return kept;
    }
    if (error == bhttp::error::body_limit) {
      const bool kept = co_await write(turn, too_large(*call.route));
      co_return kept;
    }
    if (error) {
      const bool kept = co_await refuse_broken(error, turn);
      co_return kept;
    }
    body = std::move(body_parser.get().body());
  }
  turn.bytes_in = body.size();
  turn.keep_alive = keep_alive;
  linger_ = false;
  allow_until(Time::max());
  auto response = co_await run(call, body, turn);
  const bool kept = co_await write(turn, std::move(response));
  co_return kept;
}

// The deadline is extended as bytes arrive: a sender slower than body_bytes_per_second is cut off.
Connection::Awaitable<Connection::ErrorCode> Connection::read_body(
    BodyParser& parser, Turn& turn, const std::function<bool(size_t)>& has_room) {
  const auto& limits = commons_.limits;
  const auto begin = steady_clock::now();
  while (!parser.is_done()) {
    const auto earned = std::chrono::milliseconds(turn.bytes_in * 1000 / limits.body_bytes_per_second);
    allow_until(begin + limits.body + earned);
    const auto [error, size] = co_await bhttp::async_read_some(socket_, buffer_, parser, kToken);
    if (error) co_return error;
    turn.bytes_in += size;
    if (!has_room(turn.bytes_in)) co_return asio::error::make_error_code(asio::error::no_memory);
  }
  co_return ErrorCode{};
}

Connection::Awaitable<bool> Connection::say_continue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  allow(commons_.limits.write);
  const auto [error, size] = co_await asio::async_write(socket_, asio::buffer(kContinue), kToken);
  co_return !error;
}

Connection::Awaitable<Response> Connection::run(const Service::Call& call, std::string_view body,
                                                const Turn& turn) {
  if (call.route->spec.run == Run::kInPlace)
    co_return commons_.service.handle(call, body, {turn.request_id, turn.answer_id});
  Share share(commons_.workers_taken, commons_.workers_max);
  if (!share.add(1)) {
    commons_.service.metrics().shed(Shed::kWorkers);
    co_return problem(503, "too many slow requests are waiting");
  }
  co_await asio::post(asio::bind_executor(commons_.workers.get_executor(), asio::use_awaitable));
  auto response = commons_.service.handle(call, body, {turn.request_id, turn.answer_id});
  co_await asio::post(asio::bind_executor(socket_.get_executor(), asio::use_awaitable));
  co_return response;
}

Connection::Awaitable<bool> Connection::write(Turn& turn, Response response) {
  name_request(response, turn.request_id);
  for (auto& field : turn.sharing) response.fields.push_back(std::move(field));
  if (commons_.draining) turn.keep_alive = false;
  const auto& limits = commons_.limits;
  const auto head = head_text(response, {turn.request_id, turn.keep_alive});
  const auto bytes = turn.head_only ? std::string_view() : response.bytes();
  const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(bytes)};
  allow(limits.write + std::chrono::milliseconds(bytes.size() * 1000 / limits.body_bytes_per_second));
  const auto [error, size] = co_await asio::async_write(socket_, parts, kToken);
  commons_.service.record(
      {turn.label, turn.method, turn.request_id, turn.answer_id, response.status,
       std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - turn.begin), turn.bytes_in,
       bytes.size(), response.log});
  co_return !error && turn.keep_alive;
}

// A client that is still sending would lose our answer if we closed at once (RFC 9112 9.6): read and discard
// what it sends for a moment.
Connection::Awaitable<void> Connection::close() {
  constexpr size_t kLingerBytesMax = 16 << 20;
  constexpr auto kLinger = std::chrono::seconds(2);
  ErrorCode ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  if (linger_ && !commons_.draining) {
    std::array<char, 16 << 10> sink;
    allow(kLinger);
    for (size_t thrown = 0; thrown < kLingerBytesMax;) {
      const auto [error, size] = co_await socket_.async_read_some(asio::buffer(sink), kToken);
      if (error) break;
      thrown += size;
    }
  }
  socket_.close(ignored);
}

}  // namespace modiste::http
