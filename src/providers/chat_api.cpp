#include "providers/chat_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace modiste {
namespace {

// Of text, at least; more for other scripts. Used where the server does not say what it counted.
constexpr size_t kBytesPerToken = 3;

uint64_t estimated_tokens(size_t bytes) { return bytes / kBytesPerToken + 1; }

bool may_pass(unsigned status) { return status == 408 || status == 429 || status >= 500; }

Error not_chat(std::string what) {
  return {Code::kCorrupt, "the chat server's answer cannot be read: " + std::move(what), "",
          "an answer of POST /chat/completions"};
}

const json::value* member(const json::value& value, std::string_view name) {
  return value.is_object() ? value.get_object().if_contains(name) : nullptr;
}

Result<ChatReply> read_completion(const std::string& body) {
  const auto parsed = parse_json(body);
  if (!parsed.ok()) return not_chat(parsed.error().what);
  const json::value* choices = member(*parsed, "choices");
  if (choices == nullptr || !choices->is_array() || choices->get_array().empty())
    return not_chat("it has no choices");
  const json::value& choice = choices->get_array().front();
  if (const auto* reason = member(choice, "finish_reason"); reason != nullptr && *reason == "length")
    return not_chat("it was cut off at the limit of tokens");
  const json::value* message = member(choice, "message");
  const json::value* content = message == nullptr ? nullptr : member(*message, "content");
  if (content == nullptr || !content->is_string()) return not_chat("its message has no content");
  ChatReply reply;
  reply.text = std::string(content->get_string());
  if (const auto* usage = member(*parsed, "usage"); usage != nullptr)
    if (const auto* total = member(*usage, "total_tokens"); total != nullptr && total->is_int64())
      reply.tokens = static_cast<uint64_t>(std::max<int64_t>(0, total->get_int64()));
  return reply;
}

std::string request_body(const ChatApiOptions& options, const ChatPrompt& prompt) {
  const json::value schema = {{"name", "looks"}, {"strict", true}, {"schema", prompt.schema}};
  return serialize_json(
      {{"model", options.model},
       {"stream", false},
       {"max_tokens", options.answer_tokens_max},
       {"messages", json::array{json::object{{"role", "system"}, {"content", prompt.instructions}},
                                json::object{{"role", "user"}, {"content", prompt.data}}}},
       {"response_format", json::object{{"type", "json_schema"}, {"json_schema", schema}}}});
}

}  // namespace

std::string chat_key_in(const std::string& variable) {
  const char* key = std::getenv(variable.c_str());
  return key == nullptr ? "" : key;
}

ChatApi::ChatApi(ChatApiOptions options, Pause pause, uint64_t seed)
    : options_(std::move(options)),
      pause_(pause ? std::move(pause)
                   : [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }),
      rng_(seed) {}

Result<Done> ChatApi::check_budget(const std::string& body) const {
  const auto spent = [](std::string_view of, uint64_t most) -> Result<Done> {
    return Error{Code::kUnavailable, fmt::format("the night's budget of {} {} is spent", most, of), "",
                 "a larger one in [lookbook]"};
  };
  if (spent_.calls >= options_.calls_max) return spent("calls", options_.calls_max);
  if (spent_.tokens + estimated_tokens(body.size()) + options_.answer_tokens_max > options_.tokens_max)
    return spent("tokens", options_.tokens_max);
  return kOk;
}

Result<ChatReply> ChatApi::try_once(const std::string& body) {
  HttpRequest request;
  request.method = "POST";
  request.url = options_.url + "/chat/completions";
  request.headers = {{"Content-Type", "application/json"}};
  if (!options_.key.empty()) request.headers.emplace_back("Authorization", "Bearer " + options_.key);
  request.body = body;
  ++spent_.calls;
  TRY_ASSIGN(const HttpAnswer answer, send_http(request, options_.limits));
  if (answer.status != 200) {
    const Code code = may_pass(answer.status) ? Code::kUnavailable : Code::kInvalid;
    return Error{code, fmt::format("the chat server answers {}", answer.status), options_.url, "200"};
  }
  auto reply = read_completion(answer.body);
  const uint64_t estimate = estimated_tokens(body.size()) + estimated_tokens(answer.body.size());
  if (reply.ok() && reply->tokens == 0) reply->tokens = estimate;
  spent_.tokens += reply.ok() ? reply->tokens : estimate;
  return reply;
}

Result<ChatReply> ChatApi::complete(const ChatPrompt& prompt) {
  const std::string body = request_body(options_, prompt);
  for (int tried = 0;; ++tried) {
    TRY(check_budget(body));
    auto reply = try_once(body);
    const bool again = !reply.ok() && reply.error().code == Code::kUnavailable;
    if (!again || tried + 1 >= options_.tries) return reply;
    const auto most = static_cast<double>(options_.pause.count()) * static_cast<double>(1 << tried);
    pause_(std::chrono::milliseconds(static_cast<int64_t>(rng_.uniform(0, most))));
    ++spent_.retries;
  }
}

}  // namespace modiste
