// Options of the server. The reason for each limit stands beside it.
#pragma once

#include <spdlog/logger.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/auth.h"

namespace modiste::http {

struct Limits {
  size_t connections_max = 4'096;           // beyond it: 503 and closed
  size_t head_bytes_max = 16 << 10;         // request line and fields; browsers stay below 8 KiB
  size_t bodies_bytes_max = 256 << 20;      // of all bodies being read or handled at once; beyond it: 503
  size_t worker_queue_max = 32;             // slow calls waiting for a worker; beyond it: 503
  std::chrono::milliseconds idle{60'000};   // between requests of a connection
  std::chrono::milliseconds head{10'000};   // from a request's first byte to the end of its head
  std::chrono::milliseconds body{10'000};   // for a body, plus the time that
  size_t body_bytes_per_second = 64 << 10;  // ... the slowest supported uplink needs
  std::chrono::milliseconds write{30'000};  // for a client to take an answer
  std::chrono::milliseconds lag{500};  // when requests wait longer than this for a thread, new ones get 503
  // After a signal to stop, requests are served as before for so long, but /readyz answers 503: a balancer
  // sends its requests elsewhere before the port closes. 0: the port closes at once.
  std::chrono::milliseconds leave{0};
  std::chrono::milliseconds drain{10'000};  // for unfinished requests when the server stops
};

struct ServiceOptions {
  // Without keys the whole API is open, and only loopback addresses are allowed.
  std::vector<ApiKey> keys;
  // With keys: whether browsers may call without one. What nobody's taste is in (catalog, quiz, anonymous
  // answers) is then open, and anybody gets a device token, which allows what access.h says and no more.
  bool shoppers_without_key = false;
  // Device tokens that an address gets in a minute without a key; 0: as many as it asks for.
  int devices_per_minute = 0;
  // Proxies besides those on this machine, whose X-Forwarded-For names who calls (http/client_address.h).
  std::vector<std::string> trusted_proxies;
  // Origins of storefronts whose pages may call from another host: "https://shop.example". No credentials of
  // a browser (cookies) are involved.
  std::vector<std::string> origins;
  // Signs device tokens; at least kSecretBytesMin bytes. Empty: random, so that tokens end with the process.
  std::string device_token_secret;
  // Of the retailer's backend, for shopper tokens (HS256); empty: none is accepted.
  std::vector<std::string> shopper_token_secrets;
  // What a command on the server's own data directory sends instead of a key (shop/remote/remote.h); never
  // logged. Empty: none is accepted. It may do everything.
  std::string owner_token;
  // Host names of this server besides loopback's, as in the Host field. Checked on loopback only.
  std::vector<std::string> hosts;
  bool loopback = true;   // set by the server from its address
  std::string address{};  // the same: a further name of this server

  std::filesystem::path web;     // the built web app; empty: none
  std::filesystem::path images;  // stored photos; empty: none

  std::function<Result<Done>()> ready;  // readiness: ok when requests may be sent; absent: always
  // Metrics of the shop, in the text format of Prometheus; absent: none. Called from any thread.
  std::function<std::string()> more_metrics;
  std::shared_ptr<spdlog::logger> log;  // absent: spdlog's default
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 8080;          // 0: any free one
  unsigned threads = 2;          // serve sockets and answer fast calls
  unsigned workers = 4;          // run slow calls: the disk holds up two of them and not the searches
  bool stop_on_signals = false;  // SIGTERM, SIGINT and SIGHUP drain the server
  Limits limits;
  ServiceOptions service;
};

}  // namespace modiste::http
