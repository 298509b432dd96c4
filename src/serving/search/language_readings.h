// Searches that a language model has read, and those that it is still to read (language_signal.h).
//
// A request looks here and never waits: the first search for a text is answered by our own parser, and asks
// for the model's reading; later ones have it. The model is called by read_wanted() alone.
// Threads: any; read_wanted() by one at a time.
// Limits:  kKept readings and kWanted texts; the oldest make room. Kept in memory: lost at a restart.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/mutex.h"
#include "lookbook/chat_model.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

class LanguageReadings {
 public:
  static constexpr size_t kKept = 20'000, kWanted = 200;

  // Borrows the vocabulary. Asks for nothing until listen().
  explicit LanguageReadings(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // Somebody calls read_wanted() from now on.
  void listen() { listens_ = true; }

  // What the model read in this text; empty: it has not read it, or there is no model. Notes the text for it,
  // once, where it may be sent.
  [[nodiscard]] std::optional<std::vector<TermId>> find(const std::string& text);

  // Asks the model about all that was noted, one after the other, until it fails or a stop is requested: how
  // many it read. An answer that cannot be read, or is not of the schema, is kept as one without terms, so
  // that a text costs one call. Other errors are returned: after kUnavailable the text stays noted; where the
  // question was refused it does not, so that it holds up no other, and is asked about when it is searched
  // again.
  Result<size_t> read_wanted(ChatModel& model, const std::stop_token& stop);

 private:
  void keep(const std::string& text, std::vector<TermId> terms);

  const Vocabulary& vocabulary_;
  std::atomic<bool> listens_ = false;
  Mutex mutex_;
  std::unordered_map<std::string, std::vector<TermId>> read_ GUARDED_BY(mutex_);
  std::deque<std::string> order_ GUARDED_BY(mutex_);   // of read_, the oldest first
  std::deque<std::string> wanted_ GUARDED_BY(mutex_);  // the oldest first
};

}  // namespace modiste
