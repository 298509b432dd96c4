#include "http/reason_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace modiste::http {
namespace {

struct Template {
  ReasonCode code;
  std::string_view text;
};

// {terms}, {style}, ... are the members of ReasonArgs; {upper} and {lower} the first two terms.
constexpr std::array<Template, EnumNames<ReasonCode>::kNames.size()> kTemplates{
    Template{ReasonCode::kLikesTerms, "You lean to {terms}"},
    Template{ReasonCode::kWantsTermsNow, "Right now you look for {terms}"},
    Template{ReasonCode::kStyleLikesTerms, "Your style “{style}” leans to {terms}"},
    Template{ReasonCode::kLooksLikeLiked, "Looks like the {title} you {chosen}"},
    Template{ReasonCode::kLikedBrand, "From {brand}, which you like"},
    Template{ReasonCode::kLikeMinded, "Chosen by shoppers with your taste"},
    Template{ReasonCode::kForOccasion, "For {occasion}"},
    Template{ReasonCode::kForSeason, "For {season}"},
    Template{ReasonCode::kWarmEnough, "Warm enough for {temperature} °C"},
    Template{ReasonCode::kLightEnough, "Light enough for {temperature} °C"},
    Template{ReasonCode::kForRain, "For rain"},
    Template{ReasonCode::kForWind, "For wind"},
    Template{ReasonCode::kLooksLikeLast, "Looks like what you saw last"},
    Template{ReasonCode::kNewArrival, "New here"},
    Template{ReasonCode::kLikedInStyle, "Popular lately in {style}"},
    Template{ReasonCode::kMuchLiked, "Popular here lately"},
    Template{ReasonCode::kFirstLook, "A first look at the shop"},
    Template{ReasonCode::kExplored, "Something different, to learn what you like"},
    Template{ReasonCode::kUsualSize, "Your usual size"},
    Template{ReasonCode::kSizeByBody, "Size based on your measurements"},
    Template{ReasonCode::kRunsSmall, "Runs small: take {size}"},
    Template{ReasonCode::kRunsLarge, "Runs large: take {size}"},
    Template{ReasonCode::kRunsSlightlySmall, "Runs a little small"},
    Template{ReasonCode::kRunsSlightlyLarge, "Runs a little large"},
    Template{ReasonCode::kSaysWords, "Mentions {words}"},
    Template{ReasonCode::kCloseInMeaning, "Close in meaning to your words"},
    Template{ReasonCode::kSharesTerms, "{terms} too"},
    Template{ReasonCode::kLooksLikePhoto, "Looks like your photo"},
    Template{ReasonCode::kAskedFor, "{terms}, as you asked"},
    Template{ReasonCode::kColoursGo, "{terms} go together"},
    Template{ReasonCode::kOneFormality, "Equally formal pieces"},
    Template{ReasonCode::kOnePrint, "One print, {terms}; the rest is plain"},
    Template{ReasonCode::kBalanced, "Balanced: {upper} above, {lower} below"},
    Template{ReasonCode::kGoesWith, "Goes with the {title}"},
    Template{ReasonCode::kWithinBudget, "Within your budget"},
    Template{ReasonCode::kByShop, "Put together by the shop{named}"},
    Template{ReasonCode::kByShopInPart, "From a shop outfit{named}, with other {terms}"},
    Template{ReasonCode::kWorksWithOwned, "Works with {owned}"},
    Template{ReasonCode::kSuitsProportions, "{note}"},
    Template{ReasonCode::kChosenWith, "Chosen with the {title} by {count} shoppers"},
    Template{ReasonCode::kBoughtWith, "Bought with the {title} by {count} shoppers"}};

constexpr bool in_order_of_codes() {
  for (size_t i = 0; i < kTemplates.size(); ++i)
    if (static_cast<size_t>(kTemplates[i].code) != i) return false;
  return true;
}
static_assert(in_order_of_codes());

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
      fmt::runtime(kTemplates[static_cast<size_t>(reason.code)].text),
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
