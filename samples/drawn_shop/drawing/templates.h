// One drawing function per kind of garment. Each draws on the sheet and answers how it stands in the photo.
#pragma once

#include "drawn_shop/drawing/torso.h"

namespace modiste::drawn_shop::drawing {

Frame draw_tee(Sheet& sheet);  // tees, long-sleeved tees
Frame draw_tank(Sheet& sheet);
Frame draw_polo(Sheet& sheet);
Frame draw_shirt(Sheet& sheet);
Frame draw_blouse(Sheet& sheet);
Frame draw_sweater(Sheet& sheet);
Frame draw_cardigan(Sheet& sheet);
Frame draw_sweatshirt(Sheet& sheet);
Frame draw_hoodie(Sheet& sheet);
Frame draw_trousers(Sheet& sheet);  // trousers, chinos
Frame draw_jeans(Sheet& sheet);
Frame draw_joggers(Sheet& sheet);
Frame draw_leggings(Sheet& sheet);
Frame draw_shorts(Sheet& sheet);
Frame draw_skirt(Sheet& sheet);
Frame draw_dress(Sheet& sheet);
Frame draw_jumpsuit(Sheet& sheet);
Frame draw_blazer(Sheet& sheet);
Frame draw_coat(Sheet& sheet);
Frame draw_trench(Sheet& sheet);
Frame draw_puffer(Sheet& sheet);
Frame draw_bomber(Sheet& sheet);
Frame draw_denim_jacket(Sheet& sheet);
Frame draw_leather_jacket(Sheet& sheet);
Frame draw_parka(Sheet& sheet);
Frame draw_sneakers(Sheet& sheet);
Frame draw_ankle_boots(Sheet& sheet);
Frame draw_tall_boots(Sheet& sheet);
Frame draw_loafers(Sheet& sheet);
Frame draw_oxfords(Sheet& sheet);
Frame draw_heels(Sheet& sheet);
Frame draw_sandals(Sheet& sheet);
Frame draw_flats(Sheet& sheet);
Frame draw_tote(Sheet& sheet);
Frame draw_crossbody(Sheet& sheet);
Frame draw_backpack(Sheet& sheet);
Frame draw_clutch(Sheet& sheet);
Frame draw_scarf(Sheet& sheet);
Frame draw_beanie(Sheet& sheet);
Frame draw_hat(Sheet& sheet);
Frame draw_cap(Sheet& sheet);
Frame draw_belt(Sheet& sheet);
Frame draw_sunglasses(Sheet& sheet);
Frame draw_watch(Sheet& sheet);

}  // namespace modiste::drawn_shop::drawing
