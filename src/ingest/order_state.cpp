#include "ingest/order_state.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/contains.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

// How words of cancelling begin in 20 languages, as words_of() folds them.
constexpr std::array<std::string_view, 18> kCancelled{
    "cancel", "storn", "annul", "anul",  "geannul", "afbest", "avbest", "avbrut",     "avlys",
    "peruut", "zrus",  "torol", "iptal", "отмен",   "скасов", "取消",   "キャンセル", "취소"};
constexpr std::array<std::string_view, 9> kFailed{"failed", "failure", "voided", "declined", "abandoned",
                                                  "fraud",  "unpaid",  "draft",  "expired"};
// A state or a reason is short; a sentence may tell of what somebody wished.
constexpr size_t kWordsMax = 6;

bool begins_with_one(std::string_view word) {
  return std::any_of(kCancelled.begin(), kCancelled.end(),
                     [&](std::string_view begin) { return word.starts_with(begin); });
}

bool may_say(const std::vector<std::string>& words) {
  const auto denies = [](const std::string& word) {
    return word == "not" || word == "nicht" || word == "no";
  };
  return words.size() <= kWordsMax && std::none_of(words.begin(), words.end(), denies);
}

}  // namespace

bool says_cancelled(std::string_view written) {
  const auto words = words_of(written);
  return may_say(words) && std::any_of(words.begin(), words.end(), begins_with_one);
}

bool says_failed(std::string_view written) {
  const auto words = words_of(written);
  return may_say(words) && std::any_of(words.begin(), words.end(), [](const std::string& word) {
           return begins_with_one(word) || contains(kFailed, std::string_view(word));
         });
}

}  // namespace modiste
