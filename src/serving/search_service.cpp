#include "serving/search_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "catalog/garment_attributes.h"
#include "features/source_shares.h"
#include "serving/answer_item.h"
#include "serving/reason_rules.h"
#include "serving/stage_clock.h"
#include "serving/stated_preferences.h"
#include "serving/vetoes.h"

namespace modiste {
namespace {

constexpr size_t kSearchCandidates = 300;  // per index; the answer holds at most kCountMax

// Words that tell nothing of a garment, and those after which a word says what is not wanted.
const std::set<std::string>& filler() {
  static const std::set<std::string> kWords{"a",   "an",  "and",  "for",  "from", "in",  "of",  "on",  "or",
                                            "the", "to",  "with", "that", "this", "my",  "der", "die", "das",
                                            "und", "mit", "de",   "la",   "le",   "les", "el",  "los", "las",
                                            "et",  "con", "per",  "pour", "fur",  "für", "i",   "y",   "e"};
  return kWords;
}
const std::set<std::string>& negations() {
  static const std::set<std::string> kWords{"without", "no",   "not",  "non",  "except",
                                            "ohne",    "kein", "sans", "sin",  "senza",
                                            "zonder",  "sem",  "bez",  "utan", "keine"};
  return kWords;
}

// The words of the query, in its order, that the garment's own data has: title, colour, description, and the
// attributes in the vocabulary's and the supplier's words.
std::vector<std::string> matched_words(std::string_view query, const Item& item) {
  std::string text = item.garment->title + " " + item.colour + " " + item.garment->description;
  for (const Attribute* attribute : attributes_of(*item.garment, item.colour))
    text += " " + attribute->term + " " + attribute->word;
  const std::set<std::string> words = said_words(text);
  std::vector<std::string> matched;
  bool negated = false;
  for (size_t begin = 0; begin < query.size();) {
    const size_t end = std::min(query.find_first_of(" ,.;-/", begin), query.size());
    for (const std::string& word : said_words(query.substr(begin, end - begin))) {
      const bool is_filler = filler().contains(word);
      if (!negated && !is_filler && says(words, word) &&
          std::find(matched.begin(), matched.end(), word) == matched.end())
        matched.push_back(word);
      if (!is_filler) negated = negations().contains(word);
    }
    begin = end + 1;
  }
  return matched;
}

// Weight of the terms that both items have, as a share of all their terms' weight (weighted Jaccard).
float overlap(const ItemFacts& a, const ItemFacts& b, std::span<const float> idfs) {
  float both = 0, any = 0;
  for (const TermId term : a.terms) {
    const float idf = idfs[term];
    any += idf;
    if (std::binary_search(b.terms.begin(), b.terms.end(), term)) both += idf;
  }
  for (const TermId term : b.terms)
    if (!std::binary_search(a.terms.begin(), a.terms.end(), term)) any += idfs[term];
  return any > 0 ? both / any : 0;
}

// One way of comparing found items with the query: its name and its weight in the score.
struct Comparison {
  std::string_view name;
  double weight = 0;
};

// The items that a search found, with one value per comparison.
template <size_t kComparisons>
class Findings {
 public:
  struct Found {
    ScoredItem item;
    std::array<float, kComparisons> values{};
  };

  explicit Findings(const std::array<Comparison, kComparisons>& comparisons) : comparisons_(comparisons) {}

  Found& at(const ItemFacts& item) {
    const auto [place, is_new] = places_.try_emplace(item.slot, found_.size());
    if (is_new) found_.push_back({{item.slot, item.garment, item.brand, item.category, 0, 0, 1}, {}});
    return found_[place->second];
  }
  [[nodiscard]] std::vector<Found>& items() { return found_; }

  // Rescales a comparison to [0, 1] between the least and the greatest value of the items.
  void stretch(size_t comparison) {
    if (found_.empty()) return;
    const auto [low, high] = std::minmax_element(
        found_.begin(), found_.end(),
        [=](const Found& a, const Found& b) { return a.values[comparison] < b.values[comparison]; });
    const float least = low->values[comparison], range = high->values[comparison] - least;
    for (auto& one : found_)
      one.values[comparison] = range > 0 ? (one.values[comparison] - least) / range : 0;
  }

  // Best first, at most one colour per garment, at most the request's count.
  [[nodiscard]] Answer answer(RequestState& request, const ShopState& shop) {
    std::vector<ScoredItem> order;
    for (size_t row = 0; row < found_.size(); ++row) {
      double score = 0;
      for (size_t s = 0; s < kComparisons; ++s)
        score += comparisons_[s].weight * static_cast<double>(found_[row].values[s]);
      ScoredItem item = found_[row].item;
      item.row = static_cast<uint32_t>(row);
      item.score = static_cast<float>(score);
      order.push_back(item);
    }
    sort_by_score(order, request.seed);
    Answer answer;
    answer.request_id = request.request_id;
    std::unordered_set<uint32_t> garments;
    for (const auto& item : order) {
      if (answer.items.size() == request.count) break;
      if (!garments.insert(item.garment).second)
        continue;  // the garment's best colour is in the answer already
      AnswerItem shown = to_answer_item(request.catalog->item(item.slot), shop);
      shown.position = static_cast<int>(answer.items.size());
      shown.score = static_cast<double>(item.score);
      for (size_t s = 0; s < kComparisons; ++s)
        shown.score_breakdown.push_back({std::string(comparisons_[s].name), comparisons_[s].weight,
                                         static_cast<double>(found_[item.row].values[s])});
      answer.items.push_back(std::move(shown));
    }
    answer.degraded = std::move(request.degraded);
    return answer;
  }

 private:
  std::array<Comparison, kComparisons> comparisons_;
  std::vector<Found> found_;
  std::unordered_map<Slot, size_t> places_;
};

Reason reason_of_words(std::vector<std::string> words) {
  Reason reason{ReasonCode::kSaysWords, {}};
  reason.args.words = std::move(words);
  return reason;
}

// Shared attributes that a shopper would notice: at most two.
std::vector<std::string> shared_terms(const ItemFacts& a, const ItemFacts& b, const Vocabulary& vocabulary) {
  std::vector<std::string> shared;
  for (const Facet facet : {Facet::kColour, Facet::kPattern, Facet::kFabric, Facet::kSilhouette})
    for (const TermId term : b.terms)
      if (vocabulary.term(term).facet == facet && std::binary_search(a.terms.begin(), a.terms.end(), term) &&
          shared.size() < 2)
        shared.push_back(vocabulary.term(term).label);
  return shared;
}

}  // namespace

Result<RequestState> SearchService::begin(std::span<const Identifier> who, const Filter& filter, int count,
                                          std::string_view request_id) {
  RequestState request = make_request_state(who, shop_, subjects_, clock_.now());
  TRY_ASSIGN(request.filter, compile_filter(filter, shop_.catalog));
  request.count = static_cast<size_t>(std::clamp(count, 1, kCountMax));
  request.seed = seed_;
  request.request_id = request_id.empty() ? request_ids_.next(request.now) : std::string(request_id);
  return request;
}

Result<Answer> SearchService::by_words(const SearchRequest& asked, std::string_view request_id) {
  const StageClock stages;
  TRY_ASSIGN(RequestState request, begin(named_by(asked), asked.filter, asked.count, request_id));
  lift_veto(request.veto, asked.query, shop_.catalog);
  const RequestFacts facts = request.facts();
  const auto admitted = [&](Slot slot) { return request.admits(slot); };
  const SlotFilter filter(admitted);
  enum : size_t { kWords, kMeaning, kStyle };
  Findings<3> found({{{"words", 0.5}, {"meaning", 0.4}, {"style", 0.1}}});

  const TextQuery query{.text = asked.query, .k = kSearchCandidates, .filter = filter};
  for (const auto& hit : shop_.indexes.words().search(query).items)
    found.at(facts.catalog.facts(hit.slot)).values[kWords] = hit.score;
  Result<std::vector<Vector>> meaning = Error{};
  if (encoder_ != nullptr) meaning = encoder_->encode_texts({&asked.query, 1});
  if (meaning.ok()) {
    for (const auto& hit : shop_.indexes.nearest(meaning->front(), kSearchCandidates, filter))
      found.at(facts.catalog.facts(hit.slot));
    for (auto& one : found.items())
      if (const auto embedding = shop_.embeddings.get(one.item.slot);
          embedding != nullptr && !embedding->vector.empty())
        one.values[kMeaning] = dot(meaning->front(), embedding->vector);
  } else {
    request.degraded.emplace_back("meaning");
  }
  if (request.shopper->signals > 0)
    for (auto& one : found.items())
      one.values[kStyle] = content_match(facts.catalog.facts(one.item.slot), facts);
  for (const size_t comparison : {kWords, kMeaning, kStyle}) found.stretch(comparison);

  Answer answer = found.answer(request, shop_);
  for (auto& shown : answer.items) {
    const Slot slot = shop_.catalog.slot(shown.garment_id, shown.colour);
    if (slot == kNoSlot) continue;
    if (auto words = matched_words(asked.query, request.catalog->item(slot)); !words.empty())
      shown.reasons.push_back(reason_of_words(std::move(words)));
    const auto embedding = shop_.embeddings.get(slot);
    if (meaning.ok() && embedding != nullptr && !embedding->vector.empty() &&
        dot(meaning->front(), embedding->vector) >= kAlikeMin)
      shown.reasons.push_back({ReasonCode::kCloseInMeaning, {}});
  }
  answer.took_ms = stages.total_ms();
  return answer;
}

Result<Answer> SearchService::similar(const SimilarRequest& asked, std::string_view request_id) {
  const StageClock stages;
  std::string garment_id = shop_.catalog.garment_id_of(asked.garment_id), colour = asked.colour;
  if (const auto variant = shop_.catalog.variant_of(asked.garment_id); garment_id.empty() && variant) {
    garment_id = variant->garment->id;
    if (colour.empty()) colour = variant->variant().colour;
  }
  const Slot slot = shop_.catalog.slot(garment_id, colour);
  if (slot == kNoSlot)
    return Error{Code::kNotFound,
                 fmt::format("no garment '{}'{}", asked.garment_id,
                             asked.colour.empty() ? "" : fmt::format(" in '{}'", asked.colour)),
                 "", ""};
  TRY_ASSIGN(RequestState request, begin(named_by(asked), asked.filter, asked.count, request_id));
  const ItemFacts& item = request.catalog->facts(slot);
  request.filter.excluded_garments.push_back(item.garment);
  if (request.filter.departments.empty() && item.department != kNoTerm)
    request.filter.departments.push_back(item.department);
  const auto admitted = [&](Slot other) { return request.admits(other); };
  enum : size_t { kVisual, kAttributes };
  Findings<2> found({{{"visual", 0.6}, {"attributes", 0.4}}});
  const auto embedding = shop_.embeddings.get(slot);
  if (embedding != nullptr)
    for (const auto& hit : shop_.indexes.nearest(embedding->vector, kSearchCandidates, SlotFilter(admitted)))
      found.at(request.catalog->facts(hit.slot)).values[kVisual] = std::max(0.0F, hit.score);
  std::vector<WeightedTerm> terms;
  for (const TermId term : item.terms) terms.push_back({term, request.idf[term]});
  Rng rng(0);  // fixed seed: repeated calls give the same garments
  for (const Slot other : shop_.indexes.attributes().candidates(terms, kSearchCandidates, admitted, rng))
    found.at(request.catalog->facts(other));
  for (auto& one : found.items()) {
    one.values[kAttributes] = overlap(item, request.catalog->facts(one.item.slot), request.idf);
    if (const auto other = shop_.embeddings.get(one.item.slot);
        embedding != nullptr && other != nullptr && !other->vector.empty() && !embedding->vector.empty())
      one.values[kVisual] = std::max(0.0F, dot(embedding->vector, other->vector));
  }
  Answer answer = found.answer(request, shop_);
  for (auto& shown : answer.items) {
    const Slot other = shop_.catalog.slot(shown.garment_id, shown.colour);
    auto shared = shared_terms(item, request.catalog->facts(other), shop_.catalog.vocabulary());
    if (shared.empty()) continue;
    Reason reason{ReasonCode::kSharesTerms, {}};
    reason.args.terms = std::move(shared);
    shown.reasons.push_back(std::move(reason));
  }
  answer.took_ms = stages.total_ms();
  return answer;
}

Result<Answer> SearchService::by_photo(const RgbImage& photo, int count, const Who& who,
                                       std::string_view request_id) {
  const StageClock stages;
  if (encoder_ == nullptr)
    return Error{Code::kUnavailable, "search by photo needs an encoder; this shop has none", "", ""};
  TRY_ASSIGN(RequestState request, begin(named_by(who), {}, count, request_id));
  TRY_ASSIGN(const auto seen, encoder_->encode_images({&photo, 1}));
  const auto admitted = [&](Slot slot) { return request.admits(slot); };
  Findings<1> found(std::array<Comparison, 1>{{{"visual", 1}}});
  for (const auto& hit : shop_.indexes.nearest(seen.front().vector, kSearchCandidates, SlotFilter(admitted)))
    found.at(request.catalog->facts(hit.slot)).values[0] = std::clamp(hit.score, 0.0F, 1.0F);
  Answer answer = found.answer(request, shop_);
  for (auto& shown : answer.items)
    if (shown.score_breakdown.front().value >= static_cast<double>(kAlikeMin))
      shown.reasons.push_back({ReasonCode::kLooksLikePhoto, {}});
  answer.took_ms = stages.total_ms();
  return answer;
}

}  // namespace modiste
