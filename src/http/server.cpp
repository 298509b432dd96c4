#include "http/server.h"

#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <thread>
#include <unordered_map>

#include "base/mutex.h"
#include "http/connection.h"

namespace modiste::http {
namespace asio = boost::asio;
using boost::asio::ip::tcp;
using std::chrono::steady_clock;

namespace {

constexpr auto kAcceptToken = asio::as_tuple(asio::use_awaitable);

// Connections beyond the limit that still get a 503; further ones are closed without an answer.
constexpr size_t kTurningAwayMax = 128;

Error cannot_listen(const ServerOptions& options, const boost::system::error_code& error) {
  return {Code::kUnavailable,
          fmt::format("cannot listen on {} port {}: {}", options.address, options.port, error.message()), "",
          "a free port (0 picks one) of an address of this machine"};
}

Result<tcp::endpoint> endpoint_of(const ServerOptions& options) {
  boost::system::error_code error;
  const auto address =
      asio::ip::make_address(options.address == "localhost" ? "127.0.0.1" : options.address, error);
  if (error)
    return Error{Code::kInvalid, fmt::format("'{}' is not an IP address", options.address), "",
                 "an IP address such as 127.0.0.1 or ::"};
  return tcp::endpoint(address, options.port);
}

// The endpoint, by which the options of the service are completed.
Result<tcp::endpoint> complete(ServerOptions& options) {
  if (options.threads == 0 || options.workers == 0)
    return Error{Code::kInvalid, "the server has no threads or no workers", "", "at least one of each"};
  TRY_ASSIGN(const auto endpoint, endpoint_of(options));
  options.service.loopback = endpoint.address().is_loopback();
  options.service.address = endpoint.address().to_string();
  return endpoint;
}

boost::system::error_code bind_to(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  return error;
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions server_options, std::unique_ptr<Service> http_service)
      : options(std::move(server_options)),
        service(std::move(http_service)),
        workers(options.workers),
        commons{*service, options.limits, workers, options.workers + options.limits.worker_queue_max},
        ioc(static_cast<int>(options.threads)),
        strand(asio::make_strand(ioc)),
        acceptor(strand),
        signals(strand),
        leave_timer(strand),
        drain_timer(strand) {}

  Result<Done> listen(const tcp::endpoint& endpoint);
  void start();
  asio::awaitable<void> accept();
  asio::awaitable<void> probe();
  void admit(tcp::socket socket);
  void forget(Connection* connection, bool counted);
  void await_signal();
  void leave();
  void begin_drain();

  ServerOptions options;
  std::unique_ptr<Service> service;
  asio::thread_pool workers;
  Commons commons;
  Mutex mutex;
  std::unordered_map<Connection*, std::weak_ptr<Connection>> connections GUARDED_BY(mutex);
  size_t turning_away GUARDED_BY(mutex) = 0;
  uint16_t port = 0;

  asio::io_context ioc;  // destroyed before the objects that its coroutines use
  asio::strand<asio::io_context::executor_type> strand;
  tcp::acceptor acceptor;
  asio::signal_set signals;
  asio::steady_timer leave_timer, drain_timer;
  std::shared_ptr<std::atomic<bool>> leaving;  // also of the service's readiness
  std::vector<std::jthread> threads;
};

Result<Done> Server::Impl::listen(const tcp::endpoint& endpoint) {
  boost::system::error_code error = bind_to(acceptor, endpoint);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) port = acceptor.local_endpoint(error).port();
  if (error) return cannot_listen(options, error);
  return kOk;
}

void Server::Impl::start() {
  asio::co_spawn(strand, accept(), asio::detached);
  asio::co_spawn(strand, probe(), asio::detached);
  if (options.stop_on_signals) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) signals.add(signal);
    await_signal();
  }
  for (unsigned i = 0; i < options.threads; ++i) threads.emplace_back([this] { ioc.run(); });
}

asio::awaitable<void> Server::Impl::accept() {
  while (!commons.draining) {
    auto [error, socket] = co_await acceptor.async_accept(asio::make_strand(ioc), kAcceptToken);
    if (!error) {
      admit(std::move(socket));
    } else if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) {
      co_return;
    } else {  // out of file descriptors: wait until some are closed
      asio::steady_timer pause(strand, std::chrono::milliseconds(50));
      co_await pause.async_wait(kAcceptToken);
    }
  }
}

void Server::Impl::admit(tcp::socket socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const auto executor = socket.get_executor();
  const auto connection = std::make_shared<Connection>(std::move(socket), commons);
  const MutexLock lock(mutex);
  const bool counted = connections.size() < options.limits.connections_max;
  if (!counted && turning_away == kTurningAwayMax) return service->metrics().shed(Shed::kConnections);
  if (counted)
    connections.emplace(connection.get(), connection);
  else
    ++turning_away;
  // The coroutine holds the connection; this handler records its end, however it ended.
  asio::co_spawn(
      executor, counted ? connection->serve() : connection->turn_away(),
      [this, connection, counted](const std::exception_ptr&) { forget(connection.get(), counted); });
}

void Server::Impl::forget(Connection* connection, bool counted) {
  const MutexLock lock(mutex);
  if (counted)
    connections.erase(connection);
  else
    --turning_away;
  if (commons.draining && connections.empty()) ioc.stop();
}

// Measures how long a handler waits for a thread: the timer's own delay. Past the limit new work is refused,
// which is cheap, until the queue is short again.
asio::awaitable<void> Server::Impl::probe() {
  constexpr auto kEvery = std::chrono::milliseconds(20);
  asio::steady_timer timer(strand);
  while (!commons.draining) {
    timer.expires_after(kEvery);
    co_await timer.async_wait(kAcceptToken);
    commons.lagging = steady_clock::now() - timer.expiry() > options.limits.lag;
  }
}

void Server::Impl::await_signal() {
  signals.async_wait([this](const auto& error, int) {
    if (error) return;
    leave();
    await_signal();
  });
}

void Server::Impl::leave() {
  const bool again = leaving->exchange(true);
  if (again || options.limits.leave.count() == 0) return begin_drain();
  leave_timer.expires_after(options.limits.leave);
  leave_timer.async_wait([this](const auto& error) {
    if (!error) begin_drain();
  });
}

void Server::Impl::begin_drain() {
  if (commons.draining.exchange(true)) return;
  boost::system::error_code ignored;
  acceptor.close(ignored);
  const MutexLock lock(mutex);
  if (connections.empty()) return ioc.stop();
  for (const auto& [key, weak] : connections)
    if (const auto connection = weak.lock()) connection->drain();
  drain_timer.expires_after(options.limits.drain);
  drain_timer.async_wait([this](const auto&) { ioc.stop(); });
}

Result<Done> Server::check(ServerOptions options) {
  TRY_ASSIGN(const auto endpoint, complete(options));
  TRY(Service::make(Router(), options.service));
  asio::io_context unused;
  tcp::acceptor acceptor(unused);
  if (const auto error = bind_to(acceptor, endpoint)) return cannot_listen(options, error);
  return kOk;
}

Result<std::unique_ptr<Server>> Server::start(Router router, ServerOptions options) {
  TRY_ASSIGN(const auto endpoint, complete(options));
  const auto leaving = std::make_shared<std::atomic<bool>>(false);
  options.service.ready = [leaving, ready = options.service.ready]() -> Result<Done> {
    if (*leaving) return Error{Code::kUnavailable, "the server is stopping", "", "another server"};
    return ready ? ready() : Result<Done>(kOk);
  };
  TRY_ASSIGN(auto service, Service::make(std::move(router), options.service));
  auto impl = std::make_unique<Impl>(std::move(options), std::move(service));
  impl->leaving = leaving;
  TRY(impl->listen(endpoint));
  impl->start();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  stop();
  wait();
}

uint16_t Server::port() const { return impl_->port; }

std::string Server::url() const {
  const bool v6 = impl_->options.address.find(':') != std::string::npos;
  const auto& address = impl_->options.address;
  return fmt::format("http://{}:{}", v6 ? "[" + address + "]" : address, port());
}

void Server::stop() {
  asio::post(impl_->strand, [impl = impl_.get()] { impl->begin_drain(); });
}

void Server::wait() {
  for (auto& thread : impl_->threads)
    if (thread.joinable()) thread.join();
  impl_->workers.join();
}

}  // namespace modiste::http
