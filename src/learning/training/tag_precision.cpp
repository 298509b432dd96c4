#include "learning/training/tag_precision.h"

#include <algorithm>

namespace modiste {
namespace {

double share(size_t part, size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void TagTrials::add(const ProjectionHeads& heads, std::span<const PhotoExample* const> unseen) {
  std::vector<float> features;
  for (const auto* example : unseen)
    features.insert(features.end(), example->features.begin(), example->features.end());
  const auto answers = heads.attribute_probabilities(features);
  for (size_t head = 0; head < answers.size(); ++head) {
    const AttributeHead& of = heads.info().attributes[head];
    const auto facet = enum_from_name<Facet>(of.facet);
    if (!facet) continue;
    for (size_t row = 0; row < unseen.size(); ++row) {
      const std::string* truth = unseen[row]->term_of(*facet);
      if (truth == nullptr) continue;
      const auto begin = answers[head].begin() + static_cast<std::ptrdiff_t>(row * of.terms.size());
      Trial trial{unseen[row]->source,
                  *truth,
                  of.terms,
                  {begin, begin + static_cast<std::ptrdiff_t>(of.terms.size())},
                  static_cast<float>(of.keep_from)};
      rescale(trial.probabilities, of.temperature);
      trials_[*facet].push_back(std::move(trial));
    }
  }
}

void TagTrials::judge(Facet facet, const Trial& trial, float keep_from, Count& into) const {
  ++into.examples;
  const auto tag = tag_of({facet, trial.terms, trial.probabilities}, vocabulary_, keep_from);
  if (!tag) return;
  ++into.kept;
  into.right += may_be_called(facet, tag->term, trial.truth, vocabulary_) ? 1 : 0;
}

std::map<std::string, TagTrials::Count> TagTrials::count_by_source(Facet facet, float keep_from) const {
  std::map<std::string, Count> counts;
  for (const auto& trial : trials_.at(facet)) judge(facet, trial, keep_from, counts[trial.source]);
  return counts;
}

std::vector<FacetPrecision> TagTrials::choose(const TagPrecisionOptions& options) const {
  std::vector<FacetPrecision> chosen;
  for (const auto& [facet, trials] : trials_) {
    FacetPrecision row{std::string(name_of(facet)), kTagNeverKept, 0, 0, trials.size()};
    for (int percent = 50; percent <= 99 && row.kept == 0; ++percent) {
      const auto bound = static_cast<float>(percent) / 100;
      Count all;
      bool good = true;
      for (const auto& [source, count] : count_by_source(facet, bound)) {
        if (count.examples < options.examples_min) continue;
        good = good && (count.kept == 0 || share(count.right, count.kept) >= options.precision_min);
        all.kept += count.kept, all.right += count.right;
      }
      if (percent == 50) row.precision = share(all.right, all.kept);
      if (all.kept < options.kept_min) break;
      if (good) row.keep_from = bound, row.kept = all.kept, row.precision = share(all.right, all.kept);
    }
    chosen.push_back(std::move(row));
  }
  return chosen;
}

std::vector<FacetPrecision> TagTrials::at_own_bounds() const {
  std::vector<FacetPrecision> rows;
  for (const auto& [facet, trials] : trials_) {
    Count all;
    for (const auto& trial : trials) judge(facet, trial, trial.keep_from, all);
    rows.push_back({std::string(name_of(facet)), trials.empty() ? 0 : trials.front().keep_from,
                    share(all.right, all.kept), all.kept, all.examples});
  }
  return rows;
}

}  // namespace modiste
