// Builds an event in Modiste's format from a sender's values, which may have other names and types. Internal
// to translation.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "ingest/sent_members.h"

namespace modiste {

// Where each member came from: our pointer ("/garment_id", "/items/3") -> JSON pointer into the sender's
// body.
using Sources = std::map<std::string, std::string, std::less<>>;

struct Translated {
  json::value event;  // in our spelling; read and validated like any other
  Sources sources;
  std::vector<Error> left_out;  // members that could not be read and are not needed; where: in our spelling
  std::string line_number;      // Event::line_number
  std::vector<std::string> also_known_as;                     // Event::also_known_as
  std::vector<std::vector<std::string>> items_also_known_as;  // of each of the items
};

// A member of the sender's object ("page.referrer") and ours for it ("context.referrer").
struct Copy {
  std::string_view from, to;
};
// What the API has no member for and is read all the same: other ids of the product; where the scale of a
// rating ends; the state of an order.
inline constexpr std::string_view kAlsoKnownAs = "also_known_as", kRatingBest = "rating_best",
                                  kOrderState = "order_state";

// Maps our pointer to the one into the sender's body; `otherwise` when there is no mapping.
[[nodiscard]] std::string source_of(const Sources& sources, std::string_view ours,
                                    std::string_view otherwise);

class Draft {
 public:
  // Makes a value what our member's type asks for, where that is certain: numbers as text, text as numbers,
  // money as parse_money() reads it, seconds, milliseconds or microseconds since 1970 as times, other words
  // for our reasons of a return. The first value for a member counts, unless it is of another type than the
  // member's and a later one is not; null and empty text count as absent, and so, with a warning, does what
  // senders write where they have no id.
  void take(std::string_view member, const json::value& value, std::string pointer);
  // A member that has no name of ours.
  void take_unknown(std::string_view member, const json::value& value, std::string pointer);
  void copy(const json::object& from, std::string_view base, std::span<const Copy> members);
  // An item that was shown, at this place or, without one, at the next.
  void show(json::object item, std::string pointer, std::vector<std::string> also_known_as = {},
            std::optional<size_t> place = {});
  // Another id of the garment; a member of that name in a list of copies means the same.
  void add_id(const json::value& id);
  // Which line of its order it is about, by the sender's own number.
  void name_line(std::string number) { line_number_ = std::move(number); }
  [[nodiscard]] std::vector<std::string> other_ids() const { return also_known_as_; }
  void put(std::string_view member, json::value value) { event_[member] = std::move(value); }
  void drop(std::string_view member) { event_.erase(member); }
  // Whether it is said to be of no piece: taken out of an order or a cart before it was sent. Fewer than none
  // of an order is a return.
  [[nodiscard]] bool is_of_no_piece() const;
  // Whether it is of an order that came to nothing: one that was cancelled or never paid, or a return whose
  // reason is that.
  [[nodiscard]] bool is_of_no_order() const;
  [[nodiscard]] bool has(std::string_view member) const { return event_.contains(member); }
  [[nodiscard]] bool names_a_product() const {
    return has("garment_id") || has("sku") || !also_known_as_.empty();
  }

  // The member as it stands; empty when it is absent or no text.
  [[nodiscard]] std::string_view text(std::string_view member) const { return text_at(event_, member); }

  // What cannot be read and is not needed by the event's type is left out (leave_out.h). What is needed
  // stays, to be refused by name. "1.299" is read as the event's currency has it.
  [[nodiscard]] Translated finish() &&;

 private:
  void read_pieces_that_go_back();
  // True: the value needs no further reading.
  bool read_aside(std::string_view member, const json::value& value);
  // A text that is money becomes its amount; another stays. home: as parse_money() takes it.
  void read_money(json::value& value, std::string_view home);

  std::string line_number_;
  std::vector<Error> no_ids_;  // what was sent as an id or a time, and says nothing
  std::vector<std::string> also_known_as_;
  std::vector<std::vector<std::string>> items_also_known_as_;
  bool order_failed_ = false, cancelled_ = false;  // by its state, by the reason
  bool rating_has_scale_ = false;                  // "9/10"
  double rating_best_ = 0;                         // of the scale that is named apart; 0: none is
  std::string currency_;                           // that a price was written with, where no currency is said
  json::object event_;
  Sources sources_;
};

}  // namespace modiste
