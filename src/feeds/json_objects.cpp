#include "feeds/json_objects.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "feeds/feed_text.h"

namespace modiste {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// "products" : [, and not the word in a text.
bool holds_list(std::string_view head, std::string_view key) {
  for (size_t at = head.find(key); at != std::string_view::npos; at = head.find(key, at + 1)) {
    std::string_view after = trim(head.substr(at + key.size()));
    if (!after.starts_with(':')) continue;
    after = trim(after.substr(1));
    if (after.starts_with('[')) return true;
  }
  return false;
}

// An answer about one product: {"product": {...}}.
const json::object& product_in(const json::object& answer) {
  const auto* product = answer.if_contains("product");
  const bool is_wrapped = product != nullptr && product->is_object() && !answer.contains("title");
  return is_wrapped ? product->get_object() : answer;
}

}  // namespace

bool begins_with_list(std::string_view head) {
  constexpr std::string_view kNames[] = {"\"products\"", "\"resources\"", "\"garments\"",
                                         "\"articles\"", "\"results\"",   "\"data\""};
  return trim(head).starts_with('[') ||
         std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view name) { return holds_list(head, name); });
}

// In a list: {"products": [{ or [{; lists deeper than that are members of an object.
bool JsonObjects::begins_object() const {
  if (depth_of_object_ != 0) return false;
  return *list_ ? open_ == "[" || open_ == "{[" || open_ == "[{[" : open_.empty();
}

void JsonObjects::end_object(JsonObjectText& object) {
  object = {line_of_object_, std::move(object_)};
  object_.clear();
  depth_of_object_ = 0;
}

bool JsonObjects::is_lost_before(char c) {
  if (!after_broken_text_ || is_space(c)) return false;
  after_broken_text_ = false;
  if (depth_of_object_ == 0 || (c != '{' && c != ']')) return false;
  open_.resize(depth_of_object_ - 1);
  deeper_ = 0;
  return true;
}

void JsonObjects::take_bracket(char c) {
  constexpr size_t kOpenMax = 64;  // more than any JSON that is read (base/json.h)
  if (c == '{' || c == '[') {
    if (c == '{' && begins_object()) {
      depth_of_object_ = open_.size() + 1;
      line_of_object_ = line_;
      object_.clear();
      too_long_ = false;
    }
    if (open_.size() < kOpenMax)
      open_ += c;
    else
      ++deeper_;
  } else if (deeper_ > 0) {
    --deeper_;
  } else if (!open_.empty()) {
    open_.pop_back();
  }
}

bool JsonObjects::take(char c, JsonObjectText& object) {
  if (c == '\n') {
    ++line_;
    after_broken_text_ = after_broken_text_ || in_text_;
    in_text_ = escaped_ = false;
  }
  if (in_text_) {
    in_text_ = escaped_ || c != '"';
    escaped_ = !escaped_ && c == '\\';
  } else if (c == '"') {
    in_text_ = true;
  } else if (c == '{' || c == '[' || c == '}' || c == ']') {
    take_bracket(c);
  }
  if (depth_of_object_ != 0 && !too_long_) object_ += c;
  if (object_.size() > kLineBytesMax) {
    too_long_ = true;
    object_ = std::string();
  }
  const bool ends = depth_of_object_ != 0 && open_.size() < depth_of_object_;
  if (ends) end_object(object);
  return ends;
}

Result<bool> JsonObjects::next(JsonObjectText& object) {
  while (true) {
    while (pos_ < buffer_.size()) {
      if (is_lost_before(buffer_[pos_])) {
        end_object(object);
        return true;
      }
      if (take(buffer_[pos_++], object)) return true;
    }
    TRY_ASSIGN(const std::string_view piece, input_.read());
    if (piece.empty()) return false;
    if (!list_) list_ = begins_with_list(piece);
    buffer_ = piece;
    pos_ = 0;
  }
}

Result<Done> for_each_product(FeedRun& run,
                              const std::function<Result<Done>(const json::object&, size_t line)>& read) {
  JsonObjects objects(run.text());
  JsonObjectText object;
  while (true) {
    TRY_ASSIGN(const bool more, objects.next(object));
    if (!more) break;
    run.count_row();
    if (object.text.empty()) {
      run.refuse_unread(object.line, "the product is longer than 4 MiB");
      continue;
    }
    const auto value = parse_json(object.text);
    if (!value.ok()) {
      run.refuse_unread(object.line, value.error().what);
      continue;
    }
    TRY(read(product_in(value->get_object()), object.line));
  }
  if (const auto line = objects.torn_at()) {
    run.count_row();
    run.refuse_unread(*line, "the file ends inside a product or before its end");
  }
  return kOk;
}

std::string cell_of(const json::value* value) {
  if (value == nullptr) return {};
  if (const auto* text = value->if_string()) return std::string(trim_blanks(*text));
  return value->is_number() ? serialize_json(*value) : std::string();
}

}  // namespace modiste
