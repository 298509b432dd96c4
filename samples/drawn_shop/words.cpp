#include "drawn_shop/words.h"

#include <map>

#include "base/text.h"
#include "drawn_shop/kinds.h"
#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

using namespace drawing;  // enums of the design

using WordTable = std::map<std::string, std::string>;  // by the name of an enum's value
struct Words {
  WordTable print, fit, silhouette, sleeve, neckline;
  std::vector<Rule<std::string>> length, noun, detail;
  std::vector<OccasionHabit> occasion;
};

}  // namespace
}  // namespace modiste::drawn_shop

namespace modiste {

template <>
struct Contract<drawn_shop::OccasionHabit> {
  using T = drawn_shop::OccasionHabit;
  static constexpr auto kFields =
      Fields{field("name", &T::name, drawn_shop::kNeeded), field("phrase", &T::phrase, drawn_shop::kNeeded),
             field("share", &T::share, drawn_shop::within(0, 1)),
             field("formality", &T::formality, drawn_shop::within(0, 1)), field("one_piece", &T::one_piece)};
};
template <>
struct Contract<drawn_shop::Words> {
  using T = drawn_shop::Words;
  static constexpr auto kFields = Fields{field("print", &T::print, drawn_shop::kNeeded),
                                         field("fit", &T::fit, drawn_shop::kNeeded),
                                         field("silhouette", &T::silhouette, drawn_shop::kNeeded),
                                         field("sleeve", &T::sleeve, drawn_shop::kNeeded),
                                         field("neckline", &T::neckline, drawn_shop::kNeeded),
                                         field("length", &T::length, drawn_shop::kNeeded),
                                         field("noun", &T::noun, drawn_shop::kNeeded),
                                         field("detail", &T::detail, drawn_shop::kNeeded),
                                         field("occasion", &T::occasion, drawn_shop::kNeeded)};
};

}  // namespace modiste

namespace modiste::drawn_shop {
namespace {

template <NamedEnum E>
Result<Done> check_names(const WordTable& table, const std::string& where) {
  for (const auto& [name, word] : table)
    if (!enum_from_name<E>(name))
      return unknown_word(name, where + "/" + name,
                          fmt::format("one of {}", fmt::join(EnumNames<E>::kNames, ", ")));
  return kOk;
}

Result<Done> check(const Words& words) {
  TRY(check_names<Print>(words.print, "/print"));
  TRY(check_names<Fit>(words.fit, "/fit"));
  TRY(check_names<Silhouette>(words.silhouette, "/silhouette"));
  TRY(check_names<Sleeve>(words.sleeve, "/sleeve"));
  TRY(check_names<Neckline>(words.neckline, "/neckline"));
  for (size_t i = 0; i < words.occasion.size(); ++i)
    if (Vocabulary::standard().find(Facet::kOccasion, words.occasion[i].name) == nullptr)
      return unknown_word(words.occasion[i].name, fmt::format("/occasion/{}/name", i),
                          "an occasion of the vocabulary");
  TRY(check_rules(words.length, "/length"));
  TRY(check_rules(words.noun, "/noun"));
  return check_rules(words.detail, "/detail");
}

const Words& words() {
  static const Words kWords = read_own<Words>("words.toml");
  return kWords;
}

template <NamedEnum E>
std::string_view word_of(const WordTable& table, E value) {
  const auto found = table.find(std::string(name_of(value)));
  return found == table.end() ? std::string_view() : found->second;
}

std::string_view first_text(const std::vector<Rule<std::string>>& rules, const Design& d) {
  const std::string* text = first_fitting(rules, d);
  return text == nullptr ? std::string_view() : *text;
}

}  // namespace

std::vector<std::string> material_words(const Design& d, std::string_view aesthetic) {
  std::vector<std::string> said{market_of(d.material).word};
  const bool eco = aesthetic == "eco" || aesthetic == "utility";
  if (eco && d.material == Material::kCotton) said[0] = "organic cotton";
  if (eco && (d.material == Material::kNylon || d.material == Material::kPolyester))
    said[0] = "recycled " + said[0];
  if (d.kind == Kind::kPuffer) said.emplace_back("down");
  if (d.kind == Kind::kLeggings) said.emplace_back("elastane");
  if (d.kind == Kind::kSunglasses) said = {"acetate"};
  if (d.kind == Kind::kWatch)
    said = {"stainless steel", d.material == Material::kLeather ? "leather" : "steel"};
  switch (d.knit) {
    case Knit::kRib:
      said.emplace_back("rib knit");
      break;
    case Knit::kCable:
      said.emplace_back("cable knit");
      break;
    case Knit::kFine:
    case Knit::kChunky:
      said.emplace_back("knit");
      break;
    case Knit::kNone:
      break;
  }
  return said;
}

std::string material_phrase(const Design& d, std::string_view aesthetic) {
  const std::string material = material_words(d, aesthetic)[0];
  switch (d.knit) {
    case Knit::kFine:
      return "fine-gauge " + material;
    case Knit::kRib:
      return "ribbed " + material;
    case Knit::kCable:
      return "cable-knit " + material;
    case Knit::kChunky:
      return "chunky " + material;
    case Knit::kNone:
      break;
  }
  if (d.kind == Kind::kTee || d.kind == Kind::kSweatshirt || d.kind == Kind::kHoodie)
    return material == "cotton" ? "brushed cotton" : material;
  if (d.material == Material::kMetal && d.kind == Kind::kWatch) return "stainless steel";
  return material;
}

std::string_view print_word(Print print) { return word_of(words().print, print); }
std::string_view fit_word(Fit fit) { return word_of(words().fit, fit); }
std::string_view silhouette_word(Silhouette silhouette) { return word_of(words().silhouette, silhouette); }
std::string_view sleeve_word(Sleeve sleeve) { return word_of(words().sleeve, sleeve); }
std::string_view neckline_word(Neckline neckline) { return word_of(words().neckline, neckline); }

std::string_view length_word(const Design& d) { return first_text(words().length, d); }
std::string_view detail_text(const Design& d) { return first_text(words().detail, d); }

std::string noun_of(const Design& d) {
  const std::string_view noun = first_text(words().noun, d);
  return noun.empty() ? ascii_lower(market_of(d.kind).noun) : std::string(noun);
}

const std::vector<OccasionHabit>& occasion_habits() { return words().occasion; }

}  // namespace modiste::drawn_shop
