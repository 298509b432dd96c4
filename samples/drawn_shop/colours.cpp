#include "drawn_shop/colours.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "outfits/colour_harmony.h"

namespace modiste::drawn_shop {
namespace {

using drawing::Colourway;
using drawing::Design;
using drawing::Ink;
using drawing::Kind;
using drawing::Material;
using drawing::Print;

bool suits(const Design& d, const Ink& ink) {
  // Loud trousers, coats and tailoring are rare; so are pale boots.
  const bool sober = d.kind == Kind::kTrousers || d.kind == Kind::kBlazer || d.kind == Kind::kCoat ||
                     d.kind == Kind::kOxfords || d.kind == Kind::kLoafers;
  if (sober && ink.chroma() > 42) return false;
  if ((d.kind == Kind::kOxfords || d.kind == Kind::kTallBoots) && ink.lab.l > 80) return false;
  if (d.material == Material::kSequin && ink.lab.l > 93) return false;
  if (d.mens && ink.chroma() > 30 && ink.hue_degrees() > 330) return false;
  return true;
}

const Ink& pick_ink(const std::vector<Ink>& inks, Rng& rng) { return inks[rng.below(inks.size())]; }

// A colour of the brand that reads against the ground and does not fight it.
Ink contrast(const Ink& ground, const Brand& brand, double difference, Rng& rng) {
  std::vector<Ink> choices;
  for (const auto& name : brand.dyes) {
    const Ink& ink = dye(name).ink;
    if (std::abs(ink.lab.l - ground.lab.l) >= difference &&
        outfits::colour_harmony(ink.lab, ground.lab) >= 0.6)
      choices.push_back(ink);
  }
  if (choices.empty()) return ground.lab.l > 55 ? Ink("#2d2f3a") : Ink("#efe9dc");
  return pick_ink(choices, rng);
}

// Shades of the ground itself, for quiet patterns.
Ink tonal(const Ink& ground, double amount) {
  return ground.lab.l > 48 ? ground.shade(amount) : ground.tint(amount * 0.75);
}

void colour_print(Colourway& c, const Design& d, const Brand& brand, Rng& rng) {
  switch (d.print) {
    case Print::kAnimal:
      c.figure = Ink("#2d221b"), c.accent = c.ground.shade(0.3);
      break;
    case Print::kPinstripe:
      c.figure = rng.chance(0.5) ? tonal(c.ground, 0.4) : contrast(c.ground, brand, 32, rng),
      c.accent = tonal(c.ground, 0.3);
      break;
    case Print::kHerringbone:
    case Print::kCheck:
      c.figure = tonal(c.ground, 0.42),
      c.accent = rng.chance(0.5) ? tonal(c.ground, 0.3) : contrast(c.ground, brand, 20, rng);
      break;
    case Print::kHoundstooth:
      c.figure = c.ground.lab.l > 55 ? Ink("#2c2b2d") : Ink("#e8e2d4");
      break;
    case Print::kTieDye:
      c.figure = c.ground.mixed(contrast(c.ground, brand, 22, rng), 0.75), c.accent = c.ground.tint(0.6);
      break;
    case Print::kGingham:
      c.figure = c.ground, c.ground = c.ground.tint(0.86), c.accent = c.figure;
      break;
    case Print::kTartan:
      c.figure = contrast(c.ground, brand, 24, rng),
      c.accent = c.ground.lab.l > 60 ? Ink("#8e3a34") : Ink("#e2c984");
      break;
    default:
      break;
  }
}

Colourway colourway_of(const Design& d, const Dye& ground, const Brand& brand, Rng& rng) {
  Colourway c;
  c.ground = ground.ink;
  c.figure = contrast(c.ground, brand, 30, rng);
  c.accent = contrast(c.ground, brand, 22, rng);
  c.hardware = Ink(brand.hardware.c_str());
  c.backdrop = Ink(brand.backdrop.c_str());
  colour_print(c, d, brand, rng);
  const bool woven_shirt = d.kind == Kind::kShirt || d.kind == Kind::kPolo || d.kind == Kind::kBlouse;
  if (woven_shirt) c.hardware = c.ground.lab.l > 45 ? c.ground.tint(0.55) : c.ground.tint(0.25);
  if (d.kind == Kind::kBlazer || d.kind == Kind::kCoat || d.kind == Kind::kTrench ||
      d.kind == Kind::kCardigan)
    c.hardware =
        ground.name == "Navy" && rng.chance(0.5) ? Ink("#b99a55") : c.ground.mixed(Ink("#3a2d25"), 0.62);
  if (d.kind == Kind::kSunglasses) c.accent = rng.chance(0.6) ? Ink("#6b6b6e") : Ink("#8a6a45");
  if (d.kind == Kind::kWatch)
    c.figure = rng.chance(0.5) ? Ink("#f1eee6") : contrast(c.ground, brand, 10, rng),
    c.accent = Ink("#a8483a");
  return c;
}

}  // namespace

std::vector<ItemColour> choose_colours(const Design& d, const Brand& brand, Rng& rng) {
  const auto& natural = natural_dyes(d, rng);
  const auto& dyed = natural.empty() ? brand.dyes : natural;
  std::vector<std::string_view> names(dyed.begin(), dyed.end());
  rng.shuffle(names);
  // Two and three colours are the rule; a print rarely comes in more than two.
  const double u = rng.uniform();
  size_t wanted = u < 0.25 ? 1 : (u < 0.62 ? 2 : (u < 0.88 ? 3 : 4));
  if (d.print != Print::kPlain) wanted = std::min<size_t>(wanted, 2);
  if (d.print == Print::kAnimal) wanted = 1;
  std::vector<ItemColour> colours;
  std::set<std::string_view> taken;
  for (const auto name : names) {
    if (colours.size() == wanted) break;
    const Dye& found = dye(name);
    if (!taken.insert(name).second || !suits(d, found.ink)) continue;
    colours.push_back({&found, colourway_of(d, found, brand, rng)});
  }
  if (colours.empty()) colours.push_back({&dye("Black"), colourway_of(d, dye("Black"), brand, rng)});
  return colours;
}

}  // namespace modiste::drawn_shop
