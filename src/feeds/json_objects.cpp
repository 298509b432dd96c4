#include "feeds/json_objects.h"

#include "base/text.h"

namespace modiste {

// In a list: {"products": [{ or [{; lists deeper than that are members of an object.
bool JsonObjects::begins_object() const {
  if (depth_of_object_ != 0) return false;
  return *list_ ? open_ == "[" || open_ == "{[" || open_ == "[{[" : open_.empty();
}

bool JsonObjects::take(char c, JsonObjectText& object) {
  if (c == '\n') ++line_;
  bool ends = false;
  if (in_text_) {
    in_text_ = escaped_ || c != '"';
    escaped_ = !escaped_ && c == '\\';
  } else if (c == '"') {
    in_text_ = true;
  } else if (c == '{' || c == '[') {
    if (c == '{' && begins_object()) {
      depth_of_object_ = open_.size() + 1;
      line_of_object_ = line_;
      object_.clear();
      too_long_ = false;
    }
    open_ += c;
  } else if ((c == '}' || c == ']') && !open_.empty()) {
    ends = open_.size() == depth_of_object_;
    open_.pop_back();
  }
  if (depth_of_object_ != 0 && !too_long_) object_ += c;
  if (object_.size() > kLineBytesMax) {
    too_long_ = true;
    object_ = std::string();
  }
  if (ends) {
    object = {line_of_object_, std::move(object_)};
    object_.clear();
    depth_of_object_ = 0;
  }
  return ends;
}

Result<bool> JsonObjects::next(JsonObjectText& object) {
  while (true) {
    while (pos_ < buffer_.size())
      if (take(buffer_[pos_++], object)) return true;
    TRY_ASSIGN(const std::string_view piece, input_.read());
    if (piece.empty()) return false;
    if (!list_)
      list_ = trim(piece).starts_with('[') || piece.find("\"products\"") != std::string_view::npos ||
              piece.find("\"resources\"") != std::string_view::npos;
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
    TRY(read(value->get_object(), object.line));
  }
  if (objects.torn()) {
    run.count_row();
    run.refuse_unread(object.line, "the file ends inside a product");
  }
  return kOk;
}

std::string cell_of(const json::value* value) {
  if (value == nullptr) return {};
  if (const auto* text = value->if_string()) return std::string(trim(*text));
  return value->is_number() ? serialize_json(*value) : std::string();
}

}  // namespace modiste
