#include "http/reason_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace modiste::http {
namespace {

// In the order of ReasonCode. {terms}, {style}, ... are the members of ReasonArgs; {upper} and
// {lower} the first two terms.
constexpr std::array<std::string_view, EnumNames<ReasonCode>::kNames.size()> kTemplates{
    "You lean to {terms}",
    "Right now you look for {terms}",
    "Your style “{style}” leans to {terms}",
    "Looks like the {title} you {chosen}",
    "From {brand}, which you like",
    "Chosen by shoppers with your taste",
    "For {occasion}",
    "For {season}",
    "Warm enough for {temperature} °C",
    "Light enough for {temperature} °C",
    "For rain",
    "For wind",
    "Looks like what you saw last",
    "New here",
    "Liked lately among {style}",
    "Much liked here lately",
    "A first look at the shop",
    "Something different, to learn what you like",
    "Your usual size",
    "By what you said of your body",
    "Runs small: take {size}",
    "Runs large: take {size}",
    "Runs a little small",
    "Runs a little large",
    "Says {words}",
    "Close in meaning to your words",
    "Also {terms}",
    "Looks like your photo",
    "{terms}, as you asked",
    "{terms} go together",
    "All of it equally dressy",
    "One print, {terms}; the rest is plain",
    "Balanced: {upper} above, {lower} below",
    "Goes with the {title}",
    "Within your budget",
    "Put together by the shop{named}",
    "From an outfit of the shop{named}; other: {terms}",
    "Works with {owned}",
    "{note}",
    "Chosen with the {title} by {count} shoppers",
    "Bought with the {title} by {count} shoppers"};

constexpr std::array<std::string_view, kOccasionCount> kOccasions{
    "work",   "every day",   "a party",    "a formal occasion", "a wedding",
    "a date", "doing sport", "travelling", "the beach",         "staying in"};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

// The term at a place, as it stands within a sentence.
std::string term_at(const ReasonArgs& args, size_t place) {
  return args.terms && place < args.terms->size() ? ascii_lower((*args.terms)[place]) : std::string();
}

std::string quoted(const std::vector<std::string>& words) {
  return fmt::format("“{}”", fmt::join(words, "”, “"));
}

void word_list(std::vector<Reason>& reasons) {
  for (Reason& reason : reasons) reason.text = reason_text(reason);
}

// How a shopper counts what they have.
std::string owned_words(const ReasonArgs& args) {
  constexpr std::array<std::string_view, 13> kNumbers{"no",   "one",    "two",   "three", "four",
                                                      "five", "six",    "seven", "eight", "nine",
                                                      "ten",  "eleven", "twelve"};
  const int count = args.count.value_or(0);
  if (count == 1) return fmt::format("the {} you own", args.title.value_or("garment"));
  const auto place = static_cast<size_t>(std::max(count, 0));
  return fmt::format("{} things you own",
                     place < kNumbers.size() ? std::string(kNumbers[place]) : std::to_string(count));
}

std::string_view chosen_words(std::optional<EventType> how) {
  return how == EventType::kPurchase ? "bought" : how == EventType::kAddToCart ? "put in your bag" : "liked";
}

}  // namespace

std::string reason_text(const Reason& reason) {
  const ReasonArgs& args = reason.args;
  return fmt::format(
      fmt::runtime(kTemplates[static_cast<size_t>(reason.code)]),
      fmt::arg("terms", joined(args.terms.value_or(std::vector<std::string>()))),
      fmt::arg("upper", term_at(args, 0)), fmt::arg("lower", term_at(args, 1)),
      fmt::arg("words", quoted(args.words.value_or(std::vector<std::string>()))),
      fmt::arg("count", args.count.value_or(0)), fmt::arg("style", args.style.value_or("")),
      fmt::arg("title", args.title.value_or("")), fmt::arg("brand", args.brand.value_or("")),
      fmt::arg("size", args.size.value_or("")),
      fmt::arg("occasion", args.occasion ? kOccasions[static_cast<size_t>(*args.occasion)] : ""),
      fmt::arg("named", args.title && !args.title->empty() ? fmt::format(": “{}”", *args.title) : ""),
      fmt::arg("owned", owned_words(args)), fmt::arg("chosen", chosen_words(args.chosen_by)),
      fmt::arg("note", args.note.value_or("")), fmt::arg("season", args.season ? name_of(*args.season) : ""),
      fmt::arg("temperature", std::lround(args.temperature_c.value_or(0))));
}

void word_reasons(Answer& answer) {
  for (AnswerItem& item : answer.items) word_list(item.reasons);
  if (answer.context) word_list(answer.context->wanted);
}

void word_reasons(OutfitAnswer& answer) {
  for (ComposedOutfit& outfit : answer.outfits) {
    word_list(outfit.reasons);
    for (OutfitPieceView& piece : outfit.pieces) word_list(piece.item.reasons);
  }
  if (answer.context) word_list(answer.context->wanted);
}

void word_reasons(LooksAnswer& answer) {
  for (LookView& look : answer.looks) {
    word_list(look.reasons);
    for (OutfitPieceView& piece : look.pieces) word_list(piece.item.reasons);
  }
  if (answer.context) word_list(answer.context->wanted);
}

}  // namespace modiste::http
