#include "shop/remote/remote.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <thread>

#include "base/text.h"
#include "io/atomic_write.h"
#include "io/read_file.h"
#include "storage/files/data_directory.h"

namespace modiste {
namespace {

constexpr std::string_view kServingFile = "serving.json";
constexpr HttpLimits kLimits{
    .timeout = std::chrono::minutes(5),    // a batch of garments with photos to embed takes its time
    .body_bytes_max = size_t{256} << 20};  // everything held about a shopper
constexpr HttpLimits kHealthLimits{.timeout = std::chrono::seconds(5)};

Code code_of(unsigned status) {
  return status == 404                   ? Code::kNotFound
         : status == 409                 ? Code::kConflict
         : status == 500                 ? Code::kInternal
         : status > 500 || status == 429 ? Code::kUnavailable
                                         : Code::kInvalid;
}

bool lives(int64_t pid) { return pid > 0 && (::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM); }

Error problem_of(const HttpAnswer& answer, std::string_view path) {
  Error error{code_of(answer.status), fmt::format("the server answered {}", answer.status), std::string(path),
              ""};
  const auto problem = parse_json(answer.body);
  if (!problem.ok() || !problem->is_object()) return error;
  const auto text = [&](const char* key) -> std::string {
    const auto* value = problem->get_object().if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  // In the server's own words, as the same command says it without a server.
  if (auto detail = text("detail"); !detail.empty()) {
    error.what = std::move(detail);
    error.where = text("pointer");
  }
  error.expected = text("expected");
  return error;
}

}  // namespace

Result<std::unique_ptr<ServingFile>> ServingFile::write(const std::filesystem::path& data,
                                                        const ServingNote& note) {
  const auto file = data / kServingFile;
  TRY(write_atomically(file, to_json_text(note) + "\n"));  // made with mode 0600
  return std::unique_ptr<ServingFile>(new ServingFile(file));
}

ServingFile::~ServingFile() {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

std::optional<ServingNote> serving_at(const std::filesystem::path& data) {
  const auto text = read_text_file(data / kServingFile);
  if (!text.ok()) return std::nullopt;
  auto note = from_json_text<ServingNote>(*text);
  if (!note.ok() || !lives(note->pid) || lock_holder(data) != note->pid) return std::nullopt;
  const auto health = send_http({.url = note->url + "/healthz", .direct = true}, kHealthLimits);
  return health.ok() && health->status == 200 ? std::optional(std::move(*note)) : std::nullopt;
}

Result<std::string> call_server(const ServingNote& server, const ServerCall& call) {
  HttpRequest request{.method = std::string(call.method),
                      .url = server.url + std::string(call.path),
                      .headers = {{"Content-Type", std::string(call.content_type)}},
                      .body = call.body,
                      .direct = true};  // the token may do everything
  const char* key = std::getenv("MODISTE_KEY");
  const bool has_key = key != nullptr && *key != '\0';
  request.headers.emplace_back("Authorization", fmt::format("Bearer {}", has_key ? key : server.token));
  TRY_ASSIGN(auto answer, send_http(request, kLimits));
  if (answer.status < 200 || answer.status >= 300) return problem_of(answer, call.path);
  return std::move(answer.body);
}

// Its address and its token are others then.
bool PatientCalls::was_started_again() {
  auto found = data_.empty() ? std::nullopt : serving_at(data_);
  if (!found || *found == server_) return false;
  server_ = std::move(*found);
  return true;
}

Result<std::string> PatientCalls::call(const ServerCall& call) {
  auto answer = call_server(server_, call);
  const auto begun = std::chrono::steady_clock::now();
  for (auto pause = patience_.first; !answer.ok(); pause = std::min(pause * 2, patience_.most)) {
    if (!was_started_again()) {
      if (answer.error().code != Code::kUnavailable) break;
      if (std::chrono::steady_clock::now() - begun + pause > patience_.in_all) break;
      if (pause == patience_.first) fmt::print(stderr, "\n  waiting: {}\n", answer.error().message());
      std::this_thread::sleep_for(pause);
      was_started_again();
    }
    answer = call_server(server_, call);
  }
  return answer;
}

}  // namespace modiste
