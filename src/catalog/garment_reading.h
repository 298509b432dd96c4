// Derives attributes from one garment's words.
//
// The supplier's attributes and category have precedence, then the title, then the description, which only
// fills open facets. Idempotent: reading the result again changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/matcher.h"
#include "catalog/vocabulary_report.h"
#include "catalog/wearers.h"

namespace modiste {

// Lives for one call. Borrows everything.
class GarmentReading {
 public:
  GarmentReading(const Matcher& matcher, Garment& garment, VocabularyReport& report)
      : matcher_(matcher), garment_(garment), report_(report) {}
  void read();

 private:
  void keep_what_was_given();
  void read_attributes();
  void read_variant_attributes();
  void read_named(const std::string& name, const std::vector<std::string>& values);
  bool read_tag(const std::string& tag);
  void read_value(const std::string& name, const std::vector<Facet>& facets, const std::string& value);
  void read_switch(const std::string& name, const std::string& value);
  [[nodiscard]] std::pair<Match, Facet> understand(const std::vector<Facet>& facets,
                                                   std::string_view word) const;
  void read_colours();
  [[nodiscard]] Match pattern_in(std::string_view colour) const;
  [[nodiscard]] std::vector<Match> colours_in(std::string_view word) const;
  void read_sizes();
  void read_department();
  // Where a word about who wears it stands: in a field for it, in an attribute, among tags, in a text.
  enum class WearersAt : uint8_t { kCell, kAttribute, kTag, kText };
  MatchStep see_wearers(std::string_view text, WearersAt at, Wearers& wearers) const;
  void see_both(const std::vector<std::string>& words, Wearers& wearers) const;
  // Without the words of children that belong to a colour, a fibre, a kind or an occasion: "Baby Blue Slip
  // Dress".
  [[nodiscard]] std::vector<std::string> without_longer_phrases(const std::vector<std::string>& words) const;
  void read_category();
  void read_title();
  void read_description();
  // What the words say of the facet. running: they are a sentence of the description.
  void read_sentence(const std::vector<std::string>& words, Facet facet, float confidence, bool running);

  void share_what_all_colours_have();
  // True where a cell denies the fabric that it names, or says that it is imitated.
  bool read_imitation(const std::string& name, const std::string& value);
  // Counts a word that says nothing; false for others.
  bool pass_filler(std::string_view where, std::string_view word);
  // True for a match in a sentence that a shop of this language would mean so.
  [[nodiscard]] bool is_meant(const PhraseMatch& match, Facet facet, const std::string& word) const;
  [[nodiscard]] bool has(Facet facet) const;
  [[nodiscard]] bool wears_on_body() const;
  void add(Facet facet, const Term& term, std::string_view word, float confidence);
  void add_unknown(Facet facet, std::string_view word);

  const Matcher& matcher_;
  Garment& garment_;
  VocabularyReport& report_;
  LanguageWeights weights_{};          // what the garment's texts say about their language
  std::vector<Match> category_hints_;  // what attributes say about the category
  std::string colour_;                 // of the variant whose attributes are being read; empty: the garment's
  const Term* google_department_ = nullptr;  // of a number in Google's taxonomy
};

}  // namespace modiste
