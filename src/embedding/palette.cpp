#include "embedding/palette.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "embedding/lab_clusters.h"
#include "vocabulary/colour_difference.h"

namespace modiste {
namespace {

constexpr uint64_t kPaletteSeed = 2;
constexpr size_t kPaletteClusters = 8;   // more than shown, because near ones are merged
constexpr float kMergeDistance = 11;     // CIE76; folds of one fabric differ by about this much
constexpr float kShareMin = 0.05F;       // a smaller share is a button, a logo or a shadow
constexpr float kGarmentWeight = 0.55F;  // less certain pixels are left out
constexpr float kSecondFamily = 0.25F;   // confidence from which a second colour is named
// Scale of CIEDE2000 differences: between two anchors people disagree about the word.
constexpr float kFamilyTemperature = 4.0F;

// Lightness varies by fold and shadow more than hue does.
float fold_distance(const Lab& x, const Lab& y) {
  const float l = 0.6F * (x.l - y.l), a = x.a - y.a, b = x.b - y.b;
  return std::sqrt(l * l + a * a + b * b);
}

Swatch merged(const Swatch& x, const Swatch& y) {
  const float share = x.share + y.share, of_y = y.share / share;
  return {{x.lab.l + of_y * (y.lab.l - x.lab.l), x.lab.a + of_y * (y.lab.a - x.lab.a),
           x.lab.b + of_y * (y.lab.b - x.lab.b)},
          share};
}

// Merges the nearest pair until all are apart.
void merge_near(std::vector<Swatch>& swatches) {
  while (swatches.size() > 1) {
    size_t first = 0, second = 1;
    float nearest = kMergeDistance;
    bool found = false;
    for (size_t i = 0; i < swatches.size(); ++i)
      for (size_t j = i + 1; j < swatches.size(); ++j)
        if (const float d = fold_distance(swatches[i].lab, swatches[j].lab); d < nearest) {
          nearest = d, first = i, second = j, found = true;
        }
    if (!found) return;
    swatches[first] = merged(swatches[first], swatches[second]);
    swatches.erase(swatches.begin() + static_cast<std::ptrdiff_t>(second));
  }
}

void keep_largest(std::vector<Swatch>& swatches) {
  std::sort(swatches.begin(), swatches.end(),
            [](const Swatch& x, const Swatch& y) { return x.share > y.share; });
  while (swatches.size() > kPaletteMax || (swatches.size() > 1 && swatches.back().share < kShareMin))
    swatches.pop_back();
  float total = 0;
  for (const auto& swatch : swatches) total += swatch.share;
  for (auto& swatch : swatches) swatch.share /= total;
}

// Probability of each colour family that has an anchor, in the vocabulary's order.
std::vector<float> family_probabilities(const Lab& lab, const Vocabulary& vocabulary) {
  std::vector<float> likely;
  float nearest = std::numeric_limits<float>::max(), total = 0;
  for (const auto& term : vocabulary.terms(Facet::kColour)) {
    if (!term.lab) continue;
    likely.push_back(static_cast<float>(colour_difference(lab, *term.lab)));
    nearest = std::min(nearest, likely.back());
  }
  for (auto& value : likely) total += value = std::exp((nearest - value) / kFamilyTemperature);
  for (auto& value : likely) value /= total;
  return likely;
}

// The surest family, and the second where it is sure enough.
std::vector<Attribute> surest(std::vector<Attribute> tags) {
  std::stable_sort(tags.begin(), tags.end(),
                   [](const Attribute& x, const Attribute& y) { return x.confidence > y.confidence; });
  if (tags.size() > 2) tags.resize(2);
  if (tags.size() == 2 && tags[1].confidence < kSecondFamily) tags.pop_back();
  return tags;
}

}  // namespace

std::vector<Swatch> find_palette(const Foreground& foreground) {
  std::vector<float> weight = foreground.weight;
  if (foreground.found)
    for (auto& w : weight) w = w < kGarmentWeight ? 0 : w;
  Rng rng(kPaletteSeed);
  const auto clusters = cluster_colours(foreground.colours, weight, kPaletteClusters, rng);
  float total = 0;
  for (const float mass : clusters.mass) total += mass;
  std::vector<Swatch> swatches;
  for (size_t c = 0; c < clusters.centres.size(); ++c)
    if (clusters.mass[c] > 0) swatches.push_back({clusters.centres[c], clusters.mass[c] / total});
  merge_near(swatches);
  if (!swatches.empty()) keep_largest(swatches);
  return swatches;
}

std::vector<std::string> to_hexes(const std::vector<Swatch>& palette) {
  std::vector<std::string> hexes;
  for (const auto& swatch : palette) hexes.push_back(to_hex(to_rgb(swatch.lab)));
  return hexes;
}

std::vector<Attribute> colour_tags(const std::vector<Swatch>& palette, const Vocabulary& vocabulary) {
  if (palette.empty()) return {};
  std::vector<Attribute> tags;
  for (const auto& term : vocabulary.terms(Facet::kColour))
    if (term.lab) tags.push_back({Facet::kColour, term.name, "", AttributeSource::kPhoto, 0});
  for (const auto& swatch : palette) {
    const auto likely = family_probabilities(swatch.lab, vocabulary);
    for (size_t i = 0; i < tags.size(); ++i) tags[i].confidence += swatch.share * likely[i];
  }
  return surest(std::move(tags));
}

std::vector<Attribute> named_colours(std::span<const std::string> terms, std::span<const float> probabilities,
                                     const Vocabulary& vocabulary) {
  CHECK(terms.size() == probabilities.size());
  std::vector<Attribute> tags;
  for (size_t i = 0; i < terms.size(); ++i)
    if (vocabulary.find(Facet::kColour, terms[i]) != nullptr)
      tags.push_back({Facet::kColour, terms[i], "", AttributeSource::kPhoto, probabilities[i]});
  return surest(std::move(tags));
}

}  // namespace modiste
