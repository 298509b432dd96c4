#include "simulation/drawn_dyes.h"

#include <algorithm>
#include <vector>

namespace modiste {
namespace {

const std::vector<Dye>& table() {
  using drawing::Ink;
  static const std::vector<Dye> kDyes{
      {"Optic White", Ink("#f7f7f5")},  {"Off-White", Ink("#f3efe4")},    {"Ecru", Ink("#ece4d2")},
      {"Ivory", Ink("#f1ead8")},        {"Chalk", Ink("#eeebe2")},        {"Champagne", Ink("#eadbc0")},
      {"Oat", Ink("#d9ccb4")},          {"Sand", Ink("#d3c0a1")},         {"Stone", Ink("#c6baa6")},
      {"Taupe", Ink("#b8a890")},        {"Camel", Ink("#b88a55")},        {"Caramel", Ink("#b07a45")},
      {"Tan", Ink("#b98f62")},          {"Cognac", Ink("#8a4b26")},       {"Tobacco", Ink("#7a5230")},
      {"Chocolate", Ink("#4f3426")},    {"Espresso", Ink("#3d2b24")},     {"Black", Ink("#232326")},
      {"Charcoal", Ink("#44464b")},     {"Slate", Ink("#4a5058")},        {"Stone Grey", Ink("#8d8d8a")},
      {"Grey Marl", Ink("#a3a4a6")},    {"Dove Grey", Ink("#a9a8a5")},    {"Silver", Ink("#bfc1c4")},
      {"Navy", Ink("#222b47")},         {"Midnight", Ink("#1c2340")},     {"Indigo", Ink("#2b3358")},
      {"Cobalt", Ink("#2b4aa0")},       {"Royal Blue", Ink("#2f51ab")},   {"Cornflower", Ink("#5470b8")},
      {"Dusty Blue", Ink("#9db3c8")},   {"Sky Blue", Ink("#b2cde2")},     {"Powder Blue", Ink("#bcd0de")},
      {"Petrol", Ink("#1f5560")},       {"Teal", Ink("#2c7078")},         {"Aqua", Ink("#8ccfcb")},
      {"Forest Green", Ink("#2b4a37")}, {"Bottle Green", Ink("#1f4a3a")}, {"Emerald", Ink("#1d6b4c")},
      {"Moss", Ink("#4d6a42")},         {"Pine", Ink("#2c5243")},         {"Olive", Ink("#6b6a3f")},
      {"Loden", Ink("#565c3e")},        {"Army Green", Ink("#5f6444")},   {"Sage", Ink("#b0c0a4")},
      {"Pistachio", Ink("#c2d3ab")},    {"Eucalyptus", Ink("#a9c4b4")},   {"Mint", Ink("#bfe0cd")},
      {"Lime", Ink("#c6dc3e")},         {"Butter", Ink("#f0df9c")},       {"Lemon", Ink("#efd965")},
      {"Mustard", Ink("#c59a35")},      {"Ochre", Ink("#bd8a33")},        {"Marigold", Ink("#dba033")},
      {"Gold", Ink("#c2a260")},         {"Burnt Orange", Ink("#c4622d")}, {"Tangerine", Ink("#e07b3a")},
      {"Rust", Ink("#9a4a2c")},         {"Terracotta", Ink("#b05c3f")},   {"Brick", Ink("#964436")},
      {"Cinnamon", Ink("#9c5a38")},     {"Coral", Ink("#e58a72")},        {"Peach", Ink("#efb596")},
      {"Scarlet", Ink("#b8322f")},      {"Cherry", Ink("#a32638")},       {"Tomato", Ink("#c4432f")},
      {"Burgundy", Ink("#5e2233")},     {"Oxblood", Ink("#5c2226")},      {"Wine", Ink("#6a2740")},
      {"Blush", Ink("#e7c4bc")},        {"Dusty Rose", Ink("#cfa09d")},   {"Rose", Ink("#dda5aa")},
      {"Bubblegum", Ink("#ecb0c3")},    {"Fuchsia", Ink("#bf2f78")},      {"Raspberry", Ink("#a52b58")},
      {"Plum", Ink("#55305a")},         {"Aubergine", Ink("#402a45")},    {"Violet", Ink("#6a4d9a")},
      {"Lilac", Ink("#c4b2d6")},        {"Lavender", Ink("#b9b1d8")},     {"Mauve", Ink("#b294ae")},
      {"Light Wash", Ink("#a3bbd1")},   {"Mid Wash", Ink("#5878a3")},     {"Dark Wash", Ink("#2a3856")}};
  return kDyes;
}

}  // namespace

std::span<const Dye> dyes() { return table(); }

const Dye& dye(std::string_view name) {
  const auto found =
      std::find_if(table().begin(), table().end(), [&](const Dye& d) { return d.name == name; });
  CHECK(found != table().end());
  return *found;
}

}  // namespace modiste
