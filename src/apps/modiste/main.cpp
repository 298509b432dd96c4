// modiste: what serves a shop and keeps it. `train` and `evaluate` are in a program of their own,
// modiste-train.
#include "apps/modiste/program.h"

int main(int argc, char** argv) {
  return modiste::run_program(
      argc, argv,
      "Modiste decides what a person would love to wear: it holds a shop's catalog, learns each shopper's "
      "style from every\n"
      "swipe, and answers with garments in milliseconds.\n\n"
      "Begin:  draw_shop --out shop              draw a shop to play with\n"
      "        modiste catalog import shop       or a feed of yours: Shopify, Google, Meta, Adobe, "
      "WooCommerce,\n"
      "                                          BigCommerce, PrestaShop, Squarespace, Wix, Yandex, JSON "
      "Lines, photos\n"
      "        modiste serve                     then open http://127.0.0.1:8080\n",
      [argv](CLI::App& app, modiste::Command& chosen) {
        modiste::add_serve(app, chosen);
        modiste::add_catalog(app, chosen);
        modiste::add_log(app, chosen);
        modiste::add_lookbook(app, chosen);
        modiste::add_features(app, chosen);
        modiste::add_shopper(app, chosen);
        modiste::add_models(app, chosen);
        modiste::add_simulate(app, chosen);
        modiste::add_training_program(app, chosen, argv);
        modiste::add_ask(app, chosen);
        modiste::add_events(app, chosen);
        modiste::add_import(app, chosen);
        modiste::add_status(app, chosen);
        modiste::add_backup(app, chosen);
        modiste::add_api(app, chosen);
        modiste::add_key(app, chosen);
      });
}
