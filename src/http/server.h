// Serves a shop over HTTP/1.1.
//
// Threads: options.threads serve sockets, options.workers run slow calls; all are the server's own.
// Limits:  options.limits; beyond them requests are refused at once, nothing waits without bound.
// Stop:    stop(), or a signal, takes no new connections, lets requests being handled end, then wait()
// returns. A signal first says so at /readyz for limits.leave; another one ends that at once.
#pragma once

#include <memory>

#include "http/options.h"
#include "http/router.h"

namespace modiste::http {

class Server {
 public:
  // Returns once the server accepts connections. kInvalid for contradictory options, such as an address other
  // than loopback without a key; kUnavailable when the address cannot be bound.
  static Result<std::unique_ptr<Server>> start(Router router, ServerOptions options);
  ~Server();  // stops and waits

  // What start() would refuse, with the same errors, for a program that takes long to have something to
  // serve.
  static Result<Done> check(ServerOptions options);

  [[nodiscard]] uint16_t port() const;
  [[nodiscard]] std::string url() const;  // "http://127.0.0.1:8080"
  void stop();                            // returns at once; any thread, also repeatedly
  void wait();                            // one caller

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace modiste::http
