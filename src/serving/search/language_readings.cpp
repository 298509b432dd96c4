#include "serving/search/language_readings.h"

#include "base/contains.h"
#include "serving/search/language_signal.h"

namespace modiste {

std::optional<std::vector<TermId>> LanguageReadings::find(const std::string& text) {
  if (!listens_) return std::nullopt;
  const MutexLock lock(mutex_);
  if (const auto found = read_.find(text); found != read_.end()) return found->second;
  if (!may_be_sent(text) || contains(wanted_, text)) return std::nullopt;
  if (wanted_.size() >= kWanted) wanted_.pop_front();
  wanted_.push_back(text);
  return std::nullopt;
}

Result<size_t> LanguageReadings::read_wanted(ChatModel& model, const std::stop_token& stop) {
  for (size_t read = 0;; ++read) {
    std::string text;
    {
      const MutexLock lock(mutex_);
      if (wanted_.empty() || stop.stop_requested()) return read;
      text = wanted_.front();
    }
    const auto reply = model.complete(language_prompt(text, vocabulary_));
    if (!reply.ok() && reply.error().code != Code::kCorrupt) {
      const MutexLock lock(mutex_);
      if (reply.error().code != Code::kUnavailable) std::erase(wanted_, text);
      return reply.error();
    }
    auto terms =
        reply.ok() ? read_language(reply->text, vocabulary_) : Result<std::vector<TermId>>(reply.error());
    keep(text, terms.ok() ? std::move(*terms) : std::vector<TermId>());
  }
}

void LanguageReadings::keep(const std::string& text, std::vector<TermId> terms) {
  const MutexLock lock(mutex_);
  std::erase(wanted_, text);
  if (!read_.insert_or_assign(text, std::move(terms)).second) return;
  order_.push_back(text);
  if (order_.size() <= kKept) return;
  read_.erase(order_.front());
  order_.pop_front();
}

}  // namespace modiste
