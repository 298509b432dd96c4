// A feed's bytes as UTF-8, whatever the merchant's spreadsheet wrote.
//
// Decided by the first kHeadBytes: a byte order mark, an XML declaration, valid UTF-8, else the encoding
// under which the letters are likeliest (letter_model.h). Text that later turns out not to be UTF-8 is passed
// through and refused record by record (see Line::problem). Threads: one owner.
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

 private:
  struct Decoder;
  Result<Done> start();
  Result<size_t> fill(size_t bytes_wanted);
  std::string_view decode(bool at_end);

  FeedInput& input_;
  FeedProgress progress_;
  std::string encoding_, rival_;
  std::unique_ptr<Decoder> decoder_;  // none for UTF-8
  std::string raw_, decoded_;
  size_t skip_ = 0;  // a byte order mark's length
  size_t bytes_read_ = 0;
  bool started_ = false, ended_ = false, guessed_ = false;
};

}  // namespace modiste
