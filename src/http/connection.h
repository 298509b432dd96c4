// One client connection: reads requests and writes answers, in order.
//
// Everything of a connection runs on its strand; a slow call runs on a worker and returns to the strand.
// Every wait has a deadline. If a request is refused before its body was read, the connection is closed.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "http/beast.h"
#include "http/options.h"
#include "http/service.h"

namespace modiste::http {

// State shared by all connections of a server.
struct Commons {
  Service& service;
  const Limits& limits;
  boost::asio::thread_pool& workers;
  size_t workers_max;  // running and waiting
  std::atomic<size_t> workers_taken{0};
  std::atomic<size_t> body_bytes{0};
  std::atomic<bool> lagging{false};
  std::atomic<bool> draining{false};
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  template <class T>
  using Awaitable = boost::asio::awaitable<T>;

  Connection(boost::asio::ip::tcp::socket socket, Commons& commons)
      : socket_(std::move(socket)),
        timer_(socket_.get_executor()),
        commons_(commons),
        buffer_(kBufferBytesMax) {}

  Awaitable<void> serve();
  // For a connection beyond the limit: answers 503 and closes.
  Awaitable<void> turn_away();
  // Closes at once when the connection is idle, else after the current answer. Threads: any.
  void drain();

 private:
  static constexpr size_t kBufferBytesMax = 128 << 10;
  using HeadParser = boost::beast::http::request_parser<boost::beast::http::empty_body>;
  using BodyParser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using ErrorCode = boost::beast::error_code;
  using Time = std::chrono::steady_clock::time_point;

  struct Turn {
    std::string request_id;  // of the header and the log line: the sender's own, if it sent one
    std::string method;
    std::string answer_id;      // of the answer in the body, always the server's own
    HeaderFields sharing = {};  // with the page of another origin that asks
    size_t label = 0;
    size_t bytes_in = 0;
    bool head_only = false;
    bool keep_alive = false;
    Time begin;
  };

  Awaitable<bool> exchange();  // one request; false: the connection is to be closed
  Awaitable<bool> wait_for_request();
  Awaitable<bool> answer_request(HeadParser& parser, Turn& turn);
  Awaitable<bool> answer_body(HeadParser& parser, Turn& turn, const Service::Call& call);
  // has_room: for as many bytes of the body as have arrived; else no_memory.
  Awaitable<ErrorCode> read_body(BodyParser& parser, Turn& turn, const std::function<bool(size_t)>& has_room);
  Awaitable<bool> say_continue();
  Awaitable<Response> run(const Service::Call& call, std::string_view body, const Turn& turn);
  Awaitable<bool> write(Turn& turn, Response response);
  Awaitable<bool> refuse_broken(ErrorCode error, Turn& turn);
  Awaitable<void> close();

  // Cancels the next operations if they are not done by the deadline. The timer is reset only when it would
  // fire too late: deadlines mostly move forward.
  void allow_until(Time deadline);
  void allow(std::chrono::milliseconds time) { allow_until(std::chrono::steady_clock::now() + time); }
  void arm();
  void on_timer();

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer timer_;
  Time deadline_ = Time::max();
  bool armed_ = false, timed_out_ = false;
  Commons& commons_;
  boost::beast::flat_buffer buffer_;
  bool waiting_ = false;  // for the next request
  bool linger_ = false;   // the client may still be sending
};

}  // namespace modiste::http
