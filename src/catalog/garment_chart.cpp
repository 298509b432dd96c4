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

}  // namespace modiste
