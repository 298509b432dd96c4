#include "http/wire.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <random>

#include "base/check.h"
#include "base/rng.h"
#include "http/guard.h"

namespace modiste::http {
namespace {

// The date in the format of RFC 9110, computed once per second and thread.
std::string_view date_now() {
  thread_local std::time_t made_at = 0;
  thread_local std::string text;
  if (const std::time_t now = std::time(nullptr); now != made_at) {
    text = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now));
    made_at = now;
  }
  return text;
}

bool is_id(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

std::string head_text(const Response& response, const WireContext& context) {
  std::string out;
  out.reserve(768);
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "HTTP/1.1 {} {}\r\nDate: {}\r\nX-Request-Id: {}\r\n", response.status,
                 reason_phrase(response.status), date_now(), context.request_id);
  if (!response.content_type.empty()) fmt::format_to(to, "Content-Type: {}\r\n", response.content_type);
  if (response.status != 204 && response.status != 304)
    fmt::format_to(to, "Content-Length: {}\r\n", response.bytes().size());
  bool cached = false, policed = false, embedded = false;
  for (const auto& [name, value] : response.fields) {
    CHECK(value.find_first_of("\r\n") == std::string::npos);
    fmt::format_to(to, "{}: {}\r\n", name, value);
    cached |= name == "Cache-Control";
    policed |= name == "Content-Security-Policy";
    embedded |= name == kEmbedding;
  }
  if (!cached) out += "Cache-Control: no-store\r\n";
  // With a 304 the browser replaces header fields of its cached answer: this policy must not
  // reach a cached page.
  if (!policed && response.status != 304) fmt::format_to(to, "Content-Security-Policy: {}\r\n", kDataPolicy);
  if (!embedded) fmt::format_to(to, "{}: same-origin\r\n", kEmbedding);
  out += kSecurityFields;
  if (!context.keep_alive) out += "Connection: close\r\n";
  return out += "\r\n";
}

std::string new_request_id() {
  static const uint64_t kSeed =
      (static_cast<uint64_t>(std::random_device{}()) << 32) | std::random_device{}();
  static std::atomic<uint64_t> count{0};
  return fmt::format("{:016x}", mix64(kSeed + count.fetch_add(1, std::memory_order_relaxed)));
}

std::string request_id_for(std::string_view proposed) {
  return is_id(proposed) ? std::string(proposed) : new_request_id();
}

}  // namespace modiste::http
