// Handles a request without a socket. Connections use it, and so do fuzzers and tests.
//
// A request passes through two steps. admit() sees only the head and refuses what can be refused without
// the body (a stranger, a wrong path, method, content type or key); handle() reads path, query and body
// and calls the route.
// Threads: any, after construction.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/client_address.h"
#include "http/files.h"
#include "http/guard.h"
#include "http/metrics.h"
#include "http/options.h"
#include "http/rate_limit.h"
#include "http/router.h"

namespace modiste::http {

class Service {
 public:
  // Adds the routes that every server has (health, metrics, documentation) to the shop's. Errors
  // as Guard and WebFiles.
  static Result<std::unique_ptr<Service>> make(Router router, ServiceOptions options);

  struct Call {
    const Route* route = nullptr;
    Target target;
    std::vector<std::string> path_values;
    Caller caller;
  };
  struct Verdict {
    size_t label = 0;                // index into the metrics' labels
    std::optional<Response> answer;  // final, whatever the body is
    Call call;                       // to be handled if `answer` is empty
  };
  [[nodiscard]] Verdict admit(const RequestHead& head) const;
  // As Guard's: for every answer to the request.
  [[nodiscard]] HeaderFields sharing_fields(const RequestHead& head) const {
    return guard_.sharing_fields(head);
  }
  struct Ids {
    std::string_view request;  // of the header and the log line
    std::string_view answer;   // of the answer in the body
  };
  // Never throws: exceptions of handlers are logged under the request's id and answered as 500.
  [[nodiscard]] Response handle(const Call& call, std::string_view body, const Ids& ids) const;

  struct Exchange {
    size_t label = 0;
    std::string_view method, request_id, answer_id;
    int status = 0;
    std::chrono::microseconds took{};
    size_t bytes_in = 0, bytes_out = 0;
    std::string_view detail{};  // from the route: "items=20 visual=500 ..."
  };
  // Writes one line to the log and adds one sample to the metrics.
  void record(const Exchange& exchange);

  // Label of requests that match no route or could not be read.
  [[nodiscard]] size_t unmatched() const { return labels_.size() - 1; }
  [[nodiscard]] Metrics& metrics() { return *metrics_; }
  [[nodiscard]] const Router& router() const { return router_; }

 private:
  Service(Router router, ServiceOptions options, Guard guard, TrustedProxies proxies, WebFiles web);
  [[nodiscard]] std::optional<Response> check_media(const Route& route, const RequestHead& head) const;
  [[nodiscard]] std::optional<Response> too_often(const RequestHead& head) const;
  [[nodiscard]] Verdict admit_route(const RequestHead& head, Router::Match match, Target target) const;
  [[nodiscard]] Verdict admit_file(const RequestHead& head, const Target& target) const;

  ServiceOptions options_;
  Guard guard_;
  TrustedProxies proxies_;
  mutable RateLimit rate_limit_;
  WebFiles web_;
  ImageFiles images_;
  std::shared_ptr<spdlog::logger> log_;
  std::string openapi_, docs_;
  Router router_;
  std::vector<std::string> labels_;
  std::unique_ptr<Metrics> metrics_;
};

}  // namespace modiste::http
