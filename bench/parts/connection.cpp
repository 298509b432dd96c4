#include "parts/connection.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>

namespace modiste::bench {

namespace beast = boost::beast;
using Tcp = boost::asio::ip::tcp;

struct Connection::State {
  uint16_t port = 0;
  boost::asio::io_context context;
  std::optional<Tcp::socket> socket;
  beast::flat_buffer buffer;

  beast::error_code connect() {
    beast::error_code error;
    socket.emplace(context);
    socket->connect({boost::asio::ip::make_address("127.0.0.1"), port}, error);
    if (!error) socket->set_option(Tcp::no_delay(true), error);
    buffer.clear();
    return error;
  }
};

Connection::Connection(uint16_t port) : state_(std::make_unique<State>()) { state_->port = port; }
Connection::~Connection() = default;

HttpReply Connection::send(const HttpCall& call) {
  beast::error_code error;
  if (!state_->socket) error = state_->connect();
  beast::http::request<beast::http::string_body> request{beast::http::string_to_verb(call.method), call.path,
                                                         11};
  request.set(beast::http::field::host, "127.0.0.1:" + std::to_string(state_->port));
  if (!call.body.empty()) request.set(beast::http::field::content_type, "application/json");
  request.body() = call.body;
  request.prepare_payload();
  beast::http::response_parser<beast::http::string_body> parser;
  parser.body_limit(size_t{64} << 20);
  if (!error) beast::http::write(*state_->socket, request, error);
  if (!error) beast::http::read(*state_->socket, state_->buffer, parser, error);
  if (error || !parser.get().keep_alive()) state_->socket.reset();
  if (error) return {};
  return {parser.get().result_int(), std::move(parser.get().body())};
}

}  // namespace modiste::bench
