// The facts of one colour of a garment, as filters and rankers read them (catalog/catalog.h).
#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "catalog/catalog.h"
#include "catalog/garment_attributes.h"
#include "catalog/garment_chart.h"

namespace modiste {
namespace {

// Below this confidence a term is a guess that filters and affinities should not use.
constexpr float kConfidenceMin = 0.4F;

const Term* understood(const Attribute& attribute, const Vocabulary& vocabulary) {
  if (attribute.confidence < kConfidenceMin) return nullptr;
  return vocabulary.find(attribute.facet, attribute.term);
}

// The most confident term of a facet; the supplier's terms take precedence over the photo's.
TermId best_term(const std::vector<const Attribute*>& attributes, Facet facet, const Vocabulary& vocabulary) {
  const Attribute* best = nullptr;
  for (const Attribute* one : attributes) {
    const Attribute& attribute = *one;
    if (attribute.facet != facet || understood(attribute, vocabulary) == nullptr) continue;
    const auto rank = [](const Attribute& a) {
      return a.confidence + (a.source == AttributeSource::kSupplier ? 1.0F : 0.0F);
    };
    if (best == nullptr || rank(attribute) > rank(*best)) best = &attribute;
  }
  return best == nullptr ? kNoTerm : vocabulary.find(facet, best->term)->id;
}

// The family of one colour: what the supplier's word means, else any known colour if the garment
// has only one colour.
TermId colour_term(const Garment& garment, std::string_view colour, const Vocabulary& vocabulary) {
  const std::string wanted = ascii_lower(colour);
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == Facet::kColour && ascii_lower(attribute.word) == wanted)
      if (const Term* term = understood(attribute, vocabulary)) return term->id;
  if (colours_of(garment).size() != 1) return kNoTerm;
  return best_term(attributes_of(garment, colour), Facet::kColour, vocabulary);
}

// name: of the colour; "Black/White" is of both.
std::vector<TermId> terms_of(const std::vector<const Attribute*>& attributes, std::string_view name,
                             TermId colour, const Vocabulary& vocabulary) {
  std::vector<TermId> terms;
  for (const Attribute* attribute : attributes) {
    const Term* term = understood(*attribute, vocabulary);
    if (term == nullptr) continue;
    if (attribute->facet == Facet::kColour && (attribute->source != AttributeSource::kSupplier ||
                                               ascii_lower(attribute->word) != ascii_lower(name)))
      continue;
    terms.push_back(term->id);
    if (attribute->facet != Facet::kColour)  // a lover of bombers likes jackets too; suede is leather
      for (auto up = term->parent; up; up = vocabulary.term(*up).parent) terms.push_back(*up);
  }
  if (colour != kNoTerm) terms.push_back(colour);
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  if (terms.size() > kItemTermsMax) terms.resize(kItemTermsMax);
  return terms;
}

void fill_price_and_stock(const Garment& garment, std::string_view colour, const SizeContext& context,
                          ItemFacts& facts) {
  std::optional<double> in_stock, any;
  float sizes = 0, sizes_held = 0;
  for (const auto& variant : garment.variants) {
    if (variant.colour != colour) continue;
    ++sizes;
    if (const double list = variant.list_price.value_or(0); list > variant.price)
      facts.discount = std::max(facts.discount, static_cast<float>(1 - variant.price / list));
    any = std::min(any.value_or(variant.price), variant.price);
    if (variant.stock <= 0) continue;
    ++sizes_held;
    in_stock = std::min(in_stock.value_or(variant.price), variant.price);
    for (const SizeId size : parse_sizes(variant.size, context)) facts.sizes_in_stock.set(size);
  }
  facts.in_stock = in_stock.has_value();
  if (sizes > 0) facts.stock_share = sizes_held / sizes;
  facts.price = static_cast<float>(in_stock.value_or(any.value_or(0)));
}

std::bitset<kFacetCount> facets_seen(const std::vector<const Attribute*>& attributes) {
  std::bitset<kFacetCount> seen, said;
  for (const Attribute* attribute : attributes)
    (attribute->source == AttributeSource::kPhoto ? seen : said).set(static_cast<size_t>(attribute->facet));
  return seen & ~said;
}

float formality_of(const std::vector<TermId>& terms, const Vocabulary& vocabulary) {
  float sum = 0, count = 0;
  for (const TermId id : terms)
    if (const auto formality = vocabulary.term(id).formality) {
      sum += *formality;
      ++count;
    }
  return count > 0 ? sum / count : -1;
}

}  // namespace

std::vector<std::string> colours_of(const Garment& garment) {
  std::vector<std::string> colours;
  for (const auto& variant : garment.variants)
    if (std::find(colours.begin(), colours.end(), variant.colour) == colours.end())
      colours.push_back(variant.colour);
  return colours;
}

std::vector<std::string> images_of(const Garment& garment, std::string_view colour) {
  std::vector<std::string> own, shared;
  const std::string wanted = ascii_lower(colour);
  for (const auto& image : garment.images) {
    if (!image.colour.empty() && ascii_lower(image.colour) == wanted)
      own.push_back(image.url);
    else if (image.colour.empty())
      shared.push_back(image.url);
  }
  return own.empty() ? shared : own;
}

ItemFacts facts_of(const Garment& garment, std::string_view colour, const Vocabulary& vocabulary) {
  ItemFacts facts;
  facts.live = true;
  const auto attributes = attributes_of(garment, colour);
  facts.category = best_term(attributes, Facet::kCategory, vocabulary);
  facts.department = best_term(attributes, Facet::kDepartment, vocabulary);
  facts.colour = colour_term(garment, colour, vocabulary);
  facts.size_chart = size_chart_of_garment(garment, facts.category, facts.department, vocabulary);
  facts.terms = terms_of(attributes, colour, facts.colour, vocabulary);
  facts.formality = formality_of(facts.terms, vocabulary);
  facts.facets_seen = facets_seen(attributes);
  if (garment.created_at)
    facts.created_at_s =
        std::chrono::floor<std::chrono::seconds>(*garment.created_at).time_since_epoch().count();
  fill_price_and_stock(garment, colour,
                       size_context_of(garment.currency, facts.size_chart, facts.category, vocabulary),
                       facts);
  return facts;
}

}  // namespace modiste
