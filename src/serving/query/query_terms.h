// Finds the terms of the vocabulary in a query, and the thing that it asks for.
//
// Threads: pure.
#pragma once

#include "serving/query/query_draft.h"

namespace modiste {

// Before: as cut_query_words(), which it begins with. Fills weights and spans too.
void find_query_terms(QueryDraft& draft);

}  // namespace modiste
