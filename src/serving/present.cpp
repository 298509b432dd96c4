// What is shown of an item, and why it is there in plain words.
#include <fmt/format.h>

#include <algorithm>

#include "serving/engine.h"
#include "serving/quiz.h"

namespace modiste {
namespace {

std::string join_words(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

// Facets that a shopper would name as her taste; nobody "leans to women".
bool is_taste(Facet facet) { return facet != Facet::kDepartment && facet != Facet::kSeason; }

}  // namespace

AnswerItem Engine::present(const Item& item) const {
  const Garment& garment = *item.garment;
  AnswerItem shown;
  shown.garment_id = garment.id;
  shown.colour = item.colour;
  shown.title = garment.title;
  shown.brand = garment.brand;
  shown.currency = garment.currency;
  if (item.facts.category != kNoTerm) shown.category = catalog_.vocabulary().term(item.facts.category).label;
  shown.price = std::round(static_cast<double>(item.facts.price) * 100) / 100;
  for (const auto& variant : garment.variants) {
    if (variant.colour != item.colour) continue;
    if (variant.stock > 0 && !variant.size.empty()) shown.sizes_in_stock.push_back(variant.size);
    if (variant.list_price && *variant.list_price > shown.price) shown.list_price = variant.list_price;
  }
  if (const auto images = images_of(garment, item.colour); !images.empty()) {
    const std::string& url = images.front();
    const bool elsewhere = url.starts_with("http://") || url.starts_with("https://");
    shown.image = elsewhere ? url : "/images/" + url;
  }
  if (const auto embedding = embeddings_.get(item.facts.slot)) shown.palette = embedding->palette;
  return shown;
}

// The taste that has most to do with the item, and how a reason from it begins: it is named when she has
// others.
Engine::Leaning Engine::leaning(const ItemFacts& facts, const Request& request) const {
  constexpr float kTold = 0.1F;  // a smaller part of her taste is not spoken of
  size_t best = 0, declared = 0;
  for (size_t t = 0; t < request.tastes.size(); ++t) {
    if (request.tastes[t].share < kTold) continue;
    ++declared;
    if (content_value(facts, request, t) > content_value(facts, request, best)) best = t;
  }
  if (declared == 0) return {"You lean to ", request.affinity};
  const TasteShare& part = request.tastes[best];
  if (part.mode == kSessionMode && declared > 1) return {"Right now you look for ", request.affinities[best]};
  if (declared == 1) return {"You lean to ", request.affinities[best]};
  return {fmt::format("Your style “{}” leans to ", taste_name(part.taste)), request.affinities[best]};
}

std::vector<std::string> Engine::reasons(const ScoredItem& item, const Request& request) const {
  const ShopperState& shopper = *request.shopper;
  const ItemFacts& facts = request.catalog->facts(item.slot);
  std::vector<std::string> because;

  const auto [lean, affinity] = leaning(facts, request);
  std::vector<std::pair<float, TermId>> liked;
  for (const TermId term : facts.terms) {
    const float own = affinity[term] - (request.situation.empty() ? 0 : request.situation[term]);
    if (const float pull = own * request.idf[term];
        pull > 0.15F && is_taste(catalog_.vocabulary().term(term).facet))
      liked.emplace_back(pull, term);
  }
  std::sort(liked.rbegin(), liked.rend());
  std::vector<std::string> labels;
  for (size_t i = 0; i < std::min<size_t>(2, liked.size()); ++i)
    labels.push_back(catalog_.vocabulary().term(liked[i].second).label);
  if (!labels.empty()) because.push_back(lean + join_words(labels));

  if (const auto embedding = embeddings_.get(item.slot); embedding != nullptr && !embedding->vector.empty()) {
    constexpr size_t kRemembered = 20;
    constexpr float kClose = 0.6F;  // cosine from which two garments look alike to people
    const size_t first = shopper.liked.size() > kRemembered ? shopper.liked.size() - kRemembered : 0;
    const Item* nearest = nullptr;
    float nearest_cosine = kClose;
    for (size_t i = first; i < shopper.liked.size(); ++i) {
      const auto other = embeddings_.get(shopper.liked[i]);
      if (other == nullptr || other->vector.size() != embedding->vector.size()) continue;
      const Item& candidate = request.catalog->item(shopper.liked[i]);
      if (candidate.garment == nullptr || candidate.facts.garment == facts.garment) continue;
      if (const float cosine = dot(embedding->vector, other->vector); cosine > nearest_cosine) {
        nearest = &candidate;
        nearest_cosine = cosine;
      }
    }
    if (nearest != nullptr)
      because.push_back(fmt::format("Looks like the {} you liked", nearest->garment->title));
  }
  if (mixed_brand_affinity(request.tastes, facts.brand, options_.profiles.style) > 0.3F)
    because.push_back(fmt::format("From {}, which you like", catalog_.brand_name(facts.brand)));
  if (item.values[static_cast<size_t>(Source::kNeighbours)] > 0.9F &&
      request.weights[static_cast<size_t>(Source::kNeighbours)] > 0)
    because.emplace_back("Chosen by shoppers with your taste");
  if (request.context)
    for (auto& reason : contexts_.reasons(facts, *request.context)) because.push_back(std::move(reason));
  if (const auto cold = request.cold.find(item.slot); because.empty() && cold != request.cold.end()) {
    const auto& [step, cluster] = std::pair(cold->second.second.step, cold->second.second.cluster);
    const std::string style = style_clusters_.name(cluster);
    if (step == ColdStep::kVisualNeighbours)
      because.emplace_back("Looks like what you saw last");
    else if (step == ColdStep::kNewArrivals)
      because.emplace_back("New here");
    else if (!style.empty())
      because.push_back(fmt::format("Liked lately among {}", style));
  }
  if (because.empty() && request.cold.empty() && item.values[static_cast<size_t>(Source::kPopularity)] > 0.9F)
    because.emplace_back("Much liked here lately");
  if (because.empty() && shopper.signals == 0) because.emplace_back("A first look at the shop");
  constexpr size_t kReasonsMax = 3;
  if (because.size() > kReasonsMax) because.resize(kReasonsMax);
  return because;
}

Quiz Engine::quiz() const {
  return make_quiz(
      catalog_, [this](const Item& item) { return present(item).image; }, options_.currency);
}

std::string Engine::next_request_id() {
  const uint64_t now = static_cast<uint64_t>(ports_.clock.now().time_since_epoch().count());
  return fmt::format("r{:016x}", mix64(now ^ mix64(++request_counter_)));
}

}  // namespace modiste
