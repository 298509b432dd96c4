// Cuts a query's tokens into words: what refuses a part of a word, and what a language hangs on its words.
//
// Threads: pure.
#pragma once

#include <string_view>

#include "serving/query/query_draft.h"

namespace modiste {

inline constexpr std::string_view kNoWord = "|";  // in QueryDraft::read, a word that no phrase has

// Before: tokens, and used for those of prices and sizes. Fills read, plain and suffixed; may cut a token in
// parts ("非皮革" is a negation and a fabric).
void cut_query_words(QueryDraft& draft);

}  // namespace modiste
