// The words that merchants' files use for options, availability, visibility, prices and columns, in the
// languages of the world's shops. They are data: feed_words.toml.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace modiste {

// What an option of a product tells variants apart by. Band and cup make one size ("75" and "B"), and so do
// waist and length. An age or a body's height is the size of children's clothes that have no other.
enum class OptionAxis { kSize, kColour, kLength, kCup, kAge, kHeight, kOther };

enum class Availability { kInStock, kOrderable, kSoldOut };

enum class WordList {
  kHidden,
  kShown,
  kPriceNoise,
  kPriceNet,
  kPriceFrom,
  kYes,
  kNo,
  kAttribute,
  kGiftCard,
  kBrand,
  kMaker,
  kGirth,
  kBesideSize
};
inline constexpr size_t kWordListCount = 13;

// Immutable after construction. Threads: any.
class FeedWords {
 public:
  static const FeedWords& standard();

  // "GRÖSSE", "Shoe size", "サイズ", "Farbe (außen)". A name that holds words of two axes has the first.
  // "Size guide" and "Model size" are about sizes and name none.
  [[nodiscard]] OptionAxis axis_of(std::string_view option_name) const;
  // Whether the name says the axis and nothing else: "Size", "UK Größe"; not "Stone size".
  [[nodiscard]] bool names_nothing_else(std::string_view option_name) const;

  // "in_stock", "https://schema.org/InStock", "Auf Lager", "available for order", "Y"; before a mark ("In
  // stock - ships today") or behind a number ("5 in stock") too. Nothing when the words are not known.
  [[nodiscard]] std::optional<Availability> availability_of(std::string_view text) const;

  // Whether the list has this word; case, accents and punctuation do not count.
  [[nodiscard]] bool says(WordList list, std::string_view word) const;

  // By platform ("woocommerce"): a column's name as column_letters makes it -> the reader's name for it. A
  // number in the name is written #: "attribut#name".
  [[nodiscard]] const std::unordered_map<std::string, std::string>& columns(std::string_view platform) const;

 private:
  FeedWords();
  struct AxisWord {
    std::string plain, written;  // folded; with its accents
    OptionAxis axis;
    bool part;   // may be part of a longer word: "Schuhgröße"
    bool alone;  // the whole name or nothing: "Numero", not "Numero di tasche"
    bool is_short;

    [[nodiscard]] bool is(std::string_view word_plain, std::string_view word_written) const;
    [[nodiscard]] bool is_in(const std::string& word_plain, const std::string& word_written) const;
  };
  struct NamedAxis {
    OptionAxis axis = OptionAxis::kOther;
    bool is_whole = false;
  };
  [[nodiscard]] std::optional<Availability> availability_before_number(std::string_view text) const;
  [[nodiscard]] std::optional<Availability> availability_of_phrase(std::string_view text) const;
  void add_axis_word(OptionAxis axis, std::string_view word);
  [[nodiscard]] NamedAxis known_axis(std::string_view option_name) const;
  [[nodiscard]] NamedAxis find_axis(std::string_view option_name) const;
  [[nodiscard]] bool is_about_size(std::string_view option_name) const;

  std::vector<AxisWord> axes_;  // longest first
  std::unordered_map<std::string, Availability> availability_;
  std::unordered_set<std::string> lists_[kWordListCount];
  std::map<std::string, std::unordered_map<std::string, std::string>, std::less<>> columns_;
};

// NFKC and lower case: full-width forms, ligatures, every kind of space and the digits of every script become
// plain.
[[nodiscard]] std::string fold_case(std::string_view text);
// fold_case without accents and with letters and digits only, and separate words joined: "Größe (EU)" ->
// "grosseeu".
[[nodiscard]] std::string fold_letters(std::string_view text);

// The text of feed_words.toml, compiled in.
[[nodiscard]] std::string_view feed_words_toml();

}  // namespace modiste
