// A server on the loopback for tests: answers each connection with bytes chosen by its path, over TCP or TLS.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace modiste {

struct CannedAnswer {
  std::string bytes;                      // head and body, as sent
  std::chrono::milliseconds delay_ms{0};  // before the first byte
};

// One connection after the other, on a thread of its own.
class TestServer {
 public:
  using Respond = std::function<CannedAnswer(const std::string& target)>;
  using Tcp = boost::asio::ip::tcp;

  explicit TestServer(Respond respond, boost::asio::ssl::context* tls = nullptr)
      : respond_(std::move(respond)), tls_(tls), thread_([this] { serve(); }) {}
  ~TestServer() {
    stopping_ = true;
    boost::system::error_code ignored;
    boost::asio::io_context context;
    Tcp::socket knock(context);
    static_cast<void>(knock.connect(acceptor_.local_endpoint(), ignored));
    thread_.join();
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  [[nodiscard]] std::string url(const std::string& host = "127.0.0.1") const {
    return (tls_ != nullptr ? "https://" : "http://") + host + ":" +
           std::to_string(acceptor_.local_endpoint().port());
  }
  [[nodiscard]] std::vector<std::string> targets() const {
    const MutexLock lock(mutex_);
    return targets_;
  }

  // Heads and bodies, as received.
  [[nodiscard]] std::vector<std::string> requests() const {
    const MutexLock lock(mutex_);
    return requests_;
  }

 private:
  // Of a request whose head has been read.
  static size_t body_bytes_missing(const std::string& request) {
    constexpr std::string_view kLength = "Content-Length: ";
    const size_t at = request.find(kLength);
    if (at == std::string::npos) return 0;
    const size_t had = request.size() - request.find("\r\n\r\n") - 4;
    return std::stoul(request.substr(at + kLength.size())) - had;
  }

  template <class Stream>
  void exchange(Stream& stream) {
    boost::system::error_code error;
    boost::asio::streambuf head;
    boost::asio::read_until(stream, head, "\r\n\r\n", error);
    if (error) return;
    std::string request(boost::asio::buffers_begin(head.data()), boost::asio::buffers_end(head.data()));
    std::istringstream lines(request);
    std::string method, target;
    lines >> method >> target;
    const size_t rest = body_bytes_missing(request);
    std::string body(rest, '\0');
    if (rest > 0) boost::asio::read(stream, boost::asio::buffer(body), error);
    {
      const MutexLock lock(mutex_);
      targets_.push_back(target);
      requests_.push_back(request + body);
    }
    const CannedAnswer answer = respond_(target);
    std::this_thread::sleep_for(answer.delay_ms);
    boost::asio::write(stream, boost::asio::buffer(answer.bytes), error);
  }

  void serve() {
    while (true) {
      Tcp::socket socket(context_);
      boost::system::error_code error;
      static_cast<void>(acceptor_.accept(socket, error));
      if (stopping_ || error) return;
      if (tls_ == nullptr) {
        exchange(socket);
        continue;
      }
      boost::asio::ssl::stream<Tcp::socket> stream(std::move(socket), *tls_);
      static_cast<void>(stream.handshake(boost::asio::ssl::stream_base::server, error));
      if (!error) exchange(stream);
    }
  }

  Respond respond_;
  boost::asio::ssl::context* tls_;
  boost::asio::io_context context_;
  Tcp::acceptor acceptor_{context_, Tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
  std::atomic<bool> stopping_ = false;
  mutable Mutex mutex_;
  std::vector<std::string> targets_ GUARDED_BY(mutex_), requests_ GUARDED_BY(mutex_);
  std::thread thread_;
};

inline std::string http_answer(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace modiste
