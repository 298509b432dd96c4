#include "serving/state/stated_preferences.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "catalog/garment_chart.h"
#include "catalog/named_item.h"
#include "serving/state/vetoes.h"

namespace modiste {
namespace {

// Without a department a size is an adult's unless it says otherwise, as ages do on every chart.
std::vector<SizeChart> charts_for(const std::vector<TermId>& departments, const Vocabulary& vocabulary) {
  bool women = departments.empty(), men = departments.empty(), kids = false;
  for (const TermId id : departments) {
    const auto& name = vocabulary.term(id).name;
    women |= name == "women" || name == "unisex";
    men |= name == "men" || name == "unisex";
    kids |= is_childrens(vocabulary.term(id));
  }
  std::vector<SizeChart> charts;
  if (women) charts.insert(charts.end(), {SizeChart::kWomen, SizeChart::kShoesWomen});
  if (men) charts.insert(charts.end(), {SizeChart::kMen, SizeChart::kShoesMen});
  if (kids) charts.insert(charts.end(), {SizeChart::kKids, SizeChart::kShoesKids});
  return charts;
}

// A word without "shoe" or "shoes" before it; true when it was there.
std::pair<std::string_view, bool> without_shoe(std::string_view word) {
  const std::string lower = ascii_lower(word);
  for (const std::string_view prefix : {"shoe ", "shoes "})
    if (lower.starts_with(prefix)) return {word.substr(prefix.size()), true};
  return {word, false};
}

// Sizes that say something of one another: who states "M" says nothing of a child's "104" or a bra's "75B".
enum class SizeKind : uint8_t { kClothes, kShoes, kChild, kBra };
SizeKind kind_of(SizeSystem system) {
  if (is_shoe_size(system)) return SizeKind::kShoes;
  if (system == SizeSystem::kAge || system == SizeSystem::kHeight) return SizeKind::kChild;
  return system == SizeSystem::kBra ? SizeKind::kBra : SizeKind::kClothes;
}

// Sizes that fit a shopper who writes this word. of_shoes: nothing else is asked for, so that "39" is a
// shoe's.
Result<SizeSet> fitting_sizes(std::string_view word, const std::vector<TermId>& departments,
                              const Vocabulary& vocabulary, const SizeContext& context, std::string where,
                              SizeSet& comparable, bool of_shoes = false) {
  SizeSet fitting;
  std::vector<NamedSize> named;
  if (of_shoes) named = named_sizes(fmt::format("shoe {}", word), departments, vocabulary, context);
  if (named.empty()) named = named_sizes(word, departments, vocabulary, context);
  for (const auto& [chart, size] : named) {
    fitting |= equivalent_sizes(size, chart);
    const SizeKind kind = kind_of(all_sizes()[size].system);
    for (const Size& other : all_sizes())
      if (other.system != SizeSystem::kOneSize && kind_of(other.system) == kind) comparable.set(other.id);
  }
  if (fitting.none())
    return Error{Code::kInvalid, fmt::format("unknown size '{}'", word.substr(0, 40)), std::move(where),
                 "a size such as M, EU 38, W32 L34, 75B, shoe EU 42, 4-5 years or 104 cm"};
  return fitting;
}

// The number of men's clothes that all of these categories have: "40" of shirts is a collar.
MensNumber mens_number_of(const std::vector<TermId>& categories, const Vocabulary& vocabulary) {
  std::optional<MensNumber> number;
  for (const TermId category : categories) {
    const MensNumber own = size_context_of("", SizeChart::kMen, category, vocabulary).mens_number;
    if (number && number != own) return MensNumber::kUnknown;
    number = own;
  }
  return number.value_or(MensNumber::kUnknown);
}

bool all_are_shoes(const std::vector<TermId>& categories, const Vocabulary& vocabulary) {
  return !categories.empty() && std::all_of(categories.begin(), categories.end(), [&](TermId category) {
    return is_shoe_chart(size_chart_of(category, kNoTerm, vocabulary));
  });
}

// 39, 41, 43: clothes are counted in steps of two, and few waists are so wide.
bool is_rather_a_shoes(const NamedSize& named) {
  constexpr int kSmallest = 37, kLargest = 49;
  const std::string& name = all_sizes()[named.size].name;
  const bool is_number = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
  const int number = is_number && name.size() == 2 ? std::stoi(name) : 0;
  return number % 2 == 1 && number >= kSmallest && number <= kLargest;
}

}  // namespace

Result<TermId> find_term(Facet facet, std::string_view name, const Vocabulary& vocabulary,
                         std::string where) {
  if (const Term* term = vocabulary.find(facet, name)) return term->id;
  std::vector<std::string_view> names;
  for (const Term& term : vocabulary.terms(facet)) names.push_back(term.name);
  Error error = json_detail::unknown_name(name, names.data(), names.size(), name_of(facet));
  error.where = std::move(where);
  return error;
}

Result<std::vector<TermId>> find_terms(Facet facet, const std::vector<std::string>& names,
                                       const Vocabulary& vocabulary, std::string_view pointer) {
  std::vector<TermId> terms;
  for (size_t i = 0; i < names.size(); ++i) {
    TRY_ASSIGN(const TermId term, find_term(facet, names[i], vocabulary, fmt::format("{}/{}", pointer, i)));
    terms.push_back(term);
  }
  return terms;
}

Result<ItemFilter> compile_filter(const Filter& filter, const Catalog& catalog) {
  const Vocabulary& words = catalog.vocabulary();
  ItemFilter compiled;
  TRY_ASSIGN(compiled.departments,
             find_terms(Facet::kDepartment, filter.departments, words, "/filter/departments"));
  TRY_ASSIGN(compiled.categories,
             find_terms(Facet::kCategory, filter.categories, words, "/filter/categories"));
  TRY_ASSIGN(compiled.colours, find_terms(Facet::kColour, filter.colours, words, "/filter/colours"));
  for (const auto& name : filter.brands)
    // An unknown brand matches no item. BrandId 0 would match items without a brand.
    compiled.brands.push_back(catalog.brand(name).value_or(UINT32_MAX));
  SizeSet comparable;
  SizeContext context = shop_sizes(*catalog.snapshot());
  context.mens_number = mens_number_of(compiled.categories, words);
  const bool of_shoes = all_are_shoes(compiled.categories, words);
  for (size_t i = 0; i < filter.sizes.size(); ++i) {
    TRY_ASSIGN(const SizeSet fitting,
               fitting_sizes(filter.sizes[i], compiled.departments, words, context,
                             fmt::format("/filter/sizes/{}", i), comparable, of_shoes));
    compiled.sizes = compiled.sizes.value_or(SizeSet{}) | fitting;
  }
  if (filter.price_min) compiled.price_min = static_cast<float>(*filter.price_min);
  if (filter.price_max) compiled.price_max = static_cast<float>(*filter.price_max);
  if (filter.price_min && filter.price_max && *filter.price_min > *filter.price_max)
    return Error{Code::kInvalid, "price_min is above price_max", "/filter/price_min",
                 "price_min at most price_max"};
  for (const auto& id : filter.exclude_garments)
    if (const auto slots = catalog.slots(find_named(catalog, id).value_or(NamedItem()).garment_id);
        !slots.empty())
      compiled.excluded_garments.push_back(catalog.snapshot()->facts(slots.front()).garment);
  return compiled;
}

Result<StatedPreferences> understand_quiz(const QuizAnswers& answers, const Catalog& catalog) {
  const Vocabulary& words = catalog.vocabulary();
  StatedPreferences preferences;
  TRY_ASSIGN(preferences.departments,
             find_terms(Facet::kDepartment, answers.departments, words, "/quiz/departments"));
  TRY_ASSIGN(preferences.terms, find_terms(Facet::kCategory, answers.categories, words, "/quiz/categories"));
  TRY_ASSIGN(const auto colours, find_terms(Facet::kColour, answers.colours, words, "/quiz/colours"));
  TRY_ASSIGN(const auto styles, find_terms(Facet::kAesthetic, answers.styles, words, "/quiz/styles"));
  preferences.terms.insert(preferences.terms.end(), colours.begin(), colours.end());
  preferences.terms.insert(preferences.terms.end(), styles.begin(), styles.end());
  for (const auto& name : answers.brands)
    if (const auto brand = catalog.brand(name)) preferences.brands.push_back(*brand);
  const auto wearers = preferences.departments.empty() ? main_departments(*catalog.snapshot(), words)
                                                       : preferences.departments;
  const SizeContext context = shop_sizes(*catalog.snapshot());
  for (size_t i = 0; i < answers.sizes.size(); ++i) {
    TRY_ASSIGN(const SizeSet fitting,
               fitting_sizes(answers.sizes[i], wearers, words, context, fmt::format("/quiz/sizes/{}", i),
                             preferences.sizes_comparable));
    preferences.sizes_fitting |= fitting;
  }
  preferences.sizes = answers.sizes;
  if (answers.budget_max) preferences.budget_max = static_cast<float>(*answers.budget_max);
  if (answers.formality) preferences.formality = static_cast<float>(*answers.formality);
  if (answers.vetoes) TRY(check_vetoes(*answers.vetoes, catalog, "/quiz/vetoes"));
  return preferences;
}

std::vector<NamedSize> named_sizes(std::string_view word, const std::vector<TermId>& departments,
                                   const Vocabulary& vocabulary, const SizeContext& context) {
  const auto [bare, shoe_only] = without_shoe(word);
  const auto read_by = [&](bool shoes) {
    std::vector<NamedSize> named;
    for (const SizeChart chart : charts_for(departments, vocabulary)) {
      if (is_shoe_chart(chart) != shoes) continue;
      SizeContext own = context;
      own.chart = chart;
      for (const SizeId size : parse_sizes(bare, own)) {
        const SizeSystem system = all_sizes()[size].system;
        if (is_shoe_size(system) != shoes) continue;
        const NamedSize one{kind_of(system) == SizeKind::kChild ? SizeChart::kKids : chart, size};
        const auto same = [&](const NamedSize& other) {
          return other.chart == one.chart && other.size == size;
        };
        if (std::none_of(named.begin(), named.end(), same)) named.push_back(one);
      }
    }
    return named;
  };
  auto clothes = shoe_only ? std::vector<NamedSize>() : read_by(false);
  const bool of_known_clothes = context.mens_number != MensNumber::kUnknown;  // "39" of trousers
  if (of_known_clothes && !clothes.empty()) return clothes;
  if (!std::all_of(clothes.begin(), clothes.end(), is_rather_a_shoes)) return clothes;
  auto shoes = read_by(true);
  return shoes.empty() ? clothes : shoes;
}

std::vector<TermId> main_departments(const CatalogSnapshot& catalog, const Vocabulary& vocabulary) {
  constexpr size_t kSample = 500, kTimes = 2;
  const size_t slots = catalog.slot_count(), sample = std::min(kSample, slots);
  size_t women = 0, men = 0;
  for (size_t i = 0; i < sample; ++i) {
    const ItemFacts& facts = catalog.facts(static_cast<Slot>(i * slots / sample));
    if (!facts.live) continue;
    women += facts.size_chart == SizeChart::kWomen || facts.size_chart == SizeChart::kShoesWomen ? 1 : 0;
    men += facts.size_chart == SizeChart::kMen || facts.size_chart == SizeChart::kShoesMen ? 1 : 0;
  }
  const std::string_view main = women >= kTimes * std::max<size_t>(1, men)   ? "women"
                                : men >= kTimes * std::max<size_t>(1, women) ? "men"
                                                                             : "";
  if (main.empty()) return {};
  return {vocabulary.find(Facet::kDepartment, main)->id};
}

std::vector<NamedSize> named_sizes(std::string_view word, const QuizAnswers& quiz,
                                   const Vocabulary& vocabulary, const SizeContext& context) {
  std::vector<TermId> departments;
  for (const auto& name : quiz.departments)
    if (const Term* term = vocabulary.find(Facet::kDepartment, name)) departments.push_back(term->id);
  return named_sizes(word, departments, vocabulary, context);
}

SizeContext shop_sizes(const CatalogSnapshot& catalog) {
  constexpr size_t kLooks = 100;  // each request with a size asks
  size_t left = kLooks;
  for (Slot slot = 0; slot < catalog.slot_count() && left > 0; ++slot) {
    const Item& item = catalog.item(slot);
    if (!item.facts.live) continue;
    if (const auto currency = item.garment.currency(); !currency.empty())
      return {.home = size_home_of(currency)};
    --left;
  }
  return {};
}

void add_preferences(ItemFilter& filter, const StatedPreferences& stated,
                     const std::vector<TermId>& departments, Relaxation relaxed) {
  if (relaxed < Relaxation::kSize && !filter.sizes && stated.sizes_fitting.any()) {
    filter.sizes_wished = stated.sizes_fitting;
    filter.sizes_comparable = stated.sizes_comparable;
  }
  if (relaxed < Relaxation::kBudget && stated.budget_max && !filter.price_max && !filter.price_min) {
    const double near = relaxed < Relaxation::kNearBudget ? 1 : 1 + kBudgetNear;
    filter.price_max = *stated.budget_max * static_cast<float>(near);
  }
  if (relaxed < Relaxation::kDepartment && filter.departments.empty()) filter.departments = departments;
}

}  // namespace modiste
