// What a word means beside others in a query: "pearl" is a colour of a dress and a stone of earrings.
//
// Threads: pure.
#pragma once

#include "serving/query/query_draft.h"

namespace modiste {

// "Short" of trousers or "platform" of shoes: a kind of its own, but behind another thing it describes that.
[[nodiscard]] bool is_describing_word(std::string_view word, const Term& kind);
// Whether a thing may be described by the word for that kind: shoes by "platform", a dress by "short", but a
// "jean short" are shorts.
[[nodiscard]] bool may_be_described(const Term& thing, const Term& kind, const Vocabulary& vocabulary);

// "A top to wear under a blazer": what follows belongs to the thing. word: of QueryDraft::plain.
[[nodiscard]] bool is_worn_over_or_under(const QueryDraft& draft, size_t word);

// After the thing that is asked for is known. Takes out what the words cannot mean beside it, and adds what
// they say only there: the length of a dress or skirt, and "été".
void drop_out_of_context(QueryDraft& draft);

}  // namespace modiste
