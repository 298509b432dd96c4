#include "serving/shopper/quiz.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/check.h"
#include "embedding/lab.h"
#include "serving/catalog/catalog_views.h"

namespace modiste {
namespace {

constexpr size_t kOptionsMax = 24;  // as many as a person will read in one step

// What occurs among the items in stock, and how often: the catalog's columns count it at every change.
class Inventory {
 public:
  explicit Inventory(const CatalogSnapshot& catalog) : catalog_(catalog), columns_(catalog.columns()) {}

  [[nodiscard]] size_t count(TermId term) const { return columns_.in_stock(columns_.has(term)); }
  [[nodiscard]] size_t count_of_size(SizeId size) const { return columns_.in_stock(columns_.in_size(size)); }
  [[nodiscard]] size_t count_of_brand(BrandId brand) const { return columns_.in_stock_of_brand(brand); }
  [[nodiscard]] size_t brands() const { return columns_.brands(); }

  // An item in stock to show, of a garment that the step does not show yet, where there is one.
  [[nodiscard]] const Item& example(TermId term, std::unordered_set<uint32_t>& shown) const {
    SlotQuery query;
    query.any_of = {{columns_.has(term)}};
    return unseen(query, shown);
  }
  [[nodiscard]] const Item& example_of_brand(BrandId brand, std::unordered_set<uint32_t>& shown) const {
    SlotQuery query;
    query.brands = {{brand}};
    return unseen(query, shown);
  }

  // The lowest and the highest price; 0 and 0 where nothing is in stock. Reads the prices around each alone:
  // columns tell of the others that they are higher or lower.
  [[nodiscard]] std::pair<float, float> prices() const {
    constexpr float kToldMax = 1 << 15;  // beyond it columns do not tell
    std::optional<std::pair<float, float>> low, high;
    SlotQuery cheap, dear;
    for (float limit = 1; !low && limit <= kToldMax; limit *= 2) {
      cheap.price_max = limit;
      low = prices_of(cheap);
    }
    for (float limit = kToldMax; !high && limit >= 1; limit /= 2) {
      dear.price_min = limit;
      high = prices_of(dear);
    }
    if (!low && !high) return {0, 0};
    return {low ? low->first : high->first, high ? high->second : low->second};
  }

 private:
  // Of the items that meet the query; empty without any.
  [[nodiscard]] std::optional<std::pair<float, float>> prices_of(const SlotQuery& query) const {
    const SlotBits found = catalog_.find(query);
    float low = std::numeric_limits<float>::infinity(), high = 0;
    for (Slot slot = found.next(0); slot != kNoSlot; slot = found.next(slot + 1)) {
      low = std::min(low, catalog_.facts(slot).price);
      high = std::max(high, catalog_.facts(slot).price);
    }
    if (low > high) return std::nullopt;
    return std::pair(low, high);
  }

  [[nodiscard]] const Item& unseen(const SlotQuery& query, std::unordered_set<uint32_t>& shown) const {
    const SlotBits found = catalog_.find(query);
    const Slot first = found.next(0);
    CHECK(first != kNoSlot);
    for (Slot slot = first; slot != kNoSlot; slot = found.next(slot + 1))
      if (shown.insert(catalog_.garment_of(slot)).second) return catalog_.item(slot);
    return catalog_.item(first);
  }

  const CatalogSnapshot& catalog_;
  const SlotColumns& columns_;
};

class QuizMaker {
 public:
  QuizMaker(const Catalog& catalog, const PhotoOf& photo_of)
      : catalog_(catalog),
        words_(catalog.vocabulary()),
        photo_of_(photo_of),
        snapshot_(catalog.snapshot()),
        inventory_(*snapshot_) {}

  Quiz make(std::string_view currency) const {
    Quiz quiz;
    quiz.steps = {{"departments", "Who are you shopping for?", true, terms(Facet::kDepartment)},
                  {"categories", "What do you like to wear?", true, terms(Facet::kCategory)},
                  {"colours", "Which colours feel like you?", true, terms(Facet::kColour)},
                  {"brands", "Any names you trust?", true, brands()},
                  {"styles", "Which looks speak to you?", true, terms(Facet::kAesthetic)},
                  {"sizes", "Your sizes and your budget", true, sizes()}};
    // The last keeps the budget; of one option alone nothing is to be chosen.
    std::erase_if(quiz.steps,
                  [](const auto& step) { return step.field != "sizes" && step.options.size() < 2; });
    quiz.vetoes = {{"categories", "Never these garments", true, terms(Facet::kCategory)},
                   {"colours", "Never these colours", true, terms(Facet::kColour)},
                   {"fabrics", "Never these fabrics", true, terms(Facet::kFabric)},
                   {"brands", "Never these brands", true, brands()}};
    std::erase_if(quiz.vetoes, [](const auto& list) { return list.options.empty(); });
    const auto [low, high] = inventory_.prices();
    quiz.price_low = static_cast<double>(std::floor(low));
    quiz.price_high = static_cast<double>(std::ceil(high));
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
      return child.parent == term.id && inventory_.count(child.id) == inventory_.count(term.id);
    });
  }

  std::vector<QuizOption> terms(Facet facet) const {
    std::vector<std::pair<size_t, const Term*>> counted;
    for (const Term& term : words_.terms(facet))
      if (const size_t count = inventory_.count(term.id); count > 0 && asked_for(term))
        counted.emplace_back(count, &term);
    std::vector<QuizOption> options;
    std::unordered_set<uint32_t> shown;
    for (const Term* term : commonest(std::move(counted)))
      options.push_back({term->name, term->label, term->lab ? to_hex(to_rgb(*term->lab)) : "",
                         photo_of_(inventory_.example(term->id, shown))});
    return options;
  }

  std::vector<QuizOption> brands() const {
    std::vector<std::pair<size_t, BrandId>> counted;
    for (BrandId brand = 1; brand < inventory_.brands(); ++brand)
      if (const size_t count = inventory_.count_of_brand(brand); count > 0)
        counted.emplace_back(count, brand);
    std::vector<QuizOption> options;
    std::unordered_set<uint32_t> shown;
    for (const BrandId brand : commonest(std::move(counted))) {
      const std::string name = catalog_.brand_name(brand);
      options.push_back({name, name, "", photo_of_(inventory_.example_of_brand(brand, shown))});
    }
    return options;
  }

  // The most common sizes, in the order of the size charts.
  std::vector<QuizOption> sizes() const {
    std::vector<std::pair<size_t, SizeId>> common;
    for (const Size& size : all_sizes())
      if (const size_t count = inventory_.count_of_size(size.id);
          count > 0 && size.system != SizeSystem::kOneSize)
        common.emplace_back(count, size.id);
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

  // The values that occur most often.
  template <class Value>
  static std::vector<Value> commonest(std::vector<std::pair<size_t, Value>> counted) {
    std::stable_sort(counted.begin(), counted.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    if (counted.size() > kOptionsMax) counted.resize(kOptionsMax);
    std::vector<Value> values;
    for (const auto& [count, value] : counted) values.push_back(value);
    return values;
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
