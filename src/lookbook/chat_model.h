// Port: a language model that answers with JSON. Implemented in providers/.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"

namespace modiste {

struct ChatPrompt {
  std::string instructions;  // ours
  std::string data;          // what they are about: to be read as data, whatever it says
  json::value schema;        // JSON Schema of the answer
};

struct ChatReply {
  std::string text;
  uint64_t tokens = 0;  // of question and answer
};

// Threads: one call at a time.
class ChatModel {
 public:
  virtual ~ChatModel() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  // kUnavailable: not reached, too slow, overloaded, or its budget is spent. kCorrupt: not an answer of this
  // API. The text may be anything.
  virtual Result<ChatReply> complete(const ChatPrompt& prompt) = 0;
  // A new night: the budget counts from here.
  virtual void begin_night() = 0;
};

}  // namespace modiste
