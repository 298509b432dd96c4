#include "shop/remote.h"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cctype>
#include <cstdlib>
#include <fstream>

#include "base/json.h"

namespace modiste {
namespace {

namespace beast = boost::beast;
using Tcp = boost::asio::ip::tcp;

// "http://127.0.0.1:8080" -> host, port.
Result<std::pair<std::string, std::string>> split(const std::string& url) {
  constexpr std::string_view kScheme = "http://";
  const auto colon = url.rfind(':');
  if (!url.starts_with(kScheme) || colon < kScheme.size())
    return Error{Code::kInvalid, fmt::format("'{}' is no address of a server", url), "", "http://HOST:PORT"};
  return std::pair{url.substr(kScheme.size(), colon - kScheme.size()), url.substr(colon + 1)};
}

}  // namespace

std::optional<std::string> serving_at(const Config& config) {
  std::ifstream note(config.data / "server.url");
  std::string url;
  if (!std::getline(note, url)) return std::nullopt;
  // The note outlives a server that was killed.
  return call(url, "GET", "/healthz", "").ok() ? std::optional(url) : std::nullopt;
}

std::string path_step(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) {
    if (std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '~')
      out += static_cast<char>(c);
    else
      out += fmt::format("%{:02X}", c);
  }
  return out;
}

Result<RemoteAnswer> call(const std::string& url, std::string_view method, std::string_view path,
                          std::string_view body) {
  TRY_ASSIGN(const auto place, split(url));
  beast::error_code error;
  boost::asio::io_context context;
  Tcp::resolver resolver(context);
  beast::tcp_stream stream(context);
  stream.expires_after(std::chrono::minutes(5));  // a batch of garments with photos to embed takes its time
  stream.connect(resolver.resolve(place.first, place.second, error), error);
  if (error) return Error{Code::kUnavailable, fmt::format("nobody answers: {}", error.message()), url, ""};

  beast::http::request<beast::http::string_body> request;
  request.method_string({method.data(), method.size()});
  request.target({path.data(), path.size()});
  request.set(beast::http::field::host, place.first + ":" + place.second);
  request.set(beast::http::field::content_type, "application/json");
  if (const char* key = std::getenv("MODISTE_KEY"))
    request.set(beast::http::field::authorization, fmt::format("Bearer {}", key));
  request.body() = body;
  request.prepare_payload();
  beast::http::write(stream, request, error);
  beast::flat_buffer buffer;
  beast::http::response<beast::http::string_body> response;
  if (!error) beast::http::read(stream, buffer, response, error);
  if (error)
    return Error{Code::kUnavailable, fmt::format("the server broke off: {}", error.message()), url, ""};
  return RemoteAnswer{response.result_int(), std::move(response.body())};
}

Result<Done> expect_success(const RemoteAnswer& answer) {
  if (answer.status >= 200 && answer.status < 300) return kOk;
  Error error{answer.status == 404 ? Code::kNotFound : Code::kInvalid,
              fmt::format("the server answered {}", answer.status), "", ""};
  if (const auto problem = parse_json(answer.body); problem.ok() && problem->is_object()) {
    const auto text = [&](const char* key) -> std::string {
      const auto* value = problem->get_object().if_contains(key);
      return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
    };
    error.what = text("detail");
    error.where = text("pointer");
    error.expected = text("expected");
  }
  return error;
}

}  // namespace modiste
