#include "outfits/learned_compatibility.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/rng.h"

namespace modiste::outfits {
namespace {

double probability(double logit) { return 1 / (1 + std::exp(-logit)); }

void add_known(std::vector<float>& numbers, std::optional<double> value) {
  numbers.push_back(value ? static_cast<float>(*value) * 2 - 1 : 0);
  numbers.push_back(value ? 1.0F : 0.0F);
}

}  // namespace

WearableReading read_wearable(const Wearable& look, const Vocabulary& vocabulary) {
  WearableReading read;
  for (const TermId id : look.terms) {
    const Term& term = vocabulary.term(id);
    if (term.facet != Facet::kCategory)
      read.terms.push_back(hash64(std::string(name_of(term.facet)) + ":" + term.name));
  }
  auto& numbers = read.numbers;
  constexpr float kLab = 1.0F / 40;
  const Lab lab = look.colour.value_or(Lab{50, 0, 0});
  const float chroma = std::hypot(lab.a, lab.b);
  numbers = {look.colour ? 1.0F : 0.0F, (lab.l - 50) * kLab, lab.a * kLab, lab.b * kLab,
             std::min(2.0F, chroma * kLab)};
  add_known(numbers, look.formality);
  add_known(numbers, look.warmth);
  for (const uint8_t season : {kSpring, kSummer, kAutumn, kWinter})
    numbers.push_back(look.seasons == 0 ? 0.0F : (look.seasons & season) != 0 ? 1.0F : -1.0F);
  numbers.push_back(look.pattern ? 1.0F : 0.0F);
  numbers.push_back(look.pattern && vocabulary.term(*look.pattern).name != "solid" ? 1.0F : 0.0F);
  CHECK(numbers.size() == WearableReading::kNumbers);
  return read;
}

LearnedCompatibility::LearnedCompatibility(SetTransformer model, const Vocabulary& vocabulary)
    : model_(std::move(model)), vocabulary_(vocabulary) {
  const SetInfo& info = model_.info();
  std::map<std::string_view, uint32_t> number_of;
  for (size_t c = 0; c < info.categories.size(); ++c)
    number_of.emplace(info.categories[c], static_cast<uint32_t>(c));
  category_of_term_.assign(vocabulary.terms().size(), info.shape.unknown());
  for (const Term& term : vocabulary.terms(Facet::kCategory))
    for (const Term* at = &term; at != nullptr; at = at->parent ? &vocabulary.term(*at->parent) : nullptr)
      if (const auto found = number_of.find(at->name); found != number_of.end()) {
        category_of_term_[term.id] = found->second;
        break;
      }
  const size_t count = info.shape.categories;
  pairs_.resize(count * count);
  for (uint32_t a = 0; a < count; ++a)
    for (uint32_t b = a; b < count; ++b) {
      const SetToken both[] = {{a, {}, {}}, {b, {}, {}}};
      pairs_[a * count + b] = pairs_[b * count + a] = static_cast<float>(probability(model_.set_logit(both)));
    }
}

Result<LearnedCompatibility> LearnedCompatibility::create(SetTransformer model,
                                                          const Vocabulary& vocabulary) {
  const SetShape& shape = model.info().shape;
  if (model.info().categories.size() != shape.categories)
    return Error{Code::kCorrupt, "the outfit model does not name its categories", "outfits/categories",
                 "a model that `modiste train outfits` publishes"};
  if (shape.positions != 0 || (shape.features > 0 && shape.features < WearableReading::kNumbers))
    return Error{Code::kCorrupt, "the outfit model reads other things than a shop knows", "outfits/shape",
                 "a model that `modiste train outfits` publishes"};
  return LearnedCompatibility(std::move(model), vocabulary);
}

uint32_t LearnedCompatibility::category_of(const Wearable& look) const {
  return look.category ? category_of_term_[*look.category] : model_.info().shape.unknown();
}

double LearnedCompatibility::pair(const Wearable& a, const Wearable& b) const {
  const uint32_t of_a = category_of(a), of_b = category_of(b), unknown = model_.info().shape.unknown();
  if (of_a == unknown || of_b == unknown) return 0.5;
  return static_cast<double>(pairs_[of_a * model_.info().shape.categories + of_b]);
}

double LearnedCompatibility::set(std::span<const Wearable> pieces) const {
  const SetShape& shape = model_.info().shape;
  std::vector<std::vector<uint32_t>> words(pieces.size());
  std::vector<std::vector<float>> features(pieces.size());
  std::vector<SetToken> tokens;
  for (size_t i = 0; i < pieces.size(); ++i) {
    WearableReading read = read_wearable(pieces[i], vocabulary_);
    if (shape.words > 0)
      for (const uint64_t term : read.terms) words[i].push_back(static_cast<uint32_t>(term % shape.words));
    if (shape.features > 0) {
      features[i] = std::move(read.numbers);
      if (pieces[i].vector.size() == shape.features - WearableReading::kNumbers)
        features[i].insert(features[i].end(), pieces[i].vector.begin(), pieces[i].vector.end());
      features[i].resize(shape.features);
    }
    tokens.push_back({category_of(pieces[i]), words[i], features[i]});
  }
  return tokens.size() < 2 ? 0.5 : probability(model_.set_logit(tokens));
}

}  // namespace modiste::outfits
