#include "serving/shopper/quiz.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "embedding/lab.h"
#include "serving/catalog/catalog_views.h"

namespace modiste {
namespace {

constexpr size_t kOptionsMax = 24;  // as many as a person will read in one step

struct Use {
  size_t count = 0;
  Slot example = kNoSlot;

  void add(Slot slot) {
    ++count;
    if (example == kNoSlot) example = slot;
  }
};

// The values that occur among the items in stock.
struct Inventory {
  std::map<TermId, Use> terms;
  std::map<BrandId, Use> brands;
  std::map<SizeId, size_t> sizes;
  float price_low = 0, price_high = 0;
};

Inventory take_inventory(const CatalogSnapshot& catalog) {
  Inventory inventory;
  for (Slot slot = 0; slot < catalog.slot_count(); ++slot) {
    const ItemFacts& facts = catalog.facts(slot);
    if (!facts.live || !facts.in_stock) continue;
    const bool first = inventory.price_high == 0;
    inventory.price_low = first ? facts.price : std::min(inventory.price_low, facts.price);
    inventory.price_high = std::max(inventory.price_high, facts.price);
    for (const TermId term : facts.terms) inventory.terms[term].add(slot);
    if (facts.brand != 0) inventory.brands[facts.brand].add(slot);
    for (const Size& size : all_sizes())
      if (size.system != SizeSystem::kOneSize && facts.sizes_in_stock.test(size.id))
        ++inventory.sizes[size.id];
  }
  return inventory;
}

class QuizMaker {
 public:
  QuizMaker(const Catalog& catalog, const PhotoOf& photo_of)
      : catalog_(catalog),
        words_(catalog.vocabulary()),
        photo_of_(photo_of),
        snapshot_(catalog.snapshot()),
        inventory_(take_inventory(*snapshot_)) {}

  Quiz make(std::string_view currency) const {
    Quiz quiz;
    quiz.steps = {{"departments", "Who are you shopping for?", true, terms(Facet::kDepartment)},
                  {"categories", "What do you like to wear?", true, terms(Facet::kCategory)},
                  {"colours", "Which colours feel like you?", true, terms(Facet::kColour)},
                  {"brands", "Any names you trust?", true, brands()},
                  {"styles", "Which looks speak to you?", true, terms(Facet::kAesthetic)},
                  {"sizes", "Your sizes and your budget", true, sizes()}};
    quiz.vetoes = {{"categories", "Never these garments", true, terms(Facet::kCategory)},
                   {"colours", "Never these colours", true, terms(Facet::kColour)},
                   {"fabrics", "Never these fabrics", true, terms(Facet::kFabric)},
                   {"brands", "Never these brands", true, brands()}};
    quiz.price_low = static_cast<double>(std::floor(inventory_.price_low));
    quiz.price_high = static_cast<double>(std::ceil(inventory_.price_high));
    quiz.currency = currency_of(*snapshot_, currency);
    return quiz;
  }

 private:
  // True for the level at which shoppers choose: below the roots, and not a step that leads
  // to only one other.
  bool asked_for(const Term& term) const {
    if (term.facet != Facet::kCategory) return true;
    if (!term.parent) return false;
    const auto children = words_.terms(Facet::kCategory);
    return std::none_of(children.begin(), children.end(), [&](const Term& child) {
      const auto use = inventory_.terms.find(child.id);
      return child.parent == term.id && use != inventory_.terms.end() &&
             use->second.count == inventory_.terms.at(term.id).count;
    });
  }

  std::vector<QuizOption> terms(Facet facet) const {
    std::vector<std::pair<size_t, QuizOption>> counted;
    for (const Term& term : words_.terms(facet))
      if (const auto use = inventory_.terms.find(term.id); use != inventory_.terms.end() && asked_for(term))
        counted.emplace_back(use->second.count,
                             QuizOption{term.name, term.label, term.lab ? to_hex(to_rgb(*term.lab)) : "",
                                        photo_of_(snapshot_->item(use->second.example))});
    return commonest(std::move(counted));
  }

  std::vector<QuizOption> brands() const {
    std::vector<std::pair<size_t, QuizOption>> counted;
    for (const auto& [brand, use] : inventory_.brands) {
      const std::string name = catalog_.brand_name(brand);
      counted.emplace_back(use.count, QuizOption{name, name, "", photo_of_(snapshot_->item(use.example))});
    }
    return commonest(std::move(counted));
  }

  // The most common sizes, in the order of the size charts.
  std::vector<QuizOption> sizes() const {
    std::vector<std::pair<size_t, SizeId>> common;
    for (const auto& [size, count] : inventory_.sizes) common.emplace_back(count, size);
    std::sort(common.rbegin(), common.rend());
    if (common.size() > kOptionsMax) common.resize(kOptionsMax);
    std::sort(common.begin(), common.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    std::vector<QuizOption> options;
    for (const auto& [count, size] : common) {
      const std::string word = size_word(all_sizes()[size]);
      options.push_back({word, word.starts_with("shoe ") ? "Shoes " + word.substr(5) : word, "", ""});
    }
    return options;
  }

  static std::vector<QuizOption> commonest(std::vector<std::pair<size_t, QuizOption>> counted) {
    std::stable_sort(counted.begin(), counted.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    if (counted.size() > kOptionsMax) counted.resize(kOptionsMax);
    std::vector<QuizOption> options;
    for (auto& [count, option] : counted) options.push_back(std::move(option));
    return options;
  }

  const Catalog& catalog_;
  const Vocabulary& words_;
  const PhotoOf& photo_of_;
  std::shared_ptr<const CatalogSnapshot> snapshot_;
  Inventory inventory_;
};

}  // namespace

Quiz make_quiz(const Catalog& catalog, const PhotoOf& photo_of, std::string_view currency) {
  return QuizMaker(catalog, photo_of).make(currency);
}

namespace {

// "3-6M" -> "3-6 months"; "newborn" stays.
std::string age_word(const std::string& name) {
  const std::string number = name.substr(0, name.size() - 1);
  if (name.back() == 'M') return number + " months";
  return name.back() == 'Y' ? number + " years" : name;
}

}  // namespace

std::string size_word(const Size& size) {
  switch (size.system) {
    case SizeSystem::kOneSize:
      return "One size";
    case SizeSystem::kAlpha:
      return size.name;
    case SizeSystem::kEu:
      return "EU " + size.name;
    case SizeSystem::kUk:
      return "UK " + size.name;
    case SizeSystem::kUs:
      return "US " + size.name;
    case SizeSystem::kIt:
      return "IT " + size.name;
    case SizeSystem::kWaistLength: {
      const auto slash = size.name.find('/');
      if (slash == std::string::npos) return "W" + size.name;
      return "W" + size.name.substr(0, slash) + " L" + size.name.substr(slash + 1);
    }
    case SizeSystem::kShoeEu:
      return "shoe EU " + size.name;
    case SizeSystem::kShoeUk:
      return "shoe UK " + size.name;
    case SizeSystem::kShoeUs:
      return "shoe US " + size.name;
    case SizeSystem::kShoeCm:
      return "shoe " + size.name + " cm";
    case SizeSystem::kAge:
      return age_word(size.name);
    case SizeSystem::kHeight:
      return size.name + " cm";
    case SizeSystem::kBra:
      return size.name;
  }
  return size.name;
}

}  // namespace modiste
