// modiste-train: what learns models and measures them. `modiste train` and `modiste evaluate` call it, so
// that serving does not load LibTorch.
#include "apps/modiste/program.h"
#include "io/termination.h"

int main(int argc, char** argv) {
  const modiste::AtTermination before_other_threads([] {});
  return modiste::run_program(
      argc, argv,
      "Learns Modiste's models and measures them; `modiste train` and `modiste evaluate` call it.",
      [](CLI::App& app, modiste::Command& chosen) {
        modiste::add_train(app, chosen);
        modiste::add_evaluate(app, chosen);
        modiste::add_simulate_ranker(app, chosen);
      });
}
