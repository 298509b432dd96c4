#include "serving/search/search_service.h"

#include <algorithm>
#include <optional>

#include "base/contains.h"
#include "embedding/palette_likeness.h"
#include "serving/answer/findings.h"
#include "serving/catalog/catalog_views.h"
#include "serving/request/eligible_items.h"
#include "serving/request/reason_rules.h"
#include "serving/request/stage_clock.h"
#include "serving/search/language_signal.h"
#include "serving/search/photo_match.h"
#include "serving/search/query_limits.h"
#include "serving/search/query_match.h"
#include "serving/search/query_reasons.h"
#include "serving/search/query_view.h"
#include "serving/search/reasonless.h"
#include "serving/search/word_search.h"
#include "serving/state/stated_preferences.h"
#include "serving/state/vetoes.h"

namespace modiste {
namespace {

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
  const Vocabulary& vocabulary = shop_.catalog.vocabulary();
  Answer answer = search.answer(contains(view.relaxed, std::string_view("unwanted")));
  for (size_t i = 0; i < answer.items.size(); ++i) {
    AnswerItem& shown = answer.items[i];
    const Slot slot = search.shown()[i];
    if (shown.position == 0)
      for (const auto facet : search.match().lacks(request.catalog->item(slot)))
        view.relaxed.emplace_back(facet);
    for (Reason& reason : reasons_of(reading, request.catalog->item(slot), reader_.words(), vocabulary))
      shown.reasons.push_back(std::move(reason));
    if (search.likeness(slot).value_or(0) >= kNearQueryMin)
      shown.reasons.push_back({ReasonCode::kCloseInMeaning, {}});
  }
  if (answer.items.empty() && search.match().names_kind())
    view.relaxed.emplace_back(name_of(Facet::kCategory));
  if (understands_nothing(view) && !answer.items.empty() && is_without_reasons(answer))
    view.ignored.emplace_back("words");
  else if (wants_something(view))
    say_where_unlike(request, answer);
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
  const SlotBits eligible = eligible_items(request);
  enum : size_t { kLooks, kKind, kColour };
  Findings<3> found({{{"visual", kPhotoLooks}, {"kind", kPhotoKind}, {"colour", kPhotoColour}}});
  for (const auto& hit : shop_.indexes.nearest(seen.front().vector, kSearchCandidates, SlotFilter(eligible)))
    found.at(request.catalog->facts(hit.slot)).values[kLooks] = std::clamp(hit.score, 0.0F, 1.0F);
  const auto kinds = shop_.photo_kinds.shown_by(seen.front().vector, request.now);
  const PaletteLikeness palette(seen.front().palette);
  std::vector<PhotoNeighbour> near_in_colour;
  for (auto& one : found.items()) {
    one.values[kKind] = share_of_kind(kinds, one.item.category, shop_.catalog.vocabulary());
    if (const auto its = shop_.embeddings.get(one.item.slot)) one.values[kColour] = palette.to(its->palette);
    near_in_colour.push_back({one.values[kColour], request.catalog->facts(one.item.slot).colour});
  }
  const auto colours = vote(std::move(near_in_colour));
  for (auto& one : found.items())
    one.values[kColour] =
        colour_match(one.values[kColour], request.catalog->facts(one.item.slot).colour, colours);
  Answer answer = found.answer(request, shop_);
  for (auto& shown : answer.items)
    if (shown.score_breakdown[kLooks].value >= static_cast<double>(kNearQueryMin))
      shown.reasons.push_back({ReasonCode::kLooksLikePhoto, {}});
  say_where_unlike(request, answer);
  impressions_.log_found(request, answer, {});
  answer.took_ms = stages.total_ms();
  return answer;
}

}  // namespace modiste
