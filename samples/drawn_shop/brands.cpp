#include "drawn_shop/brands.h"

#include "drawn_shop/data_file.h"
#include "drawn_shop/dyes.h"

namespace modiste::drawn_shop {
namespace {

Result<Done> check(const Brand& brand, const std::string& where) {
  TRY(check_ink(brand.backdrop, where + "/backdrop"));
  TRY(check_ink(brand.hardware, where + "/hardware"));
  for (const auto& name : brand.dyes)
    if (find_dye(name) == nullptr) return unknown_word(name, where + "/dyes", "a name in colours.toml");
  for (const auto& [kind, factor] : brand.kinds)
    if (!enum_from_name<drawing::Kind>(kind))
      return unknown_word(kind, where + "/kinds/" + kind, "a kind in kinds.toml");
  const std::pair<const char*, size_t> sizes[] = {{"aesthetics", brand.aesthetics.size()},
                                                  {"dyes", brand.dyes.size()},
                                                  {"fits", brand.fits.size()},
                                                  {"names", brand.names.size()},
                                                  {"openers", brand.openers.size()},
                                                  {"closers", brand.closers.size()}};
  for (const auto& [list, size] : sizes)
    if (size == 0) return Error{Code::kInvalid, "the list is empty", where + "/" + list, "one entry or more"};
  return kOk;
}

}  // namespace

Result<Done> check(const Brands& brands) {
  for (size_t i = 0; i < brands.brand.size(); ++i) TRY(check(brands.brand[i], fmt::format("/brand/{}", i)));
  return kOk;
}

std::span<const Brand> brands() {
  static const Brands kBrands = read_own<Brands>("brands.toml");
  return kBrands.brand;
}

}  // namespace modiste::drawn_shop
