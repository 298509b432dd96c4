#include "shop/remote/event_access.h"

#include <fmt/format.h>

#include "http/event_contracts.h"

namespace modiste {
namespace {

// Of a body; the server takes 8 MiB.
constexpr size_t kLinesPerBatch = 500;
constexpr size_t kBytesPerBatch = 4 << 20;

std::string path_of(int64_t id) { return fmt::format("/v1/dead-letters/{}", id); }

std::string text_of(const LetterQuery& query) {
  return fmt::format("?after={}&count={}{}", query.after, query.count,
                     query.reason ? fmt::format("&reason={}", name_of(*query.reason)) : "");
}

}  // namespace

Result<EventAccess> EventAccess::open(const Config& config) {
  EventAccess access;
  access.server_ = serving_at(config.folder());
  if (access.server_) return access;
  TRY_ASSIGN(access.shop_, OpenShop::open(config));
  return access;
}

template <class T>
Result<T> EventAccess::ask(std::string_view method, const std::string& target,
                           const std::string& body) const {
  TRY_ASSIGN(const auto answer, call_server(*server_, method, target, body));
  return from_json_text<T>(answer);
}

Result<EventsReport> EventAccess::send(const std::string& body) const {
  if (shop_) return intake().take(body);
  return ask<EventsReport>("POST", "/v1/events", body);
}

Result<LetterPage> EventAccess::list(const LetterQuery& query) const {
  if (shop_) return intake().page(query);
  return ask<LetterPage>("GET", "/v1/dead-letters" + text_of(query));
}

Result<DeadLetter> EventAccess::show(int64_t id) const {
  if (shop_) return intake().letters().letter(id);
  return ask<DeadLetter>("GET", path_of(id));
}

Result<DeadLetter> EventAccess::fix(int64_t id, json::value body) const {
  if (shop_) return intake().fix(id, std::move(body));
  return ask<DeadLetter>("PUT", path_of(id), to_json_text(http::LetterFix{std::move(body)}));
}

Result<ReplayReport> EventAccess::replay(int64_t id) const {
  if (shop_) return intake().replay(id);
  return ask<ReplayReport>("POST", path_of(id) + "/replay");
}

Result<ReplayReport> EventAccess::replay(const LetterQuery& query) const {
  if (shop_) return intake().replay(query);
  return ask<ReplayReport>("POST", "/v1/dead-letters/replay" + text_of(query));
}

Result<Done> EventAccess::drop(int64_t id) const {
  if (shop_) return intake().letters().remove_letter(id);
  TRY(call_server(*server_, "DELETE", path_of(id), ""));
  return kOk;
}

Result<std::vector<std::string>> event_bodies(const std::string& text) {
  if (parse_json(text).ok()) return std::vector{text};
  std::vector<std::string> bodies;
  size_t lines = 0, in_batch = kLinesPerBatch;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const auto line = text.substr(at, end - at);
    at = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (const auto parsed = parse_json(line); !parsed.ok()) {
      Error error = parsed.error();
      error.where = fmt::format("event {}, {}", lines + 1, error.where);
      return error;
    }
    ++lines;
    if (in_batch == kLinesPerBatch || bodies.back().size() + line.size() > kBytesPerBatch) {
      bodies.push_back(R"({"events":[)" + line);
      in_batch = 0;
    } else {
      bodies.back() += "," + line;
    }
    ++in_batch;
  }
  for (auto& body : bodies) body += "]}";
  return bodies;
}

}  // namespace modiste
