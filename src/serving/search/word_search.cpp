#include "serving/search/word_search.h"

#include <algorithm>

#include "base/vector_math.h"
#include "features/source_shares.h"
#include "retrieval/term_candidates.h"
#include "serving/request/eligible_items.h"

namespace modiste {
namespace {

// The share of the score that stated facets decide; what is left orders garments that are equal in them.
constexpr double kStatedWeight = 0.95;

}  // namespace

WordSearch::WordSearch(const ShopState& shop, Encoder* encoder, const QueryWords& words,
                       const QueryReading& reading, RequestState& request)
    : shop_(shop),
      encoder_(encoder),
      words_(words),
      reading_(reading),
      request_(request),
      match_(reading, shop.catalog.vocabulary(), shop.normaliser.phrases(), &shop.indexes.words()),
      found_(weights(match_)) {}

Answer WordSearch::answer(bool allows_unwanted) {
  understand();
  if (match_.states_anything()) collect(true);
  if (found_.garments() < request_.count) collect(false);
  if (found_.items().empty()) collect_any();
  if (!allows_unwanted)
    std::erase_if(found_.items(),
                  [&](const auto& one) { return match_.refuses(request_.catalog->item(one.item.slot)); });
  if (match_.names_kind()) take_near_kinds();
  compare();
  return found_.answer(request_, shop_);
}

std::optional<float> WordSearch::likeness(Slot slot) const {
  const auto embedding = shop_.embeddings.get(slot);
  if (meaning_.empty() || embedding == nullptr || embedding->vector.empty()) return std::nullopt;
  return dot(meaning_, embedding->vector);
}

std::array<Comparison, 5> WordSearch::weights(const QueryMatch& match) {
  const double rest = match.states_anything() ? 1 - kStatedWeight : 1;
  const double suits = match.wishes_more() ? 0.7 : 0;
  return {{{"stated", 1 - rest},
           {"words", rest * (match.wishes_more() ? 0.1 : 0.5)},
           {"meaning", rest * (match.wishes_more() ? 0.1 : 0.4)},
           {"suits", rest * suits},
           {"style", rest * 0.1}}};
}

void WordSearch::understand() {
  if (reading_.rest.empty()) return;
  Result<std::vector<Vector>> meaning = Error{};
  if (encoder_ != nullptr) meaning = encoder_->encode_texts({&reading_.rest, 1});
  if (meaning.ok())
    meaning_ = std::move(meaning->front());
  else
    request_.degraded.emplace_back("meaning");
}

void WordSearch::collect(bool strictly) {
  const SlotBits eligible = eligible_items(request_, [&](SlotQuery& asked) {
    if (strictly) match_.require_all(asked, request_.catalog->columns());
  });
  const SlotFilter filter(eligible);
  const TextQuery query{.text = reading_.rest, .k = kSearchCandidates, .filter = filter};
  for (const auto& hit : shop_.indexes.words().search(query).items)
    found_.at(request_.catalog->facts(hit.slot)).values[kWords] = hit.score;
  if (!meaning_.empty())
    for (const auto& hit : shop_.indexes.nearest(meaning_, kSearchCandidates, filter))
      found_.at(request_.catalog->facts(hit.slot));
  std::vector<WeightedTerm> terms;
  for (const TermId term : match_.terms()) terms.push_back({term, request_.idf[term]});
  Rng rng(0);  // fixed seed: repeated calls give the same garments
  if (!terms.empty())
    for (const Slot slot : items_of_terms(request_.catalog->columns(), terms, kSearchCandidates, filter, rng))
      found_.at(request_.catalog->facts(slot));
}

bool WordSearch::says_nothing() const {
  const auto tokens = words_.tokens_of(reading_.rest);
  return std::all_of(tokens.begin(), tokens.end(), [&](const QueryToken& token) {
    return words_.languages_of(QueryRole::kFiller, token.key) != 0 ||
           words_.languages_of(QueryRole::kConjunction, token.key) != 0;
  });
}

void WordSearch::collect_any() {
  if (!says_nothing() && !match_.wishes_more()) return;
  fill(eligible_items(request_));
  if (match_.wishes_more())
    std::erase_if(found_.items(),
                  [&](const auto& one) { return match_.suits(request_.catalog->facts(one.item.slot)) <= 0; });
}

void WordSearch::take_near_kinds() {
  const auto item = [&](const auto& one) -> const Item& { return request_.catalog->item(one.item.slot); };
  const bool has_kind = std::any_of(found_.items().begin(), found_.items().end(),
                                    [&](const auto& one) { return match_.is_of_kind(item(one).facts); });
  std::erase_if(found_.items(), [&](const auto& one) {
    return !match_.is_of_kind(item(one).facts) && !match_.is_near_kind(item(one).facts) &&
           !match_.says_kind(item(one));
  });
  if (has_kind) return;
  fill(eligible_items(
      request_, [&](SlotQuery& asked) { match_.require_near_kind(asked, request_.catalog->columns()); }));
}

void WordSearch::fill(const SlotBits& eligible) {
  for (const auto& hit : shop_.popularity.search(kSearchCandidates, request_.now, SlotFilter(eligible)).items)
    found_.at(request_.catalog->facts(hit.slot)).values[kWords] = hit.score;
  for (Slot slot = eligible.next(0); slot != kNoSlot && found_.items().size() < kSearchCandidates;
       slot = eligible.next(slot + 1))
    found_.at(request_.catalog->facts(slot));
}

void WordSearch::compare() {
  const RequestFacts facts = request_.facts();
  for (auto& one : found_.items()) {
    const Item& item = request_.catalog->item(one.item.slot);
    one.values[kStated] = match_.stated(item);
    one.values[kSuits] = match_.suits(item.facts);
    one.values[kMeaning] = likeness(one.item.slot).value_or(0);
    if (request_.shopper->signals > 0) one.values[kStyle] = content_match(item.facts, facts);
  }
  for (const size_t comparison : {kWords, kMeaning, kStyle}) found_.stretch(comparison);
}

}  // namespace modiste
