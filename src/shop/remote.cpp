#include "shop/remote.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/json.h"
#include "base/text.h"
#include "io/read_file.h"

namespace modiste {
namespace {

constexpr HttpLimits kLimits{
    .timeout = std::chrono::minutes(5),    // a batch of garments with photos to embed takes its time
    .body_bytes_max = size_t{256} << 20};  // everything held about a shopper
constexpr HttpLimits kHealthLimits{.timeout = std::chrono::seconds(5)};

Error problem_of(const HttpAnswer& answer, std::string_view path) {
  Error error{answer.status == 404 ? Code::kNotFound : Code::kInvalid,
              fmt::format("the server answered {}", answer.status), std::string(path), ""};
  const auto problem = parse_json(answer.body);
  if (!problem.ok() || !problem->is_object()) return error;
  const auto text = [&](const char* key) -> std::string {
    const auto* value = problem->get_object().if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  if (auto detail = text("detail"); !detail.empty()) error.what = std::move(detail);
  if (auto pointer = text("pointer"); !pointer.empty()) error.where = std::move(pointer);
  error.expected = text("expected");
  return error;
}

}  // namespace

std::optional<std::string> serving_at(const std::filesystem::path& data) {
  const auto note = read_text_file(data / "server.url");
  if (!note.ok()) return std::nullopt;
  const std::string url(trim(*note));
  // The note outlives a server that was killed.
  const auto health = send_http({.url = url + "/healthz"}, kHealthLimits);
  return health.ok() ? std::optional(url) : std::nullopt;
}

Result<std::string> call_server(const std::string& url, std::string_view method, std::string_view path,
                                std::string_view json) {
  HttpRequest request{.method = std::string(method),
                      .url = url + std::string(path),
                      .headers = {{"Content-Type", "application/json"}},
                      .body = std::string(json)};
  if (const char* key = std::getenv("MODISTE_KEY"))
    request.headers.emplace_back("Authorization", fmt::format("Bearer {}", key));
  TRY_ASSIGN(auto answer, send_http(request, kLimits));
  if (answer.status < 200 || answer.status >= 300) return problem_of(answer, path);
  return std::move(answer.body);
}

}  // namespace modiste
