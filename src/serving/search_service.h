// Search by words, by a garment, by a photo.
//
// Threads: any. by_words() and by_photo() run the encoder.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "embedding/encoder.h"
#include "serving/request_ids.h"
#include "serving/request_state.h"
#include "serving/requests.h"

namespace modiste {

class SearchService {
 public:
  // encoder: null to search by words and attributes only. Borrows everything.
  SearchService(const Clock& clock, const ShopState& shop, const SubjectStore& subjects, Encoder* encoder)
      : clock_(clock), shop_(shop), subjects_(subjects), encoder_(encoder) {}

  // request_id: as in Recommender. kInvalid with a pointer into the filter.
  Result<Answer> by_words(const SearchRequest& asked, std::string_view request_id = {});
  // Garments similar to one garment in appearance and attributes. kNotFound for a garment or colour
  // that is not sold.
  Result<Answer> similar(const SimilarRequest& asked, std::string_view request_id = {});
  // kUnavailable without an encoder.
  Result<Answer> by_photo(const RgbImage& photo, int count, const Who& who, std::string_view request_id = {});

 private:
  Result<RequestState> begin(std::span<const Identifier> who, const Filter& filter, int count,
                             std::string_view request_id);

  const Clock& clock_;
  const ShopState& shop_;
  const SubjectStore& subjects_;
  Encoder* encoder_;
  RequestIds request_ids_;
  uint64_t seed_ = 0x6d6f6469737465;  // for breaking ties
};

}  // namespace modiste
