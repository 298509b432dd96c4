// Reads, links and erases one shopper: through the server that has the data directory open, else in the
// directory itself.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "shop/open_shop.h"
#include "shop/remote/remote.h"

namespace modiste {

// Threads: one owner. Errors of every call: kNotFound for a shopper that the shop does not know, and those of
// call_server.
class ShopperAccess {
 public:
  // Errors as OpenShop::open when no server has the shop open.
  static Result<ShopperAccess> open(const Config& config, Identifier shopper);

  Result<StyleView> style();
  Result<IdentityView> identity();
  // Splits the two sides of a link, or joins them again.
  Result<IdentityView> set_link(const std::string& link, bool merges);
  // As JSON: what a server exports need not be understood here.
  Result<std::string> everything();
  Result<Done> erase();

 private:
  explicit ShopperAccess(Identifier shopper) : shopper_(std::move(shopper)) {}
  Result<std::string> call(std::string_view method, std::string_view what, const std::string& body);
  template <class T>
  Result<T> ask(std::string_view method, std::string_view what, const std::string& body);

  Identifier shopper_;
  std::optional<ServingNote> server_;
  std::unique_ptr<OpenShop> shop_;  // null when it is served
};

}  // namespace modiste
