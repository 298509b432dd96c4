// The objects of a JSON document, cut out of its stream one by one: those of its list, which is the document
// or its "products", or else each whole document (one a line, or one alone).
//
// A text ends with its line, as JSON has it: a missing quote costs its object and no neighbour. Each object
// is bounded by kLineBytesMax; brackets deeper than 64 are counted and hold no objects. Threads: one owner.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "feeds/feed.h"
#include "feeds/feed_run.h"
#include "feeds/utf8_input.h"

namespace modiste {

struct JsonObjectText {
  size_t line = 0;
  std::string text;  // empty when it was too long
};

// Whether a document that begins so holds its objects in a list: [{, or {"products": [{ by one of the names
// that answers and exports give it.
[[nodiscard]] bool begins_with_list(std::string_view head);

class JsonObjects {
 public:
  explicit JsonObjects(Utf8Input& input) : input_(input) {}

  // False at the end; torn_at() is the line of the object or list that was open there. Errors: the input's.
  Result<bool> next(JsonObjectText& object);
  [[nodiscard]] std::optional<size_t> torn_at() const {
    if (open_.empty() && !in_text_) return std::nullopt;
    return depth_of_object_ != 0 ? line_of_object_ : line_;
  }

 private:
  // Takes one character; true when it ends an object.
  bool take(char c, JsonObjectText& object);
  void take_bracket(char c);
  // Whether a text without its quote has swallowed the end of the object, before a character that can only
  // come after it.
  bool is_lost_before(char c);
  void end_object(JsonObjectText& object);
  [[nodiscard]] bool begins_object() const;

  Utf8Input& input_;
  std::optional<bool> list_;  // the documents hold their objects in a list: recognised by their first bytes
  std::string buffer_, object_;
  std::string open_;  // the brackets that are open, and deeper ones
  size_t deeper_ = 0;
  size_t pos_ = 0, line_ = 1, line_of_object_ = 0, depth_of_object_ = 0;
  bool in_text_ = false, escaped_ = false, too_long_ = false;
  bool after_broken_text_ = false;  // and white space
};

// The objects of the run's text, each with the line where it begins; what cannot be read is refused. Errors:
// the input's and the sink's.
Result<Done> for_each_product(FeedRun& run,
                              const std::function<Result<Done>(const json::object&, size_t line)>& read);

// Values of JSON as the cells of a table have them: text and numbers; empty for all else.
[[nodiscard]] std::string cell_of(const json::value* value);

}  // namespace modiste
