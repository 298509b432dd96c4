// A search for what a query says: the garments that may be meant, compared. Lives for one request.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "embedding/encoder.h"
#include "serving/answer/findings.h"
#include "serving/query/query_reading.h"
#include "serving/request/request_state.h"
#include "serving/search/query_match.h"

namespace modiste {

class WordSearch {
 public:
  // encoder: null to compare by words and attributes only. words: of the reader that made the reading.
  // Borrows all.
  WordSearch(const ShopState& shop, Encoder* encoder, const QueryWords& words, const QueryReading& reading,
             RequestState& request);

  [[nodiscard]] const QueryMatch& match() const { return match_; }

  // allows_unwanted: what the query refuses may be shown, as nothing else is in stock.
  [[nodiscard]] Answer answer(bool allows_unwanted);
  // Of the answer's items, in their order.
  [[nodiscard]] const std::vector<Slot>& shown() const { return found_.shown(); }
  // Cosine of the item with the query; empty without an encoder or vector.
  [[nodiscard]] std::optional<float> likeness(Slot slot) const;

 private:
  enum : size_t { kStated, kWords, kMeaning, kSuits, kStyle };
  static std::array<Comparison, 5> weights(const QueryMatch& match);

  void understand();
  // strictly: only items that have all that is stated.
  void collect(bool strictly);
  // "Something nice": words, of which none tells what is looked for.
  [[nodiscard]] bool says_nothing() const;
  // For a query of limits only ("under 50") or of no telling word, and for an occasion or season that nothing
  // names: then what goes with it by its kind.
  void collect_any();
  // Where too little is of the kind that the query names, what is nearest in meaning may be of any kind
  // (sandals for "pyjamas", a scarf for "dress under 60"). What a shopper would take in its place comes
  // instead, and that may be nothing.
  void take_near_kinds();
  // What is popular, then the rest of what may be shown.
  void fill(const SlotBits& eligible);
  void compare();

  const ShopState& shop_;
  Encoder* encoder_;
  const QueryWords& words_;
  const QueryReading& reading_;
  RequestState& request_;
  const QueryMatch match_;
  Findings<5> found_;
  Vector meaning_;
};

}  // namespace modiste
