#include "lookbook/centroid.h"

#include <cmath>

namespace modiste::lookbook {

void Centroid::add(const ShopperState& shopper, const StyleModel& model) {
  const auto shares = present_taste(shopper.style, shopper.session, model);
  if (shares.empty()) return;
  ++shoppers_;
  terms_.resize(std::max(terms_.size(), model.term_count()));
  for (const TasteShare& share : shares) {
    const double weight = static_cast<double>(share.share);
    const Taste& taste = share.taste;
    for (const Evidence& evidence : taste.terms) {
      Sum& sum = terms_[evidence.key];
      sum.ema += weight * static_cast<double>(evidence.ema);
      sum.ema_left += weight * static_cast<double>(evidence.ema_left);
      sum.positive += weight * static_cast<double>(evidence.positive);
      sum.negative += weight * static_cast<double>(evidence.negative);
      sum.weight += weight;
      if (sum.latest != shoppers_) ++sum.shoppers;
      sum.latest = shoppers_;
    }
    double length = 0;
    for (const float value : taste.vector) length += static_cast<double>(value) * static_cast<double>(value);
    vector_.resize(std::max(vector_.size(), taste.vector.size()));
    if (length > 0)
      for (size_t i = 0; i < taste.vector.size(); ++i)
        vector_[i] += weight * static_cast<double>(taste.vector[i]) / std::sqrt(length);
    positive_ += weight * static_cast<double>(taste.positive_total);
    negative_ += weight * static_cast<double>(taste.negative_total);
    log_price_ += weight * static_cast<double>(taste.log_price_sum);
    log_price_square_ += weight * static_cast<double>(taste.log_price_square_sum);
    price_weight_ += weight * static_cast<double>(taste.price_weight);
  }
}

void Centroid::merge(const Centroid& other) {
  terms_.resize(std::max(terms_.size(), other.terms_.size()));
  for (size_t t = 0; t < other.terms_.size(); ++t) {
    Sum& sum = terms_[t];
    const Sum& more = other.terms_[t];
    sum.ema += more.ema, sum.ema_left += more.ema_left, sum.weight += more.weight;
    sum.positive += more.positive, sum.negative += more.negative;
    sum.shoppers += more.shoppers;
  }
  vector_.resize(std::max(vector_.size(), other.vector_.size()));
  for (size_t i = 0; i < other.vector_.size(); ++i) vector_[i] += other.vector_[i];
  positive_ += other.positive_, negative_ += other.negative_;
  log_price_ += other.log_price_, log_price_square_ += other.log_price_square_;
  price_weight_ += other.price_weight_;
  shoppers_ += other.shoppers_;
}

std::shared_ptr<const ShopperState> Centroid::profile(TermId department) const {
  auto state = std::make_shared<ShopperState>();
  if (department != kNoTerm) {
    state->preferences.answered = true;
    state->preferences.departments = {department};
  }
  if (shoppers_ < kCentroidTermShoppers) return state;  // it would be one shopper's own
  const double n = static_cast<double>(shoppers_);
  const auto mean = [n](double sum) { return static_cast<float>(sum / n); };
  Mode mode;
  mode.id = 1;
  mode.confirmed = true;
  mode.sessions = 1;
  mode.activity = 1;
  Taste& taste = mode.taste;
  for (size_t t = 0; t < terms_.size(); ++t) {
    const Sum& sum = terms_[t];
    if (sum.shoppers < kCentroidTermShoppers) continue;
    Evidence& evidence = taste.terms.emplace_back();
    evidence.key = static_cast<uint32_t>(t);
    evidence.ema = mean(sum.ema);
    // A shopper without evidence of the term has all of the weight left.
    evidence.ema_left = mean(sum.ema_left + (n - sum.weight));
    evidence.positive = mean(sum.positive);
    evidence.negative = mean(sum.negative);
  }
  taste.signals = static_cast<int>(shoppers_);
  taste.positive_total = mean(positive_), taste.negative_total = mean(negative_);
  for (const double value : vector_) taste.vector.push_back(mean(value));
  taste.log_price_sum = mean(log_price_), taste.log_price_square_sum = mean(log_price_square_);
  taste.price_weight = mean(price_weight_);
  state->style.modes.push_back(std::move(mode));
  state->style.id_latest = 1;
  state->signals = static_cast<int>(std::min<size_t>(shoppers_ * 2, 1'000));
  state->likes = state->signals;
  return state;
}

}  // namespace modiste::lookbook
