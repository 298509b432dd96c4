// Translates supplier words into the controlled vocabulary.
//
// Steps, in order: exact synonym; stemmed match; nearest vocabulary term by text embedding above a threshold;
// else "unknown", counted and listed (colours and departments skip the embedding, see matcher.h). The
// supplier's word is always kept. Threads: const methods from any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/vector_math.h"
#include "catalog/garment.h"
#include "catalog/vocabulary_report.h"

namespace modiste {

class PhraseIndex;

struct Match {
  MatchStep step = MatchStep::kUnknown;
  const Term* term = nullptr;  // null when unknown
  float confidence = 0;
};

// Returns the unit vector of a text; an empty vector when it cannot be embedded.
using TextEmbedder = std::function<Vector(std::string_view)>;

struct NormaliserOptions {
  // Cosine of MiniLM sentence vectors above which two fashion words count as the same. Measured: at 0.72 none
  // of 24 foreign words ("Gift card", "Lockable") found a term, at 0.60 four found a category; see matcher.h.
  float embedding_threshold = 0.72F;
};

class Normaliser {
 public:
  // Without an embedder the third step is skipped.
  explicit Normaliser(const Vocabulary& vocabulary, TextEmbedder embedder = {},
                      NormaliserOptions options = {});
  ~Normaliser();

  // A word or phrase in one facet. If a phrase as a whole is not a synonym, its last part that is one is used
  // ("soft brushed fleece" -> fleece), with less confidence.
  [[nodiscard]] Match match(Facet facet, std::string_view word) const;

  // Fills garment.attributes from category, department, variants' colours, supplier_attributes, title and
  // description. Keeps attributes with source photo, and supplier ones that already name a vocabulary term.
  // Each colour word gets its own attribute. Adds the words to the report, if given.
  void normalise(Garment& garment, VocabularyReport* report = nullptr) const;

  // What it finds words in; lives as long as the normaliser.
  [[nodiscard]] const PhraseIndex& phrases() const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

}  // namespace modiste
