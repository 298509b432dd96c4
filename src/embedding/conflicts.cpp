#include "embedding/conflicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "embedding/lab.h"

namespace modiste {
namespace {

using Photos = std::vector<ImageUnderstanding>;

std::string label_of(const Vocabulary& vocabulary, Facet facet, const std::string& name) {
  const Term* term = vocabulary.find(facet, name);
  return term == nullptr ? name : term->label;
}

// The term that most photos show in a facet, with its mean confidence; empty without a
// majority of all photos.
std::optional<Attribute> majority(const Photos& photos, Facet facet) {
  std::map<std::string, std::pair<size_t, float>> votes;
  for (const auto& photo : photos)
    for (const auto& tag : photo.tags)
      if (tag.facet == facet) {
        ++votes[tag.term].first;
        votes[tag.term].second += tag.confidence;
        break;  // tags of a facet come most certain first
      }
  for (const auto& [term, vote] : votes)
    if (vote.first * 2 > photos.size())
      return Attribute{facet, term, "", AttributeSource::kPhoto,
                       vote.second / static_cast<float>(vote.first)};
  return std::nullopt;
}

std::vector<const Attribute*> supplier_says(const Garment& garment, Facet facet) {
  std::vector<const Attribute*> said;
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == facet && attribute.source == AttributeSource::kSupplier &&
        attribute.term != "unknown")
      said.push_back(&attribute);
  return said;
}

// Colour families that merchants use for one another: "blue" is also used for navy, sky and petrol.
constexpr std::array<std::array<std::string_view, 7>, 10> kGroups{{
    {"black", "charcoal", "navy"},
    {"charcoal", "grey", "silver"},
    {"white", "cream", "silver", "beige"},
    {"brown", "camel", "beige", "rust", "burgundy", "mustard", "gold"},
    {"navy", "blue", "light-blue", "teal", "turquoise"},
    {"green", "olive", "mint", "lime", "teal", "turquoise"},
    {"yellow", "mustard", "gold", "lime", "cream"},
    {"orange", "rust", "coral", "camel", "mustard", "gold"},
    {"red", "burgundy", "coral", "rust", "pink", "fuchsia"},
    {"purple", "lavender", "fuchsia", "pink", "blue", "navy", "burgundy"},
}};

bool share_a_group(std::string_view x, std::string_view y) {
  return std::any_of(kGroups.begin(), kGroups.end(), [&](const auto& group) {
    return std::find(group.begin(), group.end(), x) != group.end() &&
           std::find(group.begin(), group.end(), y) != group.end();
  });
}

// Dark and pale colours keep a hue: bottle green is not charcoal.
bool same_hue(const Lab& x, const Lab& y) {
  constexpr float kChromaMin = 7, kCosineMin = 0.64F;  // within 50 degrees
  const float of_x = std::hypot(x.a, x.b), of_y = std::hypot(y.a, y.b);
  if (of_x < kChromaMin || of_y < kChromaMin) return false;
  return (x.a * y.a + x.b * y.b) / (of_x * of_y) > kCosineMin;
}

// True if any swatch of any palette could be called by the supplier's word.
bool shows(const Photos& photos, const Term& said, const Vocabulary& vocabulary) {
  for (const auto& photo : photos)
    for (const auto& hex : photo.palette) {
      const auto rgb = parse_hex(hex);
      if (!rgb.ok()) continue;
      const Lab lab = to_lab(*rgb);
      if (same_hue(lab, *said.lab) || share_a_group(said.name, vocabulary.nearest_colour(lab).name))
        return true;
    }
  return false;
}

// The swatch nearest to the photo's term, to show to people.
std::string hex_of(const Photos& photos, const Term& seen) {
  std::string nearest;
  float best = std::numeric_limits<float>::max();
  for (const auto& photo : photos)
    for (const auto& hex : photo.palette) {
      const auto rgb = parse_hex(hex);
      if (!rgb.ok() || !seen.lab) continue;
      const float distance = distance_squared(to_lab(*rgb), *seen.lab);
      if (distance < best) best = distance, nearest = hex;
    }
  return nearest;
}

std::optional<PhotoConflict> judge_colour(const Garment& garment, const std::string& colour,
                                          const Photos& photos, const Vocabulary& vocabulary,
                                          const ConflictOptions& options) {
  const auto seen = majority(photos, Facet::kColour);
  if (!seen || seen->confidence < options.colour_confidence_min) return std::nullopt;
  for (const auto* said : supplier_says(garment, Facet::kColour)) {
    if (said->word != colour) continue;
    const Term* term = vocabulary.find(Facet::kColour, said->term);
    if (term == nullptr || !term->lab || share_a_group(said->term, seen->term)) return std::nullopt;
    if (shows(photos, *term, vocabulary)) return std::nullopt;
    const std::string hex = hex_of(photos, *vocabulary.find(Facet::kColour, seen->term));
    return PhotoConflict{garment.id, colour,     Facet::kColour,   said->term,
                         said->word, seen->term, seen->confidence, hex};
  }
  return std::nullopt;
}

bool same_branch(const Vocabulary& vocabulary, Facet facet, const std::string& a, const std::string& b) {
  const Term* x = vocabulary.find(facet, a);
  const Term* y = vocabulary.find(facet, b);
  if (x == nullptr || y == nullptr) return true;
  if (facet != Facet::kCategory) return x == y;
  // Sibling categories are close (tank top, camisole); only another branch is a contradiction.
  const auto branch = [&](const Term* term) {
    const Term* child = term;
    while (term->parent) child = term, term = &vocabulary.term(*term->parent);
    return child->id;
  };
  return branch(x) == branch(y) || vocabulary.is_a(x->id, y->id) || vocabulary.is_a(y->id, x->id);
}

std::optional<PhotoConflict> judge(const Garment& garment, Facet facet, const Photos& photos,
                                   const Vocabulary& vocabulary, const ConflictOptions& options) {
  const auto seen = majority(photos, facet);
  const auto said = supplier_says(garment, facet);
  if (!seen || said.empty() || seen->confidence < options.confidence_min) return std::nullopt;
  for (const auto* attribute : said)
    if (same_branch(vocabulary, facet, attribute->term, seen->term)) return std::nullopt;
  return PhotoConflict{garment.id,       "", facet, said.front()->term, said.front()->word, seen->term,
                       seen->confidence, ""};
}

}  // namespace

std::string PhotoConflict::message(const Vocabulary& vocabulary) const {
  return fmt::format("{}{}: the supplier says {}, the photo shows {}{}", garment_id,
                     colour.empty() ? "" : " in " + colour, label_of(vocabulary, facet, supplier_term),
                     label_of(vocabulary, facet, photo_term), hex.empty() ? "" : " (" + hex + ")");
}

std::vector<PhotoConflict> find_conflicts(const Garment& garment, const std::map<std::string, Photos>& photos,
                                          const Vocabulary& vocabulary, const ConflictOptions& options) {
  const auto reported = [&](Facet facet) {
    return std::find(options.facets.begin(), options.facets.end(), facet) != options.facets.end();
  };
  std::vector<PhotoConflict> conflicts;
  Photos all;
  for (const auto& [colour, of_colour] : photos) {
    if (of_colour.empty()) continue;
    if (reported(Facet::kColour))
      if (auto found = judge_colour(garment, colour, of_colour, vocabulary, options))
        conflicts.push_back(std::move(*found));
    all.insert(all.end(), of_colour.begin(), of_colour.end());
  }
  for (const Facet facet : {Facet::kCategory, Facet::kPattern, Facet::kSleeve})
    if (reported(facet))
      if (auto found = judge(garment, facet, all, vocabulary, options))
        conflicts.push_back(std::move(*found));
  return conflicts;
}

}  // namespace modiste
