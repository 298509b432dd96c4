// What a language model says that a search means, as terms of the vocabulary.
//
// A model is asked only about words that our own parser (query_reading.h) reads nothing in: "something for a
// garden party at my aunt's". It may answer with names of the vocabulary and with nothing else, so whatever a
// query makes it say, no text of it reaches anyone: what is not a term is dropped here. Its terms order the
// answer as stated ones do, of facets that the query itself says nothing of; they never lift a veto, set a
// price or a size, refuse a garment, or say who wears it. Threads: any. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lookbook/chat_model.h"
#include "serving/query/query_reading.h"

namespace modiste {

struct UnreadWords {
  std::string words;    // of the query, in its order
  std::string without;  // the query without them
};
// The words that the reading covers with no term, brand, price, size or refusal; empty: all are read.
[[nodiscard]] std::optional<UnreadWords> unread_words(const QueryReading& reading, std::string_view query,
                                                      const QueryWords& words);

// May be sent to a model: short, and without what looks like an address, a link or a number of a person.
[[nodiscard]] bool may_be_sent(std::string_view query);

[[nodiscard]] ChatPrompt language_prompt(std::string_view query, const Vocabulary& vocabulary);

inline constexpr size_t kLanguageTermsMax = 8;
// Terms that exist, of facets that a model may name, each once. kCorrupt: not JSON of the schema.
Result<std::vector<TermId>> read_language(std::string_view answer, const Vocabulary& vocabulary);

// Adds the terms of facets that the reading has no wish in, wanted or not.
void add_language(const std::vector<TermId>& terms, const UnreadWords& unread, const Vocabulary& vocabulary,
                  QueryReading& reading);

}  // namespace modiste
