#include "shop/remote/shopper_access.h"

#include <fmt/format.h>

#include "http/shopper_contracts.h"

namespace modiste {

Result<ShopperAccess> ShopperAccess::open(const Config& config, Identifier shopper) {
  ShopperAccess access(std::move(shopper));
  access.server_ = serving_at(config.folder());
  if (access.server_) return access;
  // With its encoder, whose networks are not loaded: with another one the snapshot would be of no use.
  TRY_ASSIGN(access.shop_, OpenShop::open(config));
  return access;
}

Result<std::string> ShopperAccess::call(std::string_view method, std::string_view what,
                                        const std::string& body) {
  const auto path =
      fmt::format("/v1/shoppers/{}{}?kind={}", percent_encode(shopper_.id), what, name_of(shopper_.kind));
  return call_server(*server_, method, path, body);
}

template <class T>
Result<T> ShopperAccess::ask(std::string_view method, std::string_view what, const std::string& body) {
  TRY_ASSIGN(const std::string answer, call(method, what, body));
  return from_json_text<T>(answer);
}

Result<StyleView> ShopperAccess::style() {
  if (!server_) return shop_->services().shoppers().style(shopper_);
  return ask<StyleView>("GET", "/style", "");
}

Result<IdentityView> ShopperAccess::identity() {
  if (!server_) return shop_->services().shoppers().identity(shopper_);
  return ask<IdentityView>("GET", "/identity", "");
}

Result<IdentityView> ShopperAccess::set_link(const std::string& link, bool merges) {
  if (!server_) return shop_->services().shoppers().set_link(shopper_, link, merges);
  return ask<IdentityView>("POST", "/identity", to_json_text(http::LinkChange{link, merges}));
}

Result<std::string> ShopperAccess::everything() {
  if (server_) return call("GET", "/export", "");
  TRY_ASSIGN(const auto all, shop_->services().shoppers().export_shopper(shopper_));
  return to_json_text(all);
}

Result<Done> ShopperAccess::erase() {
  if (!server_) return shop_->services().shoppers().erase(shopper_);
  TRY(call("DELETE", "", ""));
  return kOk;
}

}  // namespace modiste
