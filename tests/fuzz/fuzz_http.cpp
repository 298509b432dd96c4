// links: modiste_http modiste_storage modiste_serving
// A request as a connection passes it on: "METHOD TARGET\n", fields as "Name: value\n", an empty line, the
// body. Every input is answered, never by 500, and every refusal is a well-formed problem document.
#include <spdlog/sinks/null_sink.h>

#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "http/problem.h"
#include "http/service.h"
#include "http/shop_routes.h"
#include "http/wire.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"

namespace {

using namespace modiste;
using namespace modiste::http;

// A real shop in memory, without an encoder.
struct MemoryShop {
  MemoryShop() { CHECK(shop.load().ok()); }

  SystemClock clock;
  MemoryEventLog log;
  MemoryStore store;
  Shop shop{{.clock = clock, .log = log, .garments = store, .subjects = store, .letters = &store},
            Vocabulary::standard()};
};

std::string_view cut(std::string_view& text, char at) {
  const size_t end = text.find(at);
  const auto out = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return out;
}

void set_field(RequestHead& head, std::string_view line) {
  const auto name = cut(line, ':');
  if (line.starts_with(' ')) line.remove_prefix(1);
  const std::pair<std::string_view, std::string_view*> fields[] = {
      {"Host", &head.host},
      {"Origin", &head.origin},
      {"Content-Type", &head.content_type},
      {"Content-Encoding", &head.content_encoding},
      {"Authorization", &head.authorization},
      {"X-Device-Token", &head.device_token},
      {"Accept", &head.accept},
      {"Accept-Encoding", &head.accept_encoding},
      {"If-None-Match", &head.if_none_match}};
  for (const auto& [known, field] : fields)
    if (name == known) *field = line;
}

Service& service() {
  static MemoryShop memory;
  static const auto kService = [] {
    ServiceOptions options;
    options.log = std::make_shared<spdlog::logger>("fuzz", std::make_shared<spdlog::sinks::null_sink_mt>());
    return std::move(*Service::make(shop_router(&memory.shop), std::move(options)));
  }();
  return *kService;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  RequestHead head;
  auto first = cut(text, '\n');
  head.method = cut(first, ' ');
  head.target = first;
  while (!text.empty()) {
    const auto line = cut(text, '\n');
    if (line.empty()) break;
    set_field(head, line);
  }
  auto verdict = service().admit(head);
  const auto answer =
      verdict.answer ? std::move(*verdict.answer) : service().handle(verdict.call, text, {"id", "id"});
  CHECK(answer.status >= 200 && answer.status < 600 && answer.status != 500);
  CHECK(head_text(answer, {"id", true}).ends_with("\r\n\r\n"));
  if (answer.content_type.starts_with("application/json")) CHECK(parse_json(answer.bytes()).ok());
  if (answer.status >= 400) CHECK(from_json_text<Problem>(answer.bytes()).ok());
  return 0;
}
