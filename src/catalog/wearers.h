// Who wears a garment, where a source says it in several words: gender and age in cells of their own
// ("female" and "kids"), one step below another ("Kids > Girls"), letters ("F").
//
// Threads: pure functions, and one owner of a Wearers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste {

// The departments that one source named, and the one that they mean together.
class Wearers {
 public:
  explicit Wearers(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // Without the words that only say that no child wears it ("Erwachsene"): an age beside a gender makes
  // nothing unisex. words: as words_of() leaves them.
  [[nodiscard]] std::vector<std::string> without_adults(std::vector<std::string> words);
  void add(const Term& department);

  // Nothing but the age of adults counts as nobody.
  [[nodiscard]] bool empty() const { return named_.empty(); }
  // What they mean together: women and men are unisex, "female" and "kids" girls. A list of tags says no such
  // thing: a dress may be tagged for women and, of the matching one, for kids. Null: nobody.
  [[nodiscard]] const Term* together(bool is_list_of_tags) const;

 private:
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] const Term* childs() const;
  [[nodiscard]] const Term* term(std::string_view name) const {
    return vocabulary_.find(Facet::kDepartment, name);
  }

  const Vocabulary& vocabulary_;
  std::vector<const Term*> named_;
  bool of_adults_ = false;
};

// "F" and "W" in the cell of a gender are women, "M" men. words: as words_of() leaves them.
[[nodiscard]] std::vector<std::string> with_genders_spelled(std::vector<std::string> words);

// "gender:Women", "filter_gender_women", "category-men": what follows the name of a field in a tag. Empty: no
// name of a department's field is there.
[[nodiscard]] std::vector<std::string> department_in_tag(const std::vector<std::string>& words);

}  // namespace modiste
