// Port: refused events, kept so that they can be inspected, corrected and replayed. Implemented in storage/.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"

namespace modiste {

enum class DeadReason : uint8_t {
  kUnparseable,
  kUntranslatable,
  kInvalid,
  kLate,
  kFuture,
  kUnknownGarment,  // waits for the garment
  kUnknownOrder     // waits for the order
};

template <>
struct EnumNames<DeadReason> {
  static constexpr std::array<std::string_view, 7> kNames{
      "unparseable", "untranslatable", "invalid", "late", "future", "unknown_garment", "unknown_order"};
};

struct DeadLetter {
  int64_t id = 0;  // grows; never used again
  DeadReason reason{};
  std::string event_id;                 // as sent; empty when it could not be read
  std::string what, pointer, expected;  // pointer: into the body that it came in
  TimePoint received_at;                // the first time; a replay checks lateness against it
  int tries = 1;                        // how often it was refused
  json::value body;  // the event as sent, coordinates rounded; null when it was not JSON or too large
};

struct LetterQuery {
  int64_t after = 0;  // letters with a larger id
  int count = 50;
  std::optional<DeadReason> reason;
};

struct DeadLetterLimits {
  size_t entries_max = 100'000;                       // some 100 MB; the oldest go first
  std::chrono::days age_max = std::chrono::days(90);  // nobody corrects older ones
  size_t body_bytes_max = 64 << 10;                   // of one; larger ones are kept without it
};

struct LetterCount {
  int64_t held = 0;
  int64_t dropped = 0;  // by the limits, since the store was made
};

// What a store answers for an id that it does not hold.
inline Error no_letter(int64_t id) {
  return {Code::kNotFound, "no dead letter " + std::to_string(id), "", ""};
}

// Threads: any. Durable when they answer.
class DeadLetters {
 public:
  virtual ~DeadLetters() = default;
  // Gives ids in the order given and answers them, then drops what is over the limits; age is measured from
  // the newest letter put.
  virtual Result<std::vector<int64_t>> put_letters(std::span<const DeadLetter> letters,
                                                   const DeadLetterLimits& limits) = 0;
  // By id.
  virtual Result<std::vector<DeadLetter>> letters(const LetterQuery& query) const = 0;
  virtual Result<DeadLetter> letter(int64_t id) const = 0;            // kNotFound
  virtual Result<Done> replace_letter(const DeadLetter& letter) = 0;  // kNotFound
  virtual Result<Done> remove_letter(int64_t id) = 0;                 // kNotFound
  virtual Result<LetterCount> count_letters() const = 0;
  // Those that mention any of the identifiers, by letter_mentions(). No byte of them stays in the files.
  virtual Result<size_t> erase_letters(std::span<const std::string> identifiers) = 0;
};

// Whether a letter names an identifier: as a whole string or number, or, from six bytes on, anywhere.
[[nodiscard]] bool letter_mentions(std::string_view body_text, std::string_view identifier);

template <>
struct Contract<DeadLetter> {
  static constexpr std::string_view kName = "DeadLetter";
  static constexpr std::string_view kDoc = "An event that was refused, as it was sent.";
  static constexpr auto kFields = Fields{
      field("id", &DeadLetter::id, {.doc = "Of the letter", .required = true}),
      field("reason", &DeadLetter::reason, {.doc = "Kind of refusal", .required = true}),
      field("event_id", &DeadLetter::event_id,
            {.doc = "As sent; empty when it could not be read", .required = true}),
      field("what", &DeadLetter::what, {.doc = "What is wrong", .required = true}),
      field("pointer", &DeadLetter::pointer,
            {.doc = "JSON pointer to it, in the body that it came in", .required = true}),
      field("expected", &DeadLetter::expected, {.doc = "What would be right", .required = true}),
      field("received_at", &DeadLetter::received_at, {.doc = "When it was first received", .required = true}),
      field("tries", &DeadLetter::tries, {.doc = "How often it was refused", .required = true}),
      field("body", &DeadLetter::body,
            {.doc = "The event as sent, coordinates rounded; null when it was not JSON or too large"})};
};

}  // namespace modiste
