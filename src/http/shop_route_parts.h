// What the files of routes share: each adds the routes of one part of the API to a router.
#pragma once

#include <cmath>
#include <utility>

#include "http/router.h"
#include "identity/stated_identifier.h"
#include "serving/shop.h"

namespace modiste::http {

// A handler that uses the services of the shop; without a shop it returns kUnavailable.
template <class Handler>
auto on(Shop* shop, Handler handler) {
  return [shop, handler](auto request) -> decltype(handler(*shop, std::move(request))) {
    if (shop == nullptr) return Error{Code::kUnavailable, "the shop is not open yet", "", "try again"};
    return handler(*shop, std::move(request));
  };
}

// The shopper that a path and its `kind` name.
template <class Req>
Identifier shopper_of(const Req& request) {
  return stated_identifier(request.query.kind, request.path.id);
}

// Nine places: without the last digits that sums of binary fractions leave.
inline double rounded_weight(double weight) { return std::round(weight * 1e9) / 1e9; }

// Each keeps the shop's address; null as for shop_router.
void add_answer_routes(Router& router, Shop* shop);
void add_shopper_routes(Router& router, Shop* shop);
void add_wardrobe_routes(Router& router, Shop* shop);
void add_curated_routes(Router& router, Shop* shop);
void add_dead_letter_routes(Router& router, Shop* shop);
void add_catalog_routes(Router& router, Shop* shop);
void add_quality_routes(Router& router, Shop* shop);

}  // namespace modiste::http
