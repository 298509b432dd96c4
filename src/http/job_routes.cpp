#include "http/job_routes.h"

namespace modiste::http {
namespace {

template <class Handler>
auto with(Jobs* jobs, Handler handler) {
  return [jobs, handler](auto request) -> decltype(handler(*jobs, std::move(request))) {
    if (jobs == nullptr) return Error{Code::kUnavailable, "this server runs no jobs", "", ""};
    return handler(*jobs, std::move(request));
  };
}

RouteSpec spec_of(Method method, std::string_view path, std::string_view name, std::string_view summary) {
  return RouteSpec{.method = method,
                   .path = path,
                   .name = name,
                   .tag = "Jobs",
                   .summary = summary,
                   .access = access::kAdmin};
}

}  // namespace

void add_job_routes(Router& router, Jobs* jobs) {
  auto start = spec_of(Method::kPost, "/v1/jobs", "startJob",
                       "Start long work: it runs beside the requests, one job at a time.");
  start.statuses = {202};
  start.example = R"({"kind":"log_verify"})";
  router.route<Request<Nothing, Nothing, JobRequest>, JobView>(
      std::move(start), with(jobs, [](Jobs& j, const auto& r) { return j.start(r.body); }));
  router.route<Request<>, JobList>(
      spec_of(Method::kGet, "/v1/jobs", "listJobs", "Jobs since the server's start, latest first."),
      with(jobs, [](Jobs& j, const auto&) -> Result<JobList> { return j.list(); }));
  router.route<Request<JobPath>, JobView>(
      spec_of(Method::kGet, "/v1/jobs/{id}", "getJob", "How far a job is, and what came of it."),
      with(jobs, [](Jobs& j, const auto& r) { return j.job(r.path.id); }));
  router.route<Request<JobPath>, JobView>(
      spec_of(Method::kDelete, "/v1/jobs/{id}", "cancelJob",
              "Cancel a job: one that waits at once, one that runs at its next step where it can stop."),
      with(jobs, [](Jobs& j, const auto& r) { return j.cancel(r.path.id); }));
}

}  // namespace modiste::http
