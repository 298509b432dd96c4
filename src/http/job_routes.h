// Long work of the server: started, watched, cancelled.
#pragma once

#include "http/router.h"
#include "serving/jobs.h"

namespace modiste::http {

struct JobPath {
  std::string id;
};

// jobs: borrowed; null for a description of the API alone.
void add_job_routes(Router& router, Jobs* jobs);

}  // namespace modiste::http

namespace modiste {

template <>
struct Contract<http::JobPath> {
  static constexpr std::string_view kName = "JobPath";
  static constexpr std::string_view kDoc = "A job.";
  static constexpr auto kFields =
      Fields{field("id", &http::JobPath::id, {.doc = "Of a job", .required = true})};
};

}  // namespace modiste
