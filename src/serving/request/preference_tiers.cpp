#include "serving/request/preference_tiers.h"

#include <algorithm>
#include <cmath>

namespace modiste {

std::vector<Loosening> loosenings(const RequestState& request) {
  const StatedPreferences& stated = request.shopper->preferences;
  const auto situation = situation_of(request);
  const auto misfits = situation ? misfit_steps(*situation) : std::vector{kMisfitMax};
  const bool sizes = stated.answered && stated.sizes_fitting.any();
  const bool budget = stated.answered && stated.budget_max.has_value();
  std::vector<Loosening> steps;
  for (const int misfit : misfits) {
    steps.push_back({misfit, Relaxation::kNone, steps.empty() ? "" : "context"});
    if (sizes) steps.push_back({misfit, Relaxation::kSize, "size"});
    if (budget) steps.push_back({misfit, Relaxation::kNearBudget, "budget"});
  }
  if (budget) steps.push_back({kMisfitMax, Relaxation::kBudget, "budget"});
  if (!request.departments.empty())
    // What only choices told was not promised, so an answer does not report that it was given up.
    steps.push_back({kMisfitMax, Relaxation::kDepartment, stated.departments.empty() ? "" : "department"});
  return steps;
}

namespace {

constexpr uint32_t kPrices = 1 << 16;  // within and above the budget, by percent
constexpr uint32_t kMisfits = kMisfitMax + 1, kSizes = 2, kNearness = 2;

}  // namespace

PreferenceTiers::PreferenceTiers(const ItemFilter& asked, const RequestState& request)
    : request_(request), situation_(situation_of(request)) {
  ItemFilter wanted = asked;
  add_preferences(wanted, request.shopper->preferences, request.departments, Relaxation::kNone);
  department_.in_stock_only = size_.in_stock_only = false;
  department_.departments = wanted.departments;
  size_.sizes_wished = wanted.sizes_wished;
  size_.sizes_comparable = wanted.sizes_comparable;
  if (!asked.price_max) budget_ = wanted.price_max;
}

double PreferenceTiers::over_budget(const ItemFacts& item) const {
  constexpr float kLeast = 1;  // a budget of nothing asks for the cheapest
  return budget_ ? static_cast<double>(item.price / std::max(kLeast, *budget_)) - 1 : 0;
}

uint32_t PreferenceTiers::tier(const ItemFacts& item) const {
  const double over = over_budget(item);
  const auto percent = static_cast<uint32_t>(std::clamp(std::ceil(100 * over), 0.0, kPrices - 1.0));
  const int misfit = situation_ ? situation_misfit(item, *situation_, *request_.vocabulary) : 0;
  uint32_t tier = department_.admits(item, *request_.vocabulary) ? 0 : 1;
  tier = tier * kNearness + (over > kBudgetNear ? 1 : 0);
  tier = tier * kMisfits + static_cast<uint32_t>(misfit);
  tier = tier * kPrices + percent;
  return tier * kSizes + (size_.admits(item, *request_.vocabulary) ? 0 : 1);
}

bool PreferenceTiers::is_short_of(uint32_t tier, std::string_view what) {
  if (what == "size") return tier % kSizes > 0;
  tier /= kSizes;
  if (what == "budget") return tier % kPrices > 0;
  tier /= kPrices;
  if (what == "context") return tier % kMisfits > 0;
  return what == "department" && tier / kMisfits / kNearness > 0;
}

}  // namespace modiste
