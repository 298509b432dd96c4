#include "vocabulary/size_context.h"

#include <algorithm>
#include <array>
#include <utility>

#include "vocabulary/size_marks.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

struct SystemWord {
  std::string_view word, mark;
};
// As words_of() leaves them.
constexpr std::array kSystemWords{
    SystemWord{"european", "EU"},     SystemWord{"europe", "EU"},    SystemWord{"euro", "EU"},
    SystemWord{"europeenne", "EU"},   SystemWord{"europea", "EU"},   SystemWord{"europaische", "EU"},
    SystemWord{"british", "UK"},      SystemWord{"britische", "UK"}, SystemWord{"anglaise", "UK"},
    SystemWord{"inglese", "UK"},      SystemWord{"inglesa", "UK"},   SystemWord{"american", "US"},
    SystemWord{"americaine", "US"},   SystemWord{"americana", "US"}, SystemWord{"amerikanische", "US"},
    SystemWord{"italian", "IT"},      SystemWord{"italienne", "IT"}, SystemWord{"italiana", "IT"},
    SystemWord{"italienische", "IT"}, SystemWord{"french", "FR"},    SystemWord{"francaise", "FR"},
    SystemWord{"francese", "FR"},     SystemWord{"francesa", "FR"},  SystemWord{"franzosische", "FR"},
    SystemWord{"german", "DE"},       SystemWord{"deutsche", "DE"},  SystemWord{"tedesca", "DE"},
    SystemWord{"spanish", "ES"},      SystemWord{"espanola", "ES"},  SystemWord{"australian", "AU"},
    SystemWord{"aus", "AU"},          SystemWord{"nz", "AU"},        SystemWord{"japanese", "JP"},
    SystemWord{"japan", "JP"},        SystemWord{"brazilian", "BR"}, SystemWord{"brasileira", "BR"},
    SystemWord{"korean", "KR"}};
// Marks that are also words of a language: only at an end of the name ("Talla de zapato", "Tailles au
// choix").
constexpr std::array<std::string_view, 4> kAlsoWords{"DE", "ES", "IT", "AU"};

// The mark that a word of a name is; empty: none.
std::string_view mark_of(const std::string& word, bool at_an_end) {
  for (const auto& [known, mark] : kSystemWords)
    if (word == known) return mark;
  std::string letters;  // "USサイズ": another script follows without a space
  while (letters.size() < word.size() && static_cast<unsigned char>(word[letters.size()]) < 0x80)
    letters += static_cast<char>(word[letters.size()] >= 'a' && word[letters.size()] <= 'z'
                                     ? word[letters.size()] - 'a' + 'A'
                                     : word[letters.size()]);
  const SizeMark* known = find_size_mark(letters);
  if (known == nullptr || known->clothes == SizeSystem::kAlpha) return {};
  const bool is_word = std::find(kAlsoWords.begin(), kAlsoWords.end(), letters) != kAlsoWords.end();
  return is_word && !at_an_end ? std::string_view() : known->text;
}

}  // namespace

SizeHome size_home_of(std::string_view currency) {
  static constexpr std::array<std::pair<std::string_view, SizeHome>, 10> kHomes{
      {{"GBP", SizeHome::kBritish},
       {"ZAR", SizeHome::kBritish},
       {"AUD", SizeHome::kAustralian},
       {"NZD", SizeHome::kAustralian},
       {"USD", SizeHome::kAmerican},
       {"CAD", SizeHome::kAmerican},
       {"INR", SizeHome::kIndian},
       {"JPY", SizeHome::kJapanese},
       {"KRW", SizeHome::kKorean},
       {"BRL", SizeHome::kBrazilian}}};
  for (const auto& [known, home] : kHomes)
    if (currency == known) return home;
  return SizeHome::kElsewhere;
}

std::string_view system_in_name(std::string_view name) {
  const auto words = words_of(name);
  std::string_view found;
  for (size_t i = 0; i < words.size(); ++i) {
    const auto mark = mark_of(words[i], i == 0 || i + 1 == words.size());
    if (mark.empty() || mark == found) continue;
    if (!found.empty()) return {};
    found = mark;
  }
  return found;
}

}  // namespace modiste
