#include "serving/request/outfit_looks.h"

#include <array>

#include "base/rng.h"
#include "context/weather_fit.h"
#include "embedding/lab.h"
#include "serving/request/request_state.h"

namespace modiste {
namespace {

using outfits::Wearable;

// The supplier's word for the colour says more than a photo with a background and a face; a word that stands
// for many colours says nothing.
std::optional<Lab> colour_seen(const ItemFacts& facts, const ItemEmbedding* embedding,
                               const Vocabulary& vocabulary) {
  if (facts.colour != kNoTerm && vocabulary.term(facts.colour).lab) return vocabulary.term(facts.colour).lab;
  if (embedding == nullptr || embedding->palette.empty()) return std::nullopt;
  const auto colour = parse_hex(embedding->palette.front());
  return colour.ok() ? std::optional(to_lab(*colour)) : std::nullopt;
}

uint8_t seasons_of(const ItemFacts& facts, const Vocabulary& vocabulary) {
  const auto seasons = vocabulary.terms(Facet::kSeason);
  uint8_t bits = 0;
  for (const TermId term : facts.terms) {
    if (vocabulary.term(term).facet != Facet::kSeason) continue;
    const size_t place = term - seasons.front().id;
    if (place < kSeasonCount) bits = static_cast<uint8_t>(bits | (1U << place));
    if (vocabulary.term(term).name == "all-season") bits = outfits::kAllYear;
  }
  return bits;
}

uint64_t key_of(const Wearable& look, Slot slot, const ItemEmbedding* embedding) {
  uint64_t key = mix64(slot + 1) ^ (embedding == nullptr ? 0 : mix64(embedding->source_hash));
  const auto add = [&](uint64_t value) { key = mix64(key ^ mix64(value)); };
  for (const TermId term : look.terms) add(term);
  if (look.colour) add(static_cast<uint64_t>(look.colour->l * 8) << 32 ^ hash64(look.title));
  add(static_cast<uint64_t>(look.formality.value_or(2) * 1e6));
  return key | 1;
}

double value_of(Suits suits) {
  return suits == Suits::kYes ? 1 : suits == Suits::kUnknown ? kUnknownSuits : kUnsuited;
}

bool occasion_told(const Context& context) { return context.occasions_known == Provenance::kExplicit; }
bool warmth_known(const Context& context) { return context.warmth_known >= Provenance::kPlace; }

}  // namespace

Wearable wearable_of(const Item& item, const ItemEmbedding* embedding, const Vocabulary& vocabulary) {
  const ItemFacts& facts = item.facts;
  Wearable look;
  look.role = role_of(facts, vocabulary);
  if (facts.category != kNoTerm) look.category = facts.category;
  look.colour = colour_seen(facts, embedding, vocabulary);
  for (const TermId term : facts.terms)
    if (vocabulary.term(term).facet == Facet::kPattern) look.pattern = term;
  look.formality = dressiness_of(facts, vocabulary);
  look.warmth = warmth_of(facts, vocabulary);
  look.seasons = seasons_of(facts, vocabulary);
  look.terms = facts.terms;
  if (embedding != nullptr) look.vector = embedding->vector;
  if (item.garment != nullptr) {
    look.title = item.garment.title();
    look.garment = hash64(item.garment.id());
  }
  look.key = key_of(look, facts.slot, embedding);
  return look;
}

std::optional<double> dressiness_of(const ItemFacts& item, const Vocabulary& vocabulary) {
  constexpr double kCategoryParts = 3;
  std::optional<double> kind;
  for (std::optional<TermId> term = item.category == kNoTerm ? std::nullopt : std::optional(item.category);
       term && !kind; term = vocabulary.term(*term).parent)
    if (const auto formality = vocabulary.term(*term).formality) kind = static_cast<double>(*formality);
  double sum = 0;
  int known = 0;
  for (const TermId id : item.terms) {
    const Term& term = vocabulary.term(id);
    if (term.facet == Facet::kCategory || term.facet == Facet::kColour || !term.formality) continue;
    sum += static_cast<double>(*term.formality), ++known;
  }
  if (known == 0) return kind;
  if (!kind) return sum / known;
  return (kCategoryParts * *kind + sum / known) / (kCategoryParts + 1);
}

uint8_t wearers_of_department(TermId department, const Vocabulary& vocabulary) {
  constexpr std::array<std::pair<std::string_view, uint8_t>, 7> kBits{
      {{"women", 1}, {"men", 2}, {"unisex", 3}, {"girls", 4}, {"boys", 8}, {"kids", 12}, {"baby", 16}}};
  if (department == kNoTerm) return outfits::Option::kAnyWearer;
  const std::string& name = vocabulary.term(department).name;
  for (const auto& [word, bits] : kBits)
    if (word == name) return bits;
  return outfits::Option::kAnyWearer;
}

std::optional<TermId> department_worn(const ItemFacts& item, const std::vector<TermId>& departments,
                                      const Vocabulary& vocabulary) {
  const bool anyones = item.department == kNoTerm || vocabulary.term(item.department).name == "unisex";
  std::optional<TermId> own;
  size_t adults = 0;
  for (const TermId department : departments)
    if (!is_childrens(vocabulary.term(department))) own = department, ++adults;
  if (anyones && adults == 1) return own;
  return item.department == kNoTerm ? std::nullopt : std::optional(item.department);
}

outfits::WornFor worn_for(const std::optional<Context>& context) {
  outfits::WornFor worn;
  if (!context) return worn;
  if (occasion_told(*context)) worn.occasion = context->occasion();
  if (warmth_known(*context)) worn.warmth = context->warmth;
  const Season season = context->season();
  worn.coat_season = context->seasons_known == Provenance::kExplicit &&
                     (season == Season::kAutumn || season == Season::kWinter);
  worn.wet = context->wet;
  return worn;
}

uint64_t currency_code(const Item& item) {
  const std::string_view currency = item.garment.currency();
  return currency.empty() ? 0 : hash64(currency);
}

double context_fit(const ItemFacts& item, const std::optional<Context>& context,
                   const Vocabulary& vocabulary) {
  if (!context) return 1;
  double sum = 0;
  int known = 0;
  const auto add = [&](double value) { sum += value, ++known; };
  if (occasion_told(*context)) {
    add(value_of(suits_occasion(item, context->occasion(), vocabulary)));
    const auto dressy = dressiness_of(item, vocabulary);
    const double fit = dressy ? outfits::formality_of(context->occasion()).fit(*dressy) : kUnknownSuits;
    // A hoodie is not worn to a wedding because it is warm.
    if (fit == 0) return kUnsuited;
    add(fit);
  }
  if (warmth_known(*context)) {
    const Suits season = suits_season(item, context->seasons, vocabulary);
    // Under a coat a light top is right; its own season, where the shop names one, still counts.
    const bool under = role_of(item, vocabulary) == OutfitRole::kTop && context->warmth > 0.4;
    const Suits warmth = under ? Suits::kUnknown : suits_weather(item, *context, vocabulary);
    const Suits weather =
        season != Suits::kUnknown ? std::max(season, warmth == Suits::kNo ? warmth : season) : warmth;
    // A coat is there for the weather: a denim jacket is not one in winter, whatever else it suits.
    if (weather == Suits::kNo && role_of(item, vocabulary) == OutfitRole::kOuter) return kUnsuited;
    add(value_of(weather));
  }
  return known == 0 ? 1 : sum / known;
}

}  // namespace modiste
