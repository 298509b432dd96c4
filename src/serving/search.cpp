// Search by words, by a garment, by a photo: several values per item, blended by fixed weights.
#include <fmt/format.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <unordered_set>

#include "serving/engine.h"

namespace modiste {
namespace {

constexpr size_t kSearchCandidates = 300;  // per index; the answer holds at most kCountMax

std::string folded(std::string_view text) {
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
      .foldCase()
      .toUTF8String(out);
  return out;
}

// The words of the query that the garment's own words hold.
std::vector<std::string> matched_words(std::string_view query, const Item& item) {
  std::string text = item.garment->title + " " + item.colour + " " + item.garment->description;
  for (const auto& attribute : item.garment->attributes) text += " " + attribute.term + " " + attribute.word;
  text = folded(text);
  std::vector<std::string> matched;
  const std::string words = folded(query);
  for (size_t begin = 0; begin < words.size();) {
    const size_t end = std::min(words.find_first_of(" ,.;", begin), words.size());
    constexpr size_t kTellingLength = 4;  // leaves out "for", "the", "in"
    if (const std::string word = words.substr(begin, end - begin);
        word.size() >= kTellingLength && text.find(word) != std::string::npos)
      matched.push_back(word);
    begin = end + 1;
  }
  return matched;
}

// Stretches one value over [0, 1] between the items' least and greatest.
void stretch(std::vector<ScoredItem>& items, size_t value) {
  if (items.empty()) return;
  const auto [low, high] = std::minmax_element(items.begin(), items.end(), [=](const auto& a, const auto& b) {
    return a.values[value] < b.values[value];
  });
  const float least = low->values[value], range = high->values[value] - least;
  for (auto& item : items) item.values[value] = range > 0 ? (item.values[value] - least) / range : 0;
}

// Share of the weight of both items' terms that they have in common (weighted Jaccard).
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

}  // namespace

// Items with up to kSourceCount values whose names and weights are this search's own.
struct Engine::Blend {
  std::array<std::string_view, kSourceCount> names{};
  SourceWeights weights{};
  std::vector<ScoredItem> items;

  ScoredItem& at(const ItemFacts& facts) {
    const auto [place, is_new] = places.try_emplace(facts.slot, items.size());
    if (is_new) items.push_back({facts.slot, facts.garment, facts.brand, facts.category, {}, 0});
    return items[place->second];
  }

  std::unordered_map<Slot, size_t> places;
};

Result<Engine::Request> Engine::begin_search(std::span<const Identifier> who, const Filter& filter,
                                             int count) const {
  Request request = begin_for(who);
  TRY_ASSIGN(request.filter, compile_filter(filter, catalog_));
  request.count = static_cast<size_t>(std::clamp(count, 1, kCountMax));
  request.seed = options_.seed;
  return request;
}

Answer Engine::answer_blend(Blend& blend, Request& request) {
  combine(blend.items, blend.weights);
  sort_by_score(blend.items, request.seed);
  Answer answer;
  answer.request_id = next_request_id();
  std::unordered_set<uint32_t> garments;
  for (const auto& item : blend.items) {
    if (answer.items.size() == request.count) break;
    if (!garments.insert(item.garment).second) continue;  // its best colour is shown already
    AnswerItem shown = present(request.catalog->item(item.slot));
    shown.position = static_cast<int>(answer.items.size());
    shown.score = static_cast<double>(item.score);
    for (size_t v = 0; v < kSourceCount; ++v)
      if (blend.weights[v] > 0)
        shown.parts.push_back(
            {std::string(blend.names[v]), blend.weights[v], static_cast<double>(item.values[v])});
    answer.items.push_back(std::move(shown));
  }
  answer.degraded = std::move(request.degraded);
  return answer;
}

Result<Answer> Engine::search(const SearchRequest& asked) {
  const auto started = std::chrono::steady_clock::now();
  TRY_ASSIGN(Request request, begin_search(named_by(asked), asked.filter, asked.count));
  const auto admitted = [&](Slot slot) {
    return request.filter.admits(request.catalog->facts(slot), catalog_.vocabulary());
  };
  const SlotFilter filter(admitted);
  enum : size_t { kWords, kMeaning, kStyle };
  Blend blend{{"words", "meaning", "style"}, {0.5, 0.4, 0.1, 0}, {}, {}};

  for (const auto& found :
       indexes_.words()
           .search({.text = asked.query, .k = kSearchCandidates, .filter = filter, .deadline = {}})
           .items)
    blend.at(request.catalog->facts(found.slot)).values[kWords] = found.score;
  Result<std::vector<Vector>> meaning = Error{};
  if (ports_.encoder != nullptr) meaning = ports_.encoder->encode_texts({&asked.query, 1});
  if (meaning.ok()) {
    for (const auto& found : indexes_.nearest(meaning->front(), kSearchCandidates, filter))
      blend.at(request.catalog->facts(found.slot));
    for (auto& item : blend.items)
      if (const auto embedding = embeddings_.get(item.slot);
          embedding != nullptr && !embedding->vector.empty())
        item.values[kMeaning] = dot(meaning->front(), embedding->vector);
  } else {
    request.degraded.emplace_back("meaning");
  }
  for (auto& item : blend.items)
    if (request.shopper->signals > 0)
      item.values[kStyle] = content_value(request.catalog->facts(item.slot), request);
  for (const size_t value : {kWords, kMeaning, kStyle}) stretch(blend.items, value);

  Answer answer = answer_blend(blend, request);
  for (auto& shown : answer.items) {
    const Slot slot = catalog_.slot(shown.garment_id, shown.colour);
    if (slot == kNoSlot) continue;
    const auto words = matched_words(asked.query, request.catalog->item(slot));
    if (!words.empty()) shown.reasons.push_back(fmt::format("Says “{}”", fmt::join(words, "”, “")));
    if (meaning.ok() && shown.parts[kMeaning].value > 0.8)
      shown.reasons.emplace_back("Close in meaning to your words");
  }
  answer.took_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return answer;
}

Result<Answer> Engine::similar(const SimilarRequest& asked) {
  const auto started = std::chrono::steady_clock::now();
  const Slot slot = catalog_.slot(asked.garment_id, asked.colour);
  if (slot == kNoSlot)
    return Error{Code::kNotFound,
                 fmt::format("no garment '{}'{}", asked.garment_id,
                             asked.colour.empty() ? "" : fmt::format(" in '{}'", asked.colour)),
                 "", ""};
  TRY_ASSIGN(Request request, begin_search(named_by(asked), asked.filter, asked.count));
  const ItemFacts& facts = request.catalog->facts(slot);
  request.filter.excluded_garments.push_back(facts.garment);
  if (request.filter.departments.empty() && facts.department != kNoTerm)
    request.filter.departments.push_back(facts.department);
  const auto admitted = [&](Slot other) {
    return request.filter.admits(request.catalog->facts(other), catalog_.vocabulary());
  };
  enum : size_t { kVisual, kAttributes };
  Blend blend{{"visual", "attributes"}, {0.6, 0.4, 0, 0}, {}, {}};
  const auto embedding = embeddings_.get(slot);
  if (embedding != nullptr)
    for (const auto& found : indexes_.nearest(embedding->vector, kSearchCandidates, SlotFilter(admitted)))
      blend.at(request.catalog->facts(found.slot)).values[kVisual] = std::max(0.0F, found.score);
  std::vector<WeightedTerm> terms;
  for (const TermId term : facts.terms) terms.push_back({term, request.idf[term]});
  for (const Slot other : indexes_.attributes().candidates(terms, kSearchCandidates, admitted, request.rng))
    blend.at(request.catalog->facts(other));
  for (auto& item : blend.items) {
    const ItemFacts& other = request.catalog->facts(item.slot);
    item.values[kAttributes] = overlap(facts, other, request.idf);
    if (const auto seen = embeddings_.get(item.slot);
        embedding != nullptr && seen != nullptr && !seen->vector.empty() && !embedding->vector.empty())
      item.values[kVisual] = std::max(0.0F, dot(embedding->vector, seen->vector));
  }
  Answer answer = answer_blend(blend, request);
  for (auto& shown : answer.items) {
    const ItemFacts& other = request.catalog->facts(catalog_.slot(shown.garment_id, shown.colour));
    std::vector<std::string> shared;
    for (const Facet facet : {Facet::kColour, Facet::kPattern, Facet::kFabric, Facet::kSilhouette})
      for (const TermId term : other.terms)
        if (catalog_.vocabulary().term(term).facet == facet &&
            std::binary_search(facts.terms.begin(), facts.terms.end(), term) && shared.size() < 2)
          shared.push_back(catalog_.vocabulary().term(term).label);
    if (!shared.empty()) shown.reasons.push_back(fmt::format("Also {}", fmt::join(shared, " and ")));
  }
  answer.took_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return answer;
}

Result<Answer> Engine::search_photo(const RgbImage& photo, int count, const Who& who) {
  const auto started = std::chrono::steady_clock::now();
  if (ports_.encoder == nullptr)
    return Error{Code::kUnavailable, "search by photo needs an encoder, and this shop runs without one", "",
                 ""};
  TRY_ASSIGN(Request request, begin_search(named_by(who), {}, count));
  TRY_ASSIGN(const auto seen, ports_.encoder->encode_images({&photo, 1}));
  const auto admitted = [&](Slot slot) {
    return request.filter.admits(request.catalog->facts(slot), catalog_.vocabulary());
  };
  Blend blend{{"visual"}, {1, 0, 0, 0}, {}, {}};
  for (const auto& found : indexes_.nearest(seen.front().vector, kSearchCandidates, SlotFilter(admitted)))
    blend.at(request.catalog->facts(found.slot)).values[0] = std::clamp(found.score, 0.0F, 1.0F);
  Answer answer = answer_blend(blend, request);
  for (auto& shown : answer.items) shown.reasons.emplace_back("Looks like your photo");
  answer.took_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return answer;
}

}  // namespace modiste
