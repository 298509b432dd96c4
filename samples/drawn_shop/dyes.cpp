#include "drawn_shop/dyes.h"

#include <algorithm>

#include "drawn_shop/rules.h"

namespace modiste::drawn_shop {
namespace {

struct Colours {
  std::vector<Dye> dyes;
  std::vector<Rule<std::vector<std::string>>> natural;
};

const Dye* find(std::span<const Dye> among, std::string_view name) {
  const auto found = std::find_if(among.begin(), among.end(), [&](const Dye& d) { return d.name == name; });
  return found == among.end() ? nullptr : &*found;
}

Colours read_colours(Row& file) {
  Colours colours;
  colours.dyes = file.rows("dye", [](Row& row) { return Dye{row.text("name"), row.ink("ink")}; });
  colours.natural = read_complete(file, "natural", [&](Row& row) {
    auto names = row.texts_or_none("of");
    for (const auto& name : names)
      if (find(colours.dyes, name) == nullptr)
        row.fail("of", fmt::format("unknown dye \"{}\"", name), "a name in the list of dyes");
    return names;
  });
  return colours;
}

const Colours& colours() {
  static const Colours kColours = read_own("colours.toml", read_colours);
  return kColours;
}

}  // namespace

std::span<const Dye> dyes() { return colours().dyes; }

bool is_dye(std::string_view name) { return find(dyes(), name) != nullptr; }

const Dye& dye(std::string_view name) {
  const Dye* found = find(dyes(), name);
  CHECK(found != nullptr);
  return *found;
}

const std::vector<std::string>& natural_dyes(const drawing::Design& design, Rng& rng) {
  return first_fitting(colours().natural, design, {}, rng);
}

}  // namespace modiste::drawn_shop
