// Finds the terms of the vocabulary in a query, and the thing that it asks for.
//
// Threads: pure.
#pragma once

#include "serving/query/query_draft.h"

namespace modiste {

// Before: tokens, and used for those of prices and sizes. Fills read, plain, weights, spans and suffixed; may
// cut a token in parts ("非皮革" is a negation and a fabric).
void find_query_terms(QueryDraft& draft);

}  // namespace modiste
