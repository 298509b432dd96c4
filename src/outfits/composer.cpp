#include "outfits/composer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/vector_math.h"

namespace modiste::outfits {
namespace {

// Cosine up to which two garments of one role look different: of two T-shirts it is seldom below 0.6.
constexpr double kUnlike = 0.8;
constexpr double kCents = 1e-6;  // prices are sums of rounded numbers

// The pair scores of one request: fixed pieces first, then options; each computed at most once.
class PairTable {
 public:
  PairTable(const ComposeInput& input, const Compatibility& compatibility)
      : input_(input),
        compatibility_(compatibility),
        size_(input.fixed.size() + input.options.size()),
        scores_(size_ * size_, kUnknown) {}

  static constexpr float kForbidden = -1;
  [[nodiscard]] float at(size_t a, size_t b) {
    float& score = scores_[std::min(a, b) * size_ + std::max(a, b)];
    if (score == kUnknown) score = judge(look(a), look(b));
    return score;
  }
  [[nodiscard]] const Wearable& look(size_t piece) const {
    return piece < input_.fixed.size() ? input_.fixed[piece].look
                                       : input_.options[piece - input_.fixed.size()].look;
  }

 private:
  static constexpr float kUnknown = -2;
  [[nodiscard]] float judge(const Wearable& a, const Wearable& b) const {
    if (input_.forbids && input_.forbids(a, b)) return kForbidden;
    return static_cast<float>(compatibility_.pair(a, b));
  }

  const ComposeInput& input_;
  const Compatibility& compatibility_;
  size_t size_;
  std::vector<float> scores_;
};

struct Partial {
  std::vector<uint32_t> options;
  uint8_t wearers = Option::kAnyWearer;
  uint64_t currency = 0;  // of the price; 0: of none yet
  double style = 0, context = 0, worst_context = 1, pairs = 0, price = 0;

  // Half the mean, half the worst: one piece for the beach spoils a look for work.
  [[nodiscard]] double suits() const {
    return options.empty() ? 1 : 0.5 * context / static_cast<double>(options.size()) + 0.5 * worst_context;
  }

  size_t pair_count = 0, optional_filled = 0;
  double lead = 0;  // what the beam is ordered by
};

// Finds one outfit after the other; what was found is held against the next.
class Search {
 public:
  Search(const ComposeInput& input, const Compatibility& compatibility, const ComposeOptions& options)
      : input_(input),
        compatibility_(compatibility),
        options_(options),
        pairs_(input, compatibility),
        repeats_(input.options.size(), 0),
        shown_of_shape_(input.templates.size(), 0) {
    for (size_t i = 0; i < input.options.size(); ++i)
      by_role_[static_cast<size_t>(input.options[i].look.role)].push_back(static_cast<uint32_t>(i));
  }

  [[nodiscard]] std::optional<Composed> best(size_t beam) {
    std::optional<Composed> best;
    for (size_t shape = 0; shape < input_.templates.size(); ++shape)
      for (const Partial& whole : grow(input_.templates[shape], beam)) {
        if (whole.options.empty() || input_.fixed.size() + whole.options.size() < 2) continue;
        Composed outfit = judge(whole, shape);
        if (!best || better(outfit, *best)) best = std::move(outfit);
      }
    return best;
  }

  void hold_against(const Composed& shown) {
    shown_.push_back(shown.options);
    ++shown_of_shape_[shown.shape];
    for (size_t i = 0; i < input_.options.size(); ++i)
      for (const uint32_t piece : shown.options) {
        const Option& one = input_.options[i];
        const Option& other = input_.options[piece];
        if (one.look.role != other.look.role) continue;
        const auto a = one.look.vector, b = other.look.vector;
        double alike = one.garment == other.garment ? 1 : 0;
        if (alike == 0 && !a.empty() && a.size() == b.size())
          alike = std::clamp((static_cast<double>(dot(a, b)) - kUnlike) / (1 - kUnlike), 0.0, 1.0);
        repeats_[i] = std::max(repeats_[i], alike);
      }
  }

 private:
  [[nodiscard]] bool better(const Composed& a, const Composed& b) const {
    if (options_.cheapest && std::abs(a.price - b.price) > kCents) return a.price < b.price;
    return worth(a) > worth(b);
  }
  // Its value, less for each outfit before that is of the same template.
  [[nodiscard]] double worth(const Composed& outfit) const {
    return outfit.value - options_.same_shape * static_cast<double>(shown_of_shape_[outfit.shape]);
  }

  [[nodiscard]] Partial seed() {
    Partial seed;
    if (input_.budget) seed.currency = input_.currency;
    for (size_t i = 0; i < input_.fixed.size(); ++i) {
      seed.wearers = static_cast<uint8_t>(seed.wearers & input_.fixed[i].wearers);
      seed.price += input_.fixed[i].price;
      if (seed.currency == 0) seed.currency = input_.fixed[i].currency;
      for (size_t j = 0; j < i; ++j)
        if (const float score = pairs_.at(i, j); score >= 0) {
          seed.pairs += static_cast<double>(score);
          ++seed.pair_count;
        }
    }
    // What the shopper wears already may mix departments; the rest then may too.
    if (seed.wearers == 0) seed.wearers = Option::kAnyWearer;
    return seed;
  }

  [[nodiscard]] std::vector<Partial> grow(const OutfitTemplate& shape, size_t beam) {
    std::vector<double> cheapest_rest(shape.required.size() + 1, 0);
    for (size_t r = shape.required.size(); r-- > 0;)
      cheapest_rest[r] = cheapest_rest[r + 1] + cheapest(shape.required[r]);
    std::vector<Partial> partials{seed()};
    for (size_t r = 0; r < shape.required.size() && !partials.empty(); ++r)
      partials = extend(partials, shape.required[r], {beam, cheapest_rest[r + 1], false});
    for (const OutfitRole role : shape.optional)
      if (!partials.empty()) partials = extend(partials, role, {beam, 0, true});
    return partials;
  }

  struct Step {
    size_t beam = 0;
    double price_rest = 0;  // of the cheapest pieces for the roles that must still be filled
    bool may_skip = false;
  };

  [[nodiscard]] std::vector<Partial> extend(const std::vector<Partial>& partials, OutfitRole role,
                                            const Step& step) {
    std::vector<Partial> grown;
    for (const Partial& from : partials) {
      if (step.may_skip) grown.push_back(from);
      for (const uint32_t option : by_role_[static_cast<size_t>(role)])
        if (auto with = joined(from, option, step)) grown.push_back(std::move(*with));
    }
    const auto ahead = [](const Partial& a, const Partial& b) {
      return a.lead != b.lead ? a.lead > b.lead : a.options < b.options;
    };
    const size_t kept = std::min(step.beam, grown.size());
    std::partial_sort(grown.begin(), grown.begin() + static_cast<std::ptrdiff_t>(kept), grown.end(), ahead);
    grown.resize(kept);
    return grown;
  }

  [[nodiscard]] std::optional<Partial> joined(const Partial& from, uint32_t option, const Step& step) {
    const Option& piece = input_.options[option];
    if (step.may_skip && piece.context < options_.optional_context) return std::nullopt;
    const auto wearers = static_cast<uint8_t>(from.wearers & piece.wearers);
    const double price = from.price + piece.price;
    if (piece.currency != 0 && from.currency != 0 && piece.currency != from.currency) return std::nullopt;
    if (wearers == 0 || (input_.budget && price + step.price_rest > *input_.budget + kCents))
      return std::nullopt;
    for (const Option& fixed : input_.fixed)
      if (fixed.garment == piece.garment) return std::nullopt;
    const size_t self = input_.fixed.size() + option;
    double pairs = from.pairs;
    for (size_t i = 0; i < input_.fixed.size(); ++i) {
      const float score = pairs_.at(i, self);
      if (score < 0) return std::nullopt;
      pairs += static_cast<double>(score);
    }
    for (const uint32_t other : from.options) {
      const float score = pairs_.at(input_.fixed.size() + other, self);
      if (score < 0 || input_.options[other].garment == piece.garment) return std::nullopt;
      pairs += static_cast<double>(score);
    }
    Partial with = from;
    with.options.push_back(option);
    if (!keeps_apart(with.options)) return std::nullopt;
    with.pair_count += input_.fixed.size() + from.options.size();
    with.wearers = wearers, with.price = price, with.pairs = pairs;
    if (with.currency == 0) with.currency = piece.currency;
    with.style += piece.style - options_.repeats * repeats_[option];
    with.context += piece.context;
    with.worst_context = std::min(from.worst_context, piece.context);
    with.optional_filled += step.may_skip ? 1 : 0;
    with.lead = options_.cheapest ? -price : lead(with);
    return with;
  }

  [[nodiscard]] double lead(const Partial& part) const {
    const auto chosen = static_cast<double>(std::max<size_t>(1, part.options.size()));
    // A piece alone must not lead over two that go together.
    constexpr double kAlone = 0.7;
    const double pairs = part.pair_count == 0 ? kAlone : part.pairs / static_cast<double>(part.pair_count);
    constexpr double kPerOptional = 0.5;  // of the weight of completeness, per piece
    return options_.style * part.style / chosen + options_.context * part.suits() +
           options_.compatibility * pairs +
           options_.complete * kPerOptional * static_cast<double>(part.optional_filled);
  }

  // At most shared_max pieces in common with each outfit before; where only one or two roles are open, an
  // outfit of the same pieces would be no other one.
  [[nodiscard]] bool keeps_apart(const std::vector<uint32_t>& options) const {
    for (const auto& before : shown_) {
      size_t shared = 0;
      for (const uint32_t option : options)
        for (const uint32_t other : before)
          shared += input_.options[option].garment == input_.options[other].garment ? 1 : 0;
      const size_t allowed = std::min(options_.shared_max, before.size() - 1);
      if (shared > allowed) return false;
    }
    return true;
  }

  [[nodiscard]] Composed judge(const Partial& whole, size_t shape) const {
    std::vector<Wearable> looks;
    for (const Option& piece : input_.fixed) looks.push_back(piece.look);
    for (const uint32_t option : whole.options) looks.push_back(input_.options[option].look);
    const auto chosen = static_cast<double>(whole.options.size());
    const size_t optional = input_.templates[shape].optional.size();
    Composed outfit;
    outfit.options = whole.options;
    outfit.shape = shape;
    outfit.style = std::clamp(whole.style / chosen, 0.0, 1.0);
    outfit.context = whole.suits();
    outfit.compatibility = compatibility_.set(looks);
    outfit.complete =
        optional == 0 ? 1 : static_cast<double>(whole.optional_filled) / static_cast<double>(optional);
    outfit.value = options_.style * outfit.style + options_.context * outfit.context +
                   options_.compatibility * outfit.compatibility + options_.complete * outfit.complete;
    outfit.price = whole.price;
    return outfit;
  }

  [[nodiscard]] double cheapest(OutfitRole role) const {
    double least = std::numeric_limits<double>::infinity();
    for (const uint32_t option : by_role_[static_cast<size_t>(role)])
      least = std::min(least, input_.options[option].price);
    return std::isinf(least) ? 0 : least;
  }

  const ComposeInput& input_;
  const Compatibility& compatibility_;
  const ComposeOptions& options_;
  PairTable pairs_;
  std::array<std::vector<uint32_t>, EnumNames<OutfitRole>::kNames.size()> by_role_;
  std::vector<double> repeats_;  // by option: how much like a piece that was shown, 0 to 1
  std::vector<std::vector<uint32_t>> shown_;
  std::vector<size_t> shown_of_shape_;  // by template
};

}  // namespace

std::vector<Composed> compose(const ComposeInput& input, const Compatibility& compatibility,
                              const ComposeOptions& options) {
  Search search(input, compatibility, options);
  std::vector<Composed> outfits;
  while (outfits.size() < input.count) {
    auto next = search.best(options.beam);
    if (!next) break;
    search.hold_against(*next);
    outfits.push_back(std::move(*next));
  }
  return outfits;
}

std::optional<Composed> compose_exhaustively(const ComposeInput& input, const Compatibility& compatibility,
                                             const ComposeOptions& options) {
  Search search(input, compatibility, options);
  return search.best(std::numeric_limits<size_t>::max());
}

}  // namespace modiste::outfits
