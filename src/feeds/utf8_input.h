// A feed's bytes as UTF-8, whatever the merchant's spreadsheet wrote.
//
// Decided by the first kHeadBytes, or by the first later piece that has letters beyond ASCII: a byte order
// mark, UTF-8 where the letters are (a few may be broken), an XML declaration that the bytes do not
// contradict, else the encoding under which the letters are likeliest (letter_model.h). What is not a letter
// in the file's encoding becomes U+FFFD. The text is always UTF-8. Threads: one owner.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"
#include "feeds/feed.h"

namespace modiste {

class Utf8Input {
 public:
  static constexpr size_t kHeadBytes = 64 << 10;

  explicit Utf8Input(FeedInput& input, FeedProgress progress = {});
  ~Utf8Input();

  // The next piece of text; empty at the end. Valid until the next call. Errors: the input's own; kInvalid
  // for what is not text at all.
  Result<std::string_view> read();
  // Known after the first read: "UTF-8", "UTF-16LE", "windows-1252", ...
  [[nodiscard]] const std::string& encoding() const { return encoding_; }
  // Whether the encoding was recognised by the letters alone.
  [[nodiscard]] bool guessed() const { return guessed_; }
  // Another encoding that the letters do not rule out; empty when they do.
  [[nodiscard]] const std::string& rival() const { return rival_; }
  // How many broken letters of a UTF-8 file became U+FFFD so far, and the line of the first.
  [[nodiscard]] size_t broken_letters() const { return broken_letters_; }
  [[nodiscard]] size_t first_broken_line() const { return first_broken_line_; }

 private:
  struct Decoder;
  Result<Done> start();
  Result<Done> use(std::string encoding);
  Result<Done> decide_by_letters();
  Result<Done> fill(size_t bytes_wanted);
  Result<std::string_view> plain();
  std::string_view mended();
  std::string_view decode(bool at_end);

  FeedInput& input_;
  FeedProgress progress_;
  std::string encoding_, rival_;
  std::unique_ptr<Decoder> decoder_;  // none for UTF-8
  std::string raw_, decoded_;
  std::string cut_;  // the begin of a UTF-8 letter that the last piece cut in two
  size_t skip_ = 0;  // a byte order mark's length
  size_t bytes_read_ = 0, lines_ = 1, broken_letters_ = 0, first_broken_line_ = 0;
  bool started_ = false, ended_ = false, guessed_ = false;
  bool decided_ = false;  // a mark or a letter beyond ASCII has shown the encoding
};

}  // namespace modiste
