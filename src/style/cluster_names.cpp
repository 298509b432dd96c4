#include "style/cluster_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>

namespace modiste {
namespace {

// How much a facet counts in a name, and where its word stands: lower is further left. Weight 0:
// never in a name.
struct Wording {
  float weight = 0;
  int place = 0;
};

Wording wording(const Term* term) {
  if (term == nullptr) return {1.0F, 0};  // a tone
  switch (term->facet) {
    case Facet::kColour:
      return {0.9F, 0};
    case Facet::kAesthetic:
      return {1.3F, 2};
    case Facet::kFit:
      return {0.5F, 1};
    case Facet::kPattern:
      return {1.1F, 3};
    case Facet::kFabric:
      return {0.9F, 4};
    case Facet::kSilhouette:
      return {0.8F, 5};
    case Facet::kOccasion:
      return {1.0F, 6};
    case Facet::kSeason:
      return {term->name == "all-season" || term->name == "indoor" || term->name == "windy" ? 0.0F : 0.6F, 6};
    default:
      return {};
  }
}

std::string lower_first(std::string text) {
  // "T-shirt" and "A-line" keep their capital.
  if (text.size() > 1 && text[1] != '-') text[0] = static_cast<char>(std::tolower(text[0]));
  return text;
}

std::string upper_first(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string plural(const std::string& word) {
  for (const std::string_view mass : {"wear", "denim", "hosiery", "lingerie", "jewellery", "eyewear", "gear"})
    if (word.ends_with(mass)) return word;
  if (word.ends_with("scarf")) return word.substr(0, word.size() - 1) + "ves";
  for (const std::string_view sibilant : {"ss", "ch", "sh", "x"})
    if (word.ends_with(sibilant)) return word + "es";
  if (word.ends_with("s")) return word;
  if (word.ends_with("y") && std::string_view("aeiou").find(word[word.size() - 2]) == std::string_view::npos)
    return word.substr(0, word.size() - 1) + "ies";
  return word + "s";
}

// "sporty" beside "sport", "lace" beside "lace".
bool alike(std::string_view a, std::string_view b) {
  const size_t stem = std::min<size_t>(5, std::min(a.size(), b.size()));
  const auto same = [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  };
  return std::equal(a.begin(), a.begin() + static_cast<ptrdiff_t>(stem), b.begin(), same) ||
         std::search(b.begin(), b.end(), a.begin(), a.end(), same) != b.end();
}

struct Modifier {
  std::string label;
  int place = 0;
  float score = 0;
};

class Namer {
 public:
  Namer(const ClusterSpace& space, const std::vector<ClusterAttribute>& attributes,
        const ClusterNameOptions& options)
      : vocabulary_(space.vocabulary()), options_(options) {
    find_noun(attributes);
    for (const auto& attribute : attributes) {
      const auto [weight, place] = wording(term_of(attribute));
      const bool says_it = attribute.share_inside >= options.share_min &&
                           attribute.share_inside >= options.lift_min * attribute.share_outside;
      if (weight > 0 && says_it && !alike(attribute.label, noun_))
        modifiers_.push_back({attribute.label, place, weight * attribute.score});
    }
    std::stable_sort(modifiers_.begin(), modifiers_.end(),
                     [](const Modifier& a, const Modifier& b) { return a.score > b.score; });
    constexpr size_t kModifiersMax = 6;
    if (modifiers_.size() > kModifiersMax) modifiers_.resize(kModifiersMax);
  }

  [[nodiscard]] std::string name(const std::set<std::string>& taken) const {
    for (const size_t count : {2, 3, 1}) {
      if (const auto found = combination({}, 0, count, taken)) return *found;
      // When few attributes are distinctive, shorter names are tried first.
      if (modifiers_.size() < 2)
        if (const auto found = combination({}, 0, modifiers_.size(), taken)) return *found;
    }
    std::string plain = compose({});
    if (!taken.contains(plain)) return plain;
    for (int number = 2;; ++number)
      if (auto numbered = fmt::format("{}, {}", combination({}, 0, 1, {}).value_or(plain), number);
          !taken.contains(numbered))
        return numbered;
  }

 private:
  [[nodiscard]] const Term* term_of(const ClusterAttribute& attribute) const {
    return attribute.id < vocabulary_.terms().size() ? &vocabulary_.term(attribute.id) : nullptr;
  }

  // The most distinctive kind of garment; two kinds if one does not cover the cluster; "pieces" if none does.
  void find_noun(const std::vector<ClusterAttribute>& attributes) {
    const ClusterAttribute* first = nullptr;
    for (const auto& attribute : attributes) {
      const Term* term = term_of(attribute);
      if (term == nullptr || term->facet != Facet::kCategory || term->name == "clothing") continue;
      if (attribute.share_inside < options_.share_min) continue;
      if (first == nullptr) {
        first = &attribute;
        noun_ = lower_first(plural(attribute.label));
        if (attribute.share_inside >= options_.noun_covers) return;
        continue;
      }
      if (vocabulary_.is_a(attribute.id, first->id) || vocabulary_.is_a(first->id, attribute.id)) continue;
      if (noun_.find('&') == std::string::npos && attribute.label.find('&') == std::string::npos)
        noun_ += " & " + lower_first(plural(attribute.label));
      return;
    }
    if (first == nullptr) noun_ = "pieces";
  }

  // The first combination of `count` modifiers, strongest first, whose name is still free. Modifiers of the
  // same position exclude each other: a name has one colour.
  [[nodiscard]] std::optional<std::string> combination(std::vector<const Modifier*> chosen, size_t from,
                                                       size_t count,
                                                       const std::set<std::string>& taken) const {
    if (chosen.size() == count) {
      auto name = compose(std::move(chosen));
      if (taken.contains(name)) return std::nullopt;
      return name;
    }
    for (size_t i = from; i < modifiers_.size(); ++i) {
      const bool clash = std::any_of(chosen.begin(), chosen.end(), [&](const Modifier* other) {
        return other->place == modifiers_[i].place || alike(other->label, modifiers_[i].label);
      });
      if (clash) continue;
      chosen.push_back(&modifiers_[i]);
      if (auto name = combination(chosen, i + 1, count, taken)) return name;
      chosen.pop_back();
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string compose(std::vector<const Modifier*> chosen) const {
    std::sort(chosen.begin(), chosen.end(),
              [](const Modifier* a, const Modifier* b) { return a->place < b->place; });
    std::string text;
    for (const auto* modifier : chosen) text += lower_first(modifier->label) + " ";
    return upper_first(text + noun_);
  }

  const Vocabulary& vocabulary_;
  const ClusterNameOptions& options_;
  std::string noun_;
  std::vector<Modifier> modifiers_;
};

}  // namespace

std::vector<ClusterAttribute> distinctive_attributes(const ClusterSpace& space,
                                                     const std::vector<float>& counts_inside,
                                                     float items_inside, const std::vector<float>& counts_all,
                                                     float items_all, const ClusterNameOptions& options) {
  std::vector<ClusterAttribute> found;
  const auto& vocabulary = space.vocabulary();
  for (size_t id = 0; id < space.attribute_count(); ++id) {
    if (counts_inside[id] == 0) continue;
    const bool is_term = id < vocabulary.terms().size();
    const float prior = options.prior_items * (counts_all[id] / items_all);
    ClusterAttribute attribute;
    attribute.id = static_cast<AttributeId>(id);
    attribute.label = is_term ? vocabulary.term(static_cast<TermId>(id)).label
                              : std::string(kToneLabels[id - vocabulary.terms().size()]);
    attribute.share_inside = (counts_inside[id] + prior) / (items_inside + options.prior_items);
    attribute.share_outside =
        (counts_all[id] - counts_inside[id] + prior) / (items_all - items_inside + options.prior_items);
    attribute.score = attribute.share_inside * std::log(attribute.share_inside / attribute.share_outside);
    if (attribute.score > 0) found.push_back(std::move(attribute));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.score != b.score ? a.score > b.score : a.id < b.id;
  });
  return found;
}

std::string cluster_name(const ClusterSpace& space, const std::vector<ClusterAttribute>& attributes,
                         const std::set<std::string>& taken, const ClusterNameOptions& options) {
  return Namer(space, attributes, options).name(taken);
}

}  // namespace modiste
