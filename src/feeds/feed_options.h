// The options of one variant, as a shop names them: which are its size and its colour, and which others it
// has.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/garment.h"
#include "feeds/feed_run.h"
#include "feeds/feed_words.h"

namespace modiste {

// Whether a text names a colour and nothing else: "Dark Olive", "Black/White"; not "Black Dots".
[[nodiscard]] bool is_all_colour(std::string_view text);

class VariantOptions {
 public:
  VariantOptions(FeedRun& run, size_t line) : run_(run), line_(line) {}

  // An option without a value is passed over. A name that nobody understands is named in the report and kept
  // among the others. One option may say several: "Size / Colour" with "M / Red", "Style" with "Red - M",
  // "Variant" with "Size: M, Colour: Red".
  void add(std::string_view name, std::string_view value);

  // Band and cup, or waist and length, make one size: "75B", "32/34"; without them a child's age or height.
  // With the system that the option's name says: "UK Size" "12" is "UK 12".
  [[nodiscard]] std::string size() const;
  [[nodiscard]] const std::string& colour() const { return colour_; }
  // By name in lower case; with the length where it does not belong to the size ("midi").
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> others() const;
  // The others become attributes of the variant: "Material: Wool" of one is not another's.
  void put_others_into(Variant& variant) const;
  // "/M/Red": tells the variants of a product apart where they have no sku.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  void read(std::string_view name, std::string_view value);
  void read_again();
  // True when the value was several, and each has been added.
  bool add_named(std::string_view name, std::string_view value);
  bool add_labelled(std::string_view value);
  bool add_size_and_rest(std::string_view name, std::string_view value);
  void add_one(std::string_view name, std::string_view value);
  void add_size(std::string_view name, std::string_view value);
  [[nodiscard]] bool is_loose() const;  // only options that may be sizes are
  [[nodiscard]] bool sized_by_length() const;

  FeedRun& run_;
  size_t line_;
  std::string size_, age_, height_, length_, cup_, colour_, path_;
  std::vector<std::pair<std::string, std::string>> given_, loose_, others_;
  bool is_size_named_ = false;     // by an option of its own: what others say is not a second one
  bool is_size_borrowed_ = false;  // from an option of another name
  bool is_quiet_ = false;          // what is read again was noted before
};

}  // namespace modiste
