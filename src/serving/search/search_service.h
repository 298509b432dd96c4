// Search by words, by a garment, by a photo.
//
// Threads: any. by_words() and by_photo() run the encoder.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "embedding/encoder.h"
#include "serving/api/requests.h"
#include "serving/events/impression_log.h"
#include "serving/query/query_reading.h"
#include "serving/query/query_spelling.h"
#include "serving/request/request_ids.h"
#include "serving/request/request_state.h"
#include "serving/search/language_readings.h"
#include "serving/search/style_description.h"

namespace modiste {

class SearchService {
 public:
  // encoder: null to search by words and attributes only. currency: of a shop whose garments name none; see
  // currency_of(). Borrows everything.
  SearchService(const Clock& clock, const ShopState& shop, const SubjectStore& subjects, Encoder* encoder,
                ImpressionQueue& impressions, std::string currency);

  // Corrects the spelling, reads the query (query_reading.h) and ranks garments that match what it states
  // first. A garment with a refused attribute, or outside its price or size, appears only when nothing else
  // is in stock. The answer's `query` says what was understood, mended and dropped. Where nothing is of the
  // kind that the query names, `query.relaxed` has "category" and the items are of comparable kinds, or none.
  // Words that say nothing to the reader count as a language model reads them, where one has. request_id: as
  // in Recommender. kInvalid with a pointer into the filter.
  Result<Answer> by_words(const SearchRequest& asked, std::string_view request_id = {});
  // Garments of a comparable kind (reason_rules.h) for the same wearers, those of its colour and pattern
  // first, by appearance and attributes; fewer than asked for where the shop has no more. kNotFound for a
  // garment or colour that is not sold.
  Result<Answer> similar(const SimilarRequest& asked, std::string_view request_id = {});
  // What others chose beside this garment, or bought with it, that this shopper may be shown; nothing where
  // fewer than two shoppers did. Its work does not grow with the shop (retrieval/co_choices.h). kNotFound as
  // for similar().
  Result<Answer> together(const TogetherRequest& asked, std::string_view request_id = {});
  // The answers to the quiz that a shopper's own words give, to be shown to them before they are sent. A part
  // of the text that answers nothing counts as a language model reads it, where one has.
  [[nodiscard]] QuizAnswers describe(const StyleDescription& described);
  // What a language model read in searches; nothing until somebody lets one read.
  [[nodiscard]] LanguageReadings& language() { return language_; }

  // kConflict without an encoder.
  Result<Answer> by_photo(const RgbImage& photo, int count, const Who& who, std::string_view request_id = {});

 private:
  Result<RequestState> begin(std::span<const Identifier> who, const Filter& filter, int count,
                             std::string_view request_id);

  // Adds what a language model read in the words of the text that the reading does not cover.
  void add_language_to(QueryReading& reading, const std::string& text);

  const Clock& clock_;
  const ShopState& shop_;
  const SubjectStore& subjects_;
  Encoder* encoder_;
  ImpressionQueue& impressions_;
  const std::string currency_;
  const QueryReader reader_;
  const QuerySpelling spelling_;
  LanguageReadings language_;
  RequestIds request_ids_;
  uint64_t seed_ = 0x6d6f6469737465;  // for breaking ties
};

}  // namespace modiste
