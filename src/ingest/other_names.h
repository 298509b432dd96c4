// Names that senders of any kind give the same things, for their tables of members. By snake case and, where
// senders write so, in camel case.
#pragma once

#include <array>

#include "ingest/draft.h"

namespace modiste {

// Of a product, beside its id and sku.
inline constexpr auto kOtherNumbers = std::to_array<Copy>({{"gtin", kAlsoKnownAs},
                                                           {"ean", kAlsoKnownAs},
                                                           {"upc", kAlsoKnownAs},
                                                           {"barcode", kAlsoKnownAs},
                                                           {"mpn", kAlsoKnownAs},
                                                           {"item_group_id", kAlsoKnownAs},
                                                           {"parent_sku", kAlsoKnownAs},
                                                           {"handle", kAlsoKnownAs}});

inline constexpr auto kOrderStates = std::to_array<Copy>({{"status", kOrderState},
                                                          {"order_status", kOrderState},
                                                          {"financial_status", kOrderState},
                                                          {"payment_status", kOrderState}});

inline constexpr auto kRatings = std::to_array<Copy>({{"rating", "rating"},
                                                      {"rating_value", "rating"},
                                                      {"star_rating", "rating"},
                                                      {"review_rating", "rating"},
                                                      {"stars", "rating"},
                                                      {"score", "rating"},
                                                      {"best_rating", kRatingBest},
                                                      {"bestRating", kRatingBest},
                                                      {"max_rating", kRatingBest},
                                                      {"rating_max", kRatingBest},
                                                      {"rating_scale", kRatingBest},
                                                      {"scale", kRatingBest}});

// One table after the other: of two names of one thing the first counts.
template <size_t A, size_t B>
constexpr std::array<Copy, A + B> joined(const std::array<Copy, A>& first, const std::array<Copy, B>& then) {
  std::array<Copy, A + B> both{};
  for (size_t i = 0; i < A; ++i) both[i] = first[i];
  for (size_t i = 0; i < B; ++i) both[A + i] = then[i];
  return both;
}

}  // namespace modiste
