#include "feeds/feed_options.h"

#include <fmt/format.h>

#include "base/text.h"

namespace modiste {

void VariantOptions::add(std::string_view name, std::string_view value) {
  name = trim(name), value = trim(value);
  if (value.empty()) return;
  const auto names = split_list(name, "/"), values = split_list(value, "/");
  if (names.size() == 2 && values.size() == 2) {
    const FeedWords& words = FeedWords::standard();
    const OptionAxis first = words.axis_of(names[0]), second = words.axis_of(names[1]);
    if (first != second && first != OptionAxis::kOther && second != OptionAxis::kOther) {
      add(names[0], values[0]);
      add(names[1], values[1]);
      return;
    }
  }
  path_ += "/" + std::string(value);
  switch (FeedWords::standard().axis_of(name)) {
    case OptionAxis::kSize:
      size_ += (size_.empty() ? "" : "/") + std::string(value);
      break;
    case OptionAxis::kColour:
      colour_ += (colour_.empty() ? "" : "/") + std::string(value);
      break;
    case OptionAxis::kLength:
      length_ = value;
      break;
    case OptionAxis::kCup:
      cup_ = value;
      break;
    case OptionAxis::kOther:
      others_.emplace_back(fold_case(name), value);
      if (FeedWords::standard().says(WordList::kAttribute, name)) return;
      run_.note(line_,
                fmt::format("the option '{}' is not understood: kept as an attribute", name.substr(0, 60)));
  }
}

std::string VariantOptions::size() const { return size_ + cup_ + (sized_by_length() ? "/" + length_ : ""); }

std::vector<std::pair<std::string, std::string>> VariantOptions::others() const {
  auto all = others_;
  if (!length_.empty() && !sized_by_length()) all.emplace_back("length", length_);
  return all;
}

void VariantOptions::put_others_into(Variant& variant) const {
  for (const auto& [name, value] : others()) variant.supplier_attributes[name].push_back(value);
}

bool VariantOptions::sized_by_length() const {
  const auto is_number = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return is_number(length_) && is_number(size_);
}

}  // namespace modiste
