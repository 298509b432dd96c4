// Finds the brands that a query names, and takes out of it what it refuses.
//
// Threads: pure.
#pragma once

#include "serving/query/query_draft.h"

namespace modiste {

// After find_query_terms(). Moves what is not wanted from the spans and brands to the reading, and marks its
// tokens as used.
void find_query_brands(QueryDraft& draft);
void refuse_unwanted(QueryDraft& draft);

}  // namespace modiste
