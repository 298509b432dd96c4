// How likely a text is as words of the languages that the vocabulary knows: which letter follows which, as in
// the vocabulary's own words. Tells in which encoding bytes are text.
//
// The probability of a text is the product over its letters of P(letter | letter before), which backs off to
// P(letter), and that to the kind of character (Witten and Bell's smoothing). Since every encoding maps the
// same bytes to letters, the encoding under which the letters are likeliest is the likeliest encoding
// (Bayes).
//
// Built once, in about 30 ms. Immutable: any thread may read.
#pragma once

#include <cstdint>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

namespace modiste {

class LetterModel {
 public:
  // Of the words of languages().
  static const LetterModel& standard();

  // The natural logarithm of the probability of the text, up to a constant that every decoding of the same
  // bytes shares.
  [[nodiscard]] double log_likelihood(std::u16string_view text) const;

 private:
  LetterModel();
  void count(std::u16string_view text);
  [[nodiscard]] double probability(char16_t before, char16_t letter) const;

  struct After {
    uint32_t count = 0, kinds = 0;  // letters after this one, and different ones
  };
  boost::unordered_flat_map<uint32_t, uint32_t> pairs_;
  boost::unordered_flat_map<char16_t, uint32_t> letters_;
  boost::unordered_flat_map<char16_t, After> after_;
  uint32_t total_ = 0;
};

}  // namespace modiste
