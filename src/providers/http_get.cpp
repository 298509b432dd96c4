#include "providers/http_get.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/url/parse.hpp>

#include <optional>

namespace modiste {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;

struct Address {
  bool secure = false;
  std::string host, port, target;
};

Result<Address> read_url(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  const bool secure = parsed && parsed->scheme() == "https";
  if (!parsed || (!secure && parsed->scheme() != "http") || parsed->host().empty() || parsed->has_userinfo())
    return Error{Code::kInvalid, fmt::format("'{}' is no address", url), "",
                 "http://HOST/PATH or https://HOST/PATH"};
  Address address{secure, parsed->host_address(), parsed->port(), std::string(parsed->encoded_target())};
  if (address.port.empty()) address.port = secure ? "443" : "80";
  if (address.target.empty() || address.target.front() != '/') address.target.insert(0, "/");
  return address;
}

// One exchange as a chain of callbacks. The stream's own deadline ends it whatever it waits for.
class Exchange {
 public:
  Exchange(const Address& address, const HttpLimits& limits) : address_(address) {
    parser_.body_limit(limits.body_bytes_max);
    request_.method(beast::http::verb::get);
    request_.target(address.target);
    request_.set(beast::http::field::host, address.host);
    request_.set(beast::http::field::user_agent, "modiste");
    request_.set(beast::http::field::accept, "application/json");
    request_.set(beast::http::field::connection, "close");
    deadline_ = std::chrono::steady_clock::now() + limits.timeout;
  }

  Result<HttpAnswer> run() {
    beast::error_code error;
    if (address_.secure) {
      tls_.set_default_verify_paths(error);
      if (!error) tls_.set_verify_mode(asio::ssl::verify_peer, error);
      if (error) return failed(error);
      secure_.emplace(context_, tls_);
      if (SSL_set_tlsext_host_name(secure_->native_handle(), address_.host.c_str()) != 1)
        return Error{Code::kInternal, "OpenSSL refuses the host's name", address_.host, ""};
      secure_->set_verify_callback(asio::ssl::host_name_verification(address_.host), error);
    } else {
      plain_.emplace(context_);
    }
    Tcp::resolver resolver(context_);
    const auto places = resolver.resolve(address_.host, address_.port, error);
    if (error) return failed(error);
    tcp().expires_at(deadline_);
    tcp().async_connect(places, [this](beast::error_code e, const Tcp::endpoint&) { on_connected(e); });
    context_.run();
    if (error_) return failed(error_);
    return HttpAnswer{parser_.get().result_int(), std::move(parser_.get().body())};
  }

 private:
  beast::tcp_stream& tcp() { return secure_ ? secure_->next_layer() : *plain_; }

  Error failed(beast::error_code error) const {
    return {Code::kUnavailable, error.message(), address_.host + ":" + address_.port, ""};
  }

  bool stop(beast::error_code error) {
    error_ = error;
    return static_cast<bool>(error);
  }

  void on_connected(beast::error_code error) {
    if (stop(error)) return;
    if (!secure_) return write(*plain_);
    secure_->async_handshake(asio::ssl::stream_base::client, [this](beast::error_code e) {
      if (!stop(e)) write(*secure_);
    });
  }

  template <class Stream>
  void write(Stream& stream) {
    beast::http::async_write(stream, request_, [this, &stream](beast::error_code error, size_t) {
      if (stop(error)) return;
      beast::http::async_read(stream, buffer_, parser_, [this](beast::error_code e, size_t) { stop(e); });
    });
  }

  const Address& address_;
  asio::io_context context_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  std::optional<beast::tcp_stream> plain_;
  std::optional<beast::ssl_stream<beast::tcp_stream>> secure_;
  beast::http::request<beast::http::empty_body> request_;
  beast::flat_buffer buffer_{64 * 1024};
  beast::http::response_parser<beast::http::string_body> parser_;
  std::chrono::steady_clock::time_point deadline_;
  beast::error_code error_;
};

}  // namespace

Result<HttpAnswer> http_get(const std::string& url, const HttpLimits& limits) {
  TRY_ASSIGN(const Address address, read_url(url));
  try {
    return Exchange(address, limits).run();
  } catch (const std::exception& problem) {  // of Asio's constructors: no sockets, no memory
    return Error{Code::kUnavailable, problem.what(), address.host, ""};
  }
}

}  // namespace modiste
