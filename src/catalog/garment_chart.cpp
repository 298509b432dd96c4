#include "catalog/garment_chart.h"

#include <algorithm>

namespace modiste {

SizeChart size_chart_of_garment(const Garment& garment, TermId category, TermId department,
                                const Vocabulary& vocabulary) {
  const SizeChart chart = size_chart_of(category, department, vocabulary);
  if (department != kNoTerm || (chart != SizeChart::kMen && chart != SizeChart::kShoesMen)) return chart;
  const SizeChart women = chart == SizeChart::kMen ? SizeChart::kWomen : SizeChart::kShoesWomen;
  const auto read_by = [&](SizeChart by) {
    return std::count_if(garment.variants.begin(), garment.variants.end(), [&](const Variant& variant) {
      return !variant.size.empty() && !parse_sizes(variant.size, by).empty();
    });
  };
  return read_by(women) > read_by(chart) ? women : chart;
}

SizeContext size_context_of(std::string_view currency, SizeChart chart, TermId category,
                            const Vocabulary& vocabulary) {
  SizeContext context{.chart = chart, .home = size_home_of(currency)};
  if (chart != SizeChart::kMen || category == kNoTerm) return context;
  const auto is_a = [&](std::string_view name) {
    const Term* term = vocabulary.find(Facet::kCategory, name);
    return term != nullptr && vocabulary.is_a(category, term->id);
  };
  if (is_a("shirt"))
    context.mens_number = MensNumber::kCollar;
  else if (is_a("tops") || is_a("outerwear") || is_a("suits"))
    context.mens_number = MensNumber::kChest;
  else if (is_a("bottoms"))
    context.mens_number = MensNumber::kWaist;
  return context;
}

}  // namespace modiste
