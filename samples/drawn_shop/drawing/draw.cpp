#include <array>

#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

using Template = Frame (*)(Sheet&);

// In the order of Kind.
constexpr std::array<Template, kKindCount> kTemplates{
    draw_tee,       draw_tee,      draw_tank,        draw_polo,         draw_shirt,
    draw_blouse,    draw_sweater,  draw_cardigan,    draw_sweatshirt,   draw_hoodie,
    draw_trousers,  draw_jeans,    draw_joggers,     draw_leggings,     draw_shorts,
    draw_skirt,     draw_dress,    draw_jumpsuit,    draw_blazer,       draw_coat,
    draw_trench,    draw_puffer,   draw_bomber,      draw_denim_jacket, draw_leather_jacket,
    draw_parka,     draw_sneakers, draw_ankle_boots, draw_tall_boots,   draw_loafers,
    draw_oxfords,   draw_heels,    draw_sandals,     draw_flats,        draw_tote,
    draw_crossbody, draw_backpack, draw_clutch,      draw_scarf,        draw_beanie,
    draw_hat,       draw_cap,      draw_belt,        draw_sunglasses,   draw_watch};

// Hard things keep their shape; cloth is never twice the same.
double warp_amplitude(Kind kind) {
  if (kind >= Kind::kSneakers && kind <= Kind::kClutch) return 1.0;
  if (kind == Kind::kSunglasses || kind == Kind::kWatch || kind == Kind::kBelt) return 0.5;
  return 2.6;
}

}  // namespace

std::string draw_garment(const Design& design, const Colourway& colours) {
  Rng rng(hash64("garment", design.seed));
  Warp warp(rng, warp_amplitude(design.kind));
  Sheet sheet{Canvas(std::move(warp)), design, colours, cloth_of(design, colours), rng};
  Frame frame = kTemplates[static_cast<size_t>(design.kind)](sheet);
  frame.backdrop = colours.backdrop;
  return sheet.canvas.finish(frame, worn_place(design.kind));
}

}  // namespace modiste::drawn_shop::drawing
