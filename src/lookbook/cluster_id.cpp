#include "lookbook/cluster_id.h"

#include <fmt/format.h>

namespace modiste::lookbook {
namespace {

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || byte >= 0x80;
}

// "Dark floral dresses" -> "DarkFloralDresses".
std::string one_word(std::string_view text) {
  std::string word;
  bool begins = true;
  for (const char c : text) {
    if (!is_word(c)) {
      begins = true;
      continue;
    }
    word += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  return word;
}

}  // namespace

std::string cluster_id(std::chrono::year_month_day day, const ClusterKey& key) {
  return fmt::format("{:04}{:02}{:02}_{}{}_{}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     one_word(key.department), one_word(key.style), one_word(name_of(key.weather)));
}

std::string to_text(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

}  // namespace modiste::lookbook
