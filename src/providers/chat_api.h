// A language model behind an OpenAI-compatible chat API: POST BASE/chat/completions with a JSON Schema as
// response_format (https://platform.openai.com/docs/api-reference/chat, read in 2026). Many servers speak it,
// also ones that run on the shop's own machine.
//
// A call is tried again when the server is not reached, too slow, or answers 408, 429 or 5xx: after a pause
// drawn evenly from 0 to pause * 2^tries (full jitter), so that many shops do not return together. A night's
// calls and tokens are bounded; tries count as calls. The key is sent in a header and never logged.
// Threads: one call at a time; a call blocks at most tries * (timeout + pause).
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/rng.h"
#include "io/http_client.h"
#include "lookbook/chat_model.h"

namespace modiste {

struct ChatApiOptions {
  std::string url;    // base, such as https://api.openai.com/v1
  std::string model;  // as the server names it
  std::string key;    // empty: none is sent
  HttpLimits limits{
      .timeout = std::chrono::seconds(60), .body_bytes_max = size_t{1} << 20, .redirects_max = 0};
  int tries = 3;
  std::chrono::milliseconds pause{500};
  size_t answer_tokens_max = 4'000;  // twenty looks of five codes take about 1,500
  size_t calls_max = 600;            // a night
  size_t tokens_max = 2'000'000;     // a night, of questions and answers
};

// The key that an environment variable holds; empty where it is not set.
[[nodiscard]] std::string chat_key_in(const std::string& variable);

struct ChatSpent {
  size_t calls = 0, retries = 0;
  uint64_t tokens = 0;
};

class ChatApi final : public ChatModel {
 public:
  using Pause = std::function<void(std::chrono::milliseconds)>;
  // pause: how to wait; the thread sleeps when it is not given.
  explicit ChatApi(ChatApiOptions options, Pause pause = {}, uint64_t seed = 1);

  [[nodiscard]] std::string name() const override { return options_.model; }
  Result<ChatReply> complete(const ChatPrompt& prompt) override;
  void begin_night() override { spent_ = {}; }
  [[nodiscard]] const ChatSpent& spent() const { return spent_; }

 private:
  Result<ChatReply> try_once(const std::string& body);
  [[nodiscard]] Result<Done> check_budget(const std::string& body) const;

  const ChatApiOptions options_;
  const Pause pause_;
  Rng rng_;
  ChatSpent spent_;
};

}  // namespace modiste
