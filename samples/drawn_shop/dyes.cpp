#include "drawn_shop/dyes.h"

#include <algorithm>

#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

struct NamedInk {
  std::string name, ink;
};
struct Colours {
  std::vector<NamedInk> dye;
  std::vector<Rule<std::vector<std::string>>> natural;
};

}  // namespace
}  // namespace modiste::drawn_shop

namespace modiste {

template <>
struct Contract<drawn_shop::NamedInk> {
  using T = drawn_shop::NamedInk;
  static constexpr auto kFields =
      Fields{field("name", &T::name, drawn_shop::kNeeded), field("ink", &T::ink, drawn_shop::kNeeded)};
};
template <>
struct Contract<drawn_shop::Colours> {
  using T = drawn_shop::Colours;
  static constexpr auto kFields =
      Fields{field("dye", &T::dye, drawn_shop::kNeeded), field("natural", &T::natural, drawn_shop::kNeeded)};
};

}  // namespace modiste

namespace modiste::drawn_shop {
namespace {

Result<Done> check(const Colours& colours) {
  for (size_t i = 0; i < colours.dye.size(); ++i)
    TRY(check_ink(colours.dye[i].ink, fmt::format("/dye/{}/ink", i)));
  for (size_t i = 0; i < colours.natural.size(); ++i)
    for (const auto& name : colours.natural[i].then)
      if (std::none_of(colours.dye.begin(), colours.dye.end(), [&](const auto& d) { return d.name == name; }))
        return unknown_word(name, fmt::format("/natural/{}/then", i), "a name in the list of dyes");
  return check_rules(colours.natural, "/natural", true);
}

const Colours& colours() {
  static const Colours kColours = read_own<Colours>("colours.toml");
  return kColours;
}

}  // namespace

Result<Done> check_ink(std::string_view ink, std::string where) {
  if (parse_hex(ink).ok()) return kOk;
  return Error{Code::kInvalid, fmt::format("\"{}\" is not a colour", ink), std::move(where), "\"#rrggbb\""};
}

std::span<const Dye> dyes() {
  static const std::vector<Dye> kDyes = [] {
    std::vector<Dye> made;
    for (const auto& [name, ink] : colours().dye) made.push_back({name, drawing::Ink(ink.c_str())});
    return made;
  }();
  return kDyes;
}

const Dye* find_dye(std::string_view name) {
  const auto found = std::find_if(dyes().begin(), dyes().end(), [&](const Dye& d) { return d.name == name; });
  return found == dyes().end() ? nullptr : &*found;
}

const Dye& dye(std::string_view name) {
  const Dye* found = find_dye(name);
  CHECK(found != nullptr);
  return *found;
}

const std::vector<std::string>& natural_dyes(const drawing::Design& design, Rng& rng) {
  return first_fitting(colours().natural, design, {}, rng);
}

}  // namespace modiste::drawn_shop
