// links: modiste_http
// A request as a connection passes it on: "METHOD TARGET\n", fields as "Name: value\n", an empty line, the
// body. Every input is answered, never by 500, and every refusal is a well-formed problem document.
#include <spdlog/sinks/null_sink.h>

#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "http/closed_shop.h"
#include "http/problem.h"
#include "http/service.h"
#include "http/shop_routes.h"
#include "http/wire.h"

namespace {

using namespace modiste;
using namespace modiste::http;

// Reads everything that can be read.
class OpenShop : public ClosedShop {
 public:
  Result<Upserted> upsert(Garment garment) override { return Upserted{{std::move(garment.id), 1}, true}; }
  Result<std::vector<Result<Upserted>>> upsert_batch(std::vector<Garment> garments) override {
    std::vector<Result<Upserted>> out;
    for (auto& garment : garments) out.push_back(upsert(std::move(garment)));
    return out;
  }
  Result<EventsReport> append_events(std::string_view body) override {
    TRY(parse_json(body));
    return EventsReport{};
  }
  Result<Garment> product(std::string_view id) override {
    Garment out;
    out.id = std::string(id);
    return out;
  }
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
      {"Accept", &head.accept},
      {"Accept-Encoding", &head.accept_encoding},
      {"If-None-Match", &head.if_none_match}};
  for (const auto& [known, field] : fields)
    if (name == known) *field = line;
}

Service& service() {
  static OpenShop shop;
  static const auto kService = [] {
    ServiceOptions options;
    options.log = std::make_shared<spdlog::logger>("fuzz", std::make_shared<spdlog::sinks::null_sink_mt>());
    return std::move(*Service::make(shop_router(shop), std::move(options)));
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
      verdict.answer ? std::move(*verdict.answer) : service().handle(verdict.call, text, "id");
  CHECK(answer.status >= 200 && answer.status < 600 && answer.status != 500);
  CHECK(head_text(answer, {"id", true}).ends_with("\r\n\r\n"));
  if (answer.content_type.starts_with("application/json")) CHECK(parse_json(answer.bytes()).ok());
  if (answer.status >= 400) CHECK(from_json_text<Problem>(answer.bytes()).ok());
  return 0;
}
