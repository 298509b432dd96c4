#include "feeds/feed_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/rng.h"
#include "catalog/garment_attributes.h"

namespace modiste {

FeedRun::FeedRun(FeedInput& input, const GarmentSink& sink, const FeedProgress& progress)
    : name_(input.name()), text_(input, progress), lines_(text_), sink_(sink) {}

void FeedRun::refuse(size_t line, std::string column, std::string reason) {
  ++report_.rows_refused;
  if (report_.refusals.size() < kRefusalsMax)
    report_.refusals.push_back({name_, line, std::move(column), std::move(reason)});
}

void FeedRun::refuse(size_t line, std::string column, const Error& error) {
  refuse(line, std::move(column),
         error.expected.empty() ? error.what : error.what + "; expected " + error.expected);
}

// Drops variants whose sku is another garment's; false when none is left.
bool FeedRun::claim_skus(Garment& garment, size_t line) {
  std::erase_if(garment.variants, [&](const Variant& variant) {
    const auto [known, is_new] = line_of_sku_.try_emplace(hash64(variant.sku), line);
    if (!is_new)
      refuse(line, "sku", fmt::format("sku '{}' was already used at line {}", variant.sku, known->second));
    return !is_new;
  });
  return !garment.variants.empty();
}

Result<Done> FeedRun::emit(Garment&& garment, size_t line) {
  share_variant_attributes(garment);
  if (const auto valid = validate(garment); !valid.ok()) {
    refuse(line, valid.error().where, valid.error());
    return kOk;
  }
  const auto [known, is_new] = line_of_id_.try_emplace(hash64(garment.id), line);
  if (!is_new) {
    refuse(line, "id", fmt::format("id '{}' was already used at line {}", garment.id, known->second));
    return kOk;
  }
  if (!claim_skus(garment, line)) return kOk;
  ++report_.garments;
  report_.variants += garment.variants.size();
  report_.images += garment.images.size();
  TRY(sink_(std::move(garment)));
  return kOk;
}

FeedReport FeedRun::finish() {
  report_.encoding = text_.encoding();
  return std::move(report_);
}

}  // namespace modiste
