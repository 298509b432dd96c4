#include "serving/search/search_service.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>

#include "base/contains.h"
#include "catalog/garment_attributes.h"
#include "embedding/palette_likeness.h"
#include "retrieval/term_candidates.h"
#include "serving/answer/findings.h"
#include "serving/catalog/catalog_views.h"
#include "serving/request/eligible_items.h"
#include "serving/request/reason_rules.h"
#include "serving/request/stage_clock.h"
#include "serving/search/language_signal.h"
#include "serving/search/photo_match.h"
#include "serving/search/query_limits.h"
#include "serving/search/query_match.h"
#include "serving/state/stated_preferences.h"
#include "serving/state/vetoes.h"

namespace modiste {
namespace {

// The share of the score that stated facets decide; what is left orders garments that are equal in them.
constexpr double kStatedWeight = 0.95;

// Whether anybody can see that the item is something else than is wished: green where black is asked for.
bool is_otherwise(const ItemFacts& item, const QueryWish& wish, const Vocabulary& vocabulary) {
  constexpr std::array kSeen{Facet::kCategory, Facet::kColour, Facet::kPattern};
  if (!contains(kSeen, wish.facet)) return false;
  const bool has_one = std::any_of(wish.terms.begin(), wish.terms.end(),
                                   [&](TermId term) { return has_term(item, term) || item.colour == term; });
  return !has_one && ((wish.facet == Facet::kColour && item.colour != kNoTerm) ||
                      std::any_of(item.terms.begin(), item.terms.end(),
                                  [&](TermId term) { return vocabulary.term(term).facet == wish.facet; }));
}

// The words of the query, in its order, that the garment's own data has: title, colour, description, and the
// attributes in the vocabulary's and the supplier's words. A description speaks of other things too ("a black
// lining", "under a coat"): there words for what the item is not do not count.
std::vector<std::string> matched_words(const QueryReading& reading, const Item& item, const QueryWords& known,
                                       const Vocabulary& vocabulary) {
  const auto garment = item.garment.read();
  const std::set<std::string> named = said_words(garment->title + " " + item.colour);
  std::set<std::string> of_others;
  for (const auto& wish : reading.wanted)
    if (is_otherwise(item.facts, wish, vocabulary)) of_others.merge(said_words(wish.words));
  std::string text = garment->title + " " + item.colour + " " + garment->description;
  for (const Attribute* attribute : attributes_of(*garment, item.colour))
    text += " " + attribute->term + " " + attribute->word;
  const std::set<std::string> words = said_words(text);
  std::vector<std::string> matched;
  for (const QueryToken& token : known.tokens_of(reading.said)) {
    if (known.languages_of(QueryRole::kFiller, token.key) != 0 ||
        known.languages_of(QueryRole::kConjunction, token.key) != 0 ||
        known.languages_of(QueryRole::kBut, token.key) != 0)
      continue;
    for (const std::string& word : said_words(token.raw))
      if (word.size() > 1 && says(words, word) && !contains(matched, word) &&  // of "t-shirt" not the letter
          (!of_others.contains(word) || says(named, word)))
        matched.push_back(word);
  }
  return matched;
}

// What the query states and the garment has, by the vocabulary, beyond the words that they share: "rotes
// Kleid" of a red dress.
std::vector<std::string> matched_terms(const QueryReading& reading, const Item& item,
                                       const std::vector<std::string>& words, const Vocabulary& vocabulary) {
  std::vector<std::string> labels;
  for (const auto& wish : reading.wanted) {
    const auto own = said_words(wish.words);
    if (std::any_of(words.begin(), words.end(), [&](const std::string& word) { return own.contains(word); }))
      continue;
    const Term& term = vocabulary.term(wish.terms.front());  // the one that the answer's `query` shows
    if (has_term(item.facts, term.id) && !contains(labels, term.label)) labels.push_back(term.label);
  }
  return labels;
}

Reason reason_of_terms(std::vector<std::string> labels) {
  Reason reason{ReasonCode::kAskedFor, {}};
  reason.args.terms = std::move(labels);
  return reason;
}

Reason reason_of_words(std::vector<std::string> words) {
  Reason reason{ReasonCode::kSaysWords, {}};
  reason.args.words = std::move(words);
  return reason;
}

// The sizes that the query names, for the wearers and the kinds that it asks for: "38" of shoes is a shoe
// size. Empty when none is understood.
std::optional<SizeSet> sizes_of(const QueryReading& reading, const Filter& asked, const Catalog& catalog) {
  const Vocabulary& vocabulary = catalog.vocabulary();
  Filter filter;
  filter.departments = asked.departments;
  bool shoes = false;
  for (const auto& wish : reading.wanted) {
    const Term& term = vocabulary.term(wish.terms.front());
    if (wish.facet == Facet::kDepartment) filter.departments.push_back(term.name);
    shoes = shoes || (wish.facet == Facet::kCategory && term.role == OutfitRole::kShoes);
  }
  std::optional<SizeSet> sizes;
  for (const auto& size : reading.sizes) {
    filter.sizes = {shoes ? "shoe " + size : size};
    auto compiled = compile_filter(filter, catalog);
    if (!compiled.ok() && shoes) {
      filter.sizes = {size};
      compiled = compile_filter(filter, catalog);
    }
    if (compiled.ok() && compiled->sizes) sizes = sizes.value_or(SizeSet{}) | *compiled->sizes;
  }
  return sizes;
}

// The reading as pages show it.
QueryView view_of(const QueryReading& reading, const Catalog& catalog) {
  QueryView view;
  std::vector<std::pair<size_t, QueryTerm>> terms;
  const auto add_wishes = [&](const std::vector<QueryWish>& wishes, bool wanted) {
    for (const auto& wish : wishes) {
      const Term& term = catalog.vocabulary().term(wish.terms.front());
      terms.push_back(
          {wish.at,
           {std::string(name_of(term.facet)), term.name, term.label, wish.words, wanted, wish.without}});
    }
  };
  const auto add_brands = [&](const std::vector<QueryBrand>& brands, bool wanted) {
    for (const auto& brand : brands) {
      const std::string name = catalog.brand_name(brand.brand);
      terms.push_back({brand.at, {"brand", name, name, brand.words, wanted, brand.without}});
    }
  };
  add_wishes(reading.wanted, true);
  add_wishes(reading.unwanted, false);
  add_brands(reading.brands, true);
  add_brands(reading.unwanted_brands, false);
  std::stable_sort(terms.begin(), terms.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [at, term] : terms) view.terms.push_back(std::move(term));
  for (const auto& word : reading.unwanted_words)
    view.terms.push_back({"word", word.key, word.key, word.key, false, word.without});
  view.price_min = reading.price_min;
  view.price_max = reading.price_max;
  view.currency = reading.currency;
  view.sizes = reading.sizes;
  if (reading.price_min || reading.price_max) view.without_prices = reading.without_prices;
  if (!reading.sizes.empty()) view.without_sizes = reading.without_sizes;
  return view;
}

// Searches for what a query says. Lives for one request.
class WordSearch {
 public:
  enum : size_t { kStated, kWords, kMeaning, kSuits, kStyle };

  WordSearch(const ShopState& shop, Encoder* encoder, const QueryWords& words, const QueryReading& reading,
             RequestState& request)
      : shop_(shop),
        encoder_(encoder),
        words_(words),
        reading_(reading),
        request_(request),
        match_(reading, shop.catalog.vocabulary(), shop.normaliser.phrases(), &shop.indexes.words()),
        found_(weights(match_)) {}

  [[nodiscard]] const QueryMatch& match() const { return match_; }

  [[nodiscard]] Answer answer(bool allows_unwanted) {
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
  // Of the answer's items, in their order.
  [[nodiscard]] const std::vector<Slot>& shown() const { return found_.shown(); }
  // Cosine of the item with the query; empty without an encoder or vector.
  [[nodiscard]] std::optional<float> likeness(Slot slot) const {
    const auto embedding = shop_.embeddings.get(slot);
    if (meaning_.empty() || embedding == nullptr || embedding->vector.empty()) return std::nullopt;
    return dot(meaning_, embedding->vector);
  }

 private:
  static std::array<Comparison, 5> weights(const QueryMatch& match) {
    const double rest = match.states_anything() ? 1 - kStatedWeight : 1;
    const double suits = match.wishes_more() ? 0.7 : 0;
    return {{{"stated", 1 - rest},
             {"words", rest * (match.wishes_more() ? 0.1 : 0.5)},
             {"meaning", rest * (match.wishes_more() ? 0.1 : 0.4)},
             {"suits", rest * suits},
             {"style", rest * 0.1}}};
  }

  void understand() {
    if (reading_.rest.empty()) return;
    Result<std::vector<Vector>> meaning = Error{};
    if (encoder_ != nullptr) meaning = encoder_->encode_texts({&reading_.rest, 1});
    if (meaning.ok())
      meaning_ = std::move(meaning->front());
    else
      request_.degraded.emplace_back("meaning");
  }

  // strictly: only items that have all that is stated.
  void collect(bool strictly) {
    EligibleItems eligible(request_, [&](SlotQuery& asked) {
      if (strictly) match_.require_all(asked, request_.catalog->columns());
    });
    const SlotFilter filter = eligible.filter();
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
      for (const Slot slot :
           items_of_terms(request_.catalog->columns(), terms, kSearchCandidates, filter, rng))
        found_.at(request_.catalog->facts(slot));
  }

  // "Something nice": words, of which none tells what is looked for.
  [[nodiscard]] bool says_nothing() const {
    const auto tokens = words_.tokens_of(reading_.rest);
    return std::all_of(tokens.begin(), tokens.end(), [&](const QueryToken& token) {
      return words_.languages_of(QueryRole::kFiller, token.key) != 0 ||
             words_.languages_of(QueryRole::kConjunction, token.key) != 0;
    });
  }

  // For a query of limits only ("under 50") or of no telling word, and for an occasion or season that nothing
  // names: then what goes with it by its kind.
  void collect_any() {
    if (!says_nothing() && !match_.wishes_more()) return;
    EligibleItems eligible(request_);
    fill(eligible.filter());
    if (match_.wishes_more())
      std::erase_if(found_.items(), [&](const auto& one) {
        return match_.suits(request_.catalog->facts(one.item.slot)) <= 0;
      });
  }

  // Where too little is of the kind that the query names, what is nearest in meaning may be of any kind
  // (sandals for "pyjamas", a scarf for "dress under 60"). What a shopper would take in its place comes
  // instead, and that may be nothing.
  void take_near_kinds() {
    const auto item = [&](const auto& one) -> const Item& { return request_.catalog->item(one.item.slot); };
    const bool has_kind = std::any_of(found_.items().begin(), found_.items().end(),
                                      [&](const auto& one) { return match_.is_of_kind(item(one).facts); });
    std::erase_if(found_.items(), [&](const auto& one) {
      return !match_.is_of_kind(item(one).facts) && !match_.is_near_kind(item(one).facts) &&
             !match_.says_kind(item(one));
    });
    if (has_kind) return;
    EligibleItems eligible(
        request_, [&](SlotQuery& asked) { match_.require_near_kind(asked, request_.catalog->columns()); });
    fill(eligible.filter());
  }

  // What is popular, then the rest of what may be shown.
  void fill(const SlotFilter& filter) {
    for (const auto& hit : shop_.popularity.search(kSearchCandidates, request_.now, filter).items)
      found_.at(request_.catalog->facts(hit.slot)).values[kWords] = hit.score;
    for (Slot slot = filter.next_near(0); slot != kNoSlot && found_.items().size() < kSearchCandidates;
         slot = filter.next_near(slot + 1))
      if (filter(slot)) found_.at(request_.catalog->facts(slot));
  }

  void compare() {
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

  const ShopState& shop_;
  Encoder* encoder_;
  const QueryWords& words_;
  const QueryReading& reading_;
  RequestState& request_;
  const QueryMatch match_;
  Findings<5> found_;
  Vector meaning_;
};

}  // namespace

SearchService::SearchService(const Clock& clock, const ShopState& shop, const SubjectStore& subjects,
                             Encoder* encoder, ImpressionQueue& impressions, std::string currency)
    : clock_(clock),
      shop_(shop),
      subjects_(subjects),
      encoder_(encoder),
      impressions_(impressions),
      currency_(std::move(currency)),
      reader_(shop.catalog.vocabulary(), shop.normaliser.phrases()),
      spelling_(shop.catalog.vocabulary(), shop.normaliser.phrases(), reader_.words(), shop.indexes.words()),
      language_(shop.catalog.vocabulary()) {}

Result<RequestState> SearchService::begin(std::span<const Identifier> who, const Filter& filter, int count,
                                          std::string_view request_id) {
  RequestState request = make_request_state(who, shop_, subjects_, clock_.now());
  TRY_ASSIGN(request.filter, compile_filter(filter, shop_.catalog));
  request.count = static_cast<size_t>(std::clamp(count, 1, kCountMax));
  request.seed = seed_;
  request.request_id = request_id.empty() ? request_ids_.next(request.now) : std::string(request_id);
  return request;
}

void SearchService::add_language_to(QueryReading& reading, const std::string& text) {
  if (const auto unread = unread_words(reading, text, reader_.words()))
    if (const auto terms = language_.find(text))
      add_language(*terms, *unread, shop_.catalog.vocabulary(), reading);
}

QuizAnswers SearchService::describe(const StyleDescription& described) {
  const std::string home = currency_of(*shop_.catalog.snapshot(), currency_);
  DescribedAnswers answers(shop_.catalog, home);
  for (const std::string& part : description_parts(described.text, reader_)) {
    const auto mended = spelling_.mend(part);
    const std::string& text = mended ? mended->text : part;
    QueryReading reading = reader_.read(text, shop_.catalog, home);
    if (answers.add(reading)) continue;
    add_language_to(reading, text);
    answers.add(reading);
  }
  return std::move(answers).take();
}

Result<Answer> SearchService::by_words(const SearchRequest& asked, std::string_view request_id) {
  const StageClock stages;
  TRY_ASSIGN(RequestState request, begin(named_by(asked), asked.filter, asked.count, request_id));
  const auto mended = asked.literal ? std::nullopt : spelling_.mend(asked.query);
  const std::string& text = mended ? mended->text : asked.query;
  const std::string home = currency_of(*request.catalog, currency_);
  QueryReading reading = reader_.read(text, shop_.catalog, home);
  lift_veto(request.veto, reading, shop_.catalog.vocabulary());
  add_language_to(reading, text);
  QueryView view = view_of(reading, shop_.catalog);
  view.text = text;
  if (mended) {
    view.corrected = mended->text;
    for (const auto& [written, read] : mended->words) view.mended.push_back({written, read});
  }

  QueryLimits limits;
  if (!reading.sizes.empty()) limits.sizes = sizes_of(reading, asked.filter, shop_.catalog);
  if (!reading.sizes.empty() && !limits.sizes) view.ignored.emplace_back("size");
  const bool prices_count = reading.currency.empty() || home.empty() || reading.currency == home;
  if (prices_count && reading.price_min) limits.price_min = static_cast<float>(*reading.price_min);
  if (prices_count && reading.price_max) limits.price_max = static_cast<float>(*reading.price_max);
  if (!prices_count && (reading.price_min || reading.price_max)) view.ignored.emplace_back("price");

  WordSearch search(shop_, encoder_, reader_.words(), reading, request);
  limits.unwanted = search.match().unwanted();
  view.relaxed = narrow(request, limits, search.match());
  Answer answer = search.answer(contains(view.relaxed, std::string_view("unwanted")));
  for (size_t i = 0; i < answer.items.size(); ++i) {
    AnswerItem& shown = answer.items[i];
    const Slot slot = search.shown()[i];
    if (shown.position == 0)
      for (const auto facet : search.match().lacks(request.catalog->item(slot)))
        view.relaxed.emplace_back(facet);
    const Item& item = request.catalog->item(slot);
    auto words = matched_words(reading, item, reader_.words(), shop_.catalog.vocabulary());
    if (auto terms = matched_terms(reading, item, words, shop_.catalog.vocabulary()); !terms.empty())
      shown.reasons.push_back(reason_of_terms(std::move(terms)));
    if (!words.empty()) shown.reasons.push_back(reason_of_words(std::move(words)));
    if (search.likeness(slot).value_or(0) >= kNearQueryMin)
      shown.reasons.push_back({ReasonCode::kCloseInMeaning, {}});
  }
  if (answer.items.empty() && search.match().names_kind())
    view.relaxed.emplace_back(name_of(Facet::kCategory));
  answer.query = std::move(view);
  impressions_.log_found(request, answer, {.query = asked.query, .garment_id = {}});
  answer.took_ms = stages.total_ms();
  return answer;
}

Result<Answer> SearchService::by_photo(const RgbImage& photo, int count, const Who& who,
                                       std::string_view request_id) {
  const StageClock stages;
  if (encoder_ == nullptr)
    return Error{Code::kConflict, "this shop has no encoder, which search by photo needs", "",
                 "a text, or a shop whose embedding.model is not \"none\""};
  TRY_ASSIGN(RequestState request, begin(named_by(who), {}, count, request_id));
  TRY_ASSIGN(const auto seen, encoder_->encode_images({&photo, 1}));
  EligibleItems eligible(request);
  enum : size_t { kLooks, kKind, kColour };
  Findings<3> found({{{"visual", kPhotoLooks}, {"kind", kPhotoKind}, {"colour", kPhotoColour}}});
  std::vector<PhotoNeighbour> near;
  for (const auto& hit : shop_.indexes.nearest(seen.front().vector, kSearchCandidates, eligible.filter())) {
    const ItemFacts& item = request.catalog->facts(hit.slot);
    near.push_back({hit.score, item.category});
    found.at(item).values[kLooks] = std::clamp(hit.score, 0.0F, 1.0F);
  }
  const KindVote vote(std::move(near));
  const PaletteLikeness colours(seen.front().palette);
  for (auto& one : found.items()) {
    one.values[kKind] = vote.share(one.item.category, shop_.catalog.vocabulary());
    if (const auto its = shop_.embeddings.get(one.item.slot)) one.values[kColour] = colours.to(its->palette);
  }
  Answer answer = found.answer(request, shop_);
  for (auto& shown : answer.items)
    if (shown.score_breakdown[kLooks].value >= static_cast<double>(kNearQueryMin))
      shown.reasons.push_back({ReasonCode::kLooksLikePhoto, {}});
  impressions_.log_found(request, answer, {});
  answer.took_ms = stages.total_ms();
  return answer;
}

}  // namespace modiste
