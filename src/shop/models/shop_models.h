// Keeps a shop on the champions of its model registry.
//
//   use_champions()   when the shop opens: each champion must be usable, else the shop does not open. Falling
//                     back silently would hide the loss of quality
//   look()            while it is open: what has become champion since is loaded and put in use. One that
//                     cannot be used leaves the old one serving; it is logged once, counted, and tried again
//                     every kLooksUntilAgain looks, so that a repaired one is taken. A challenger is put
//                     beside the champion, where its row can be compared on live requests; one that cannot be
//                     is not compared, and reported once
//
// Threads: any; look() one caller at a time. Borrows registry and shop.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "shop/models/served_models.h"

namespace modiste {

class ShopModels {
 public:
  // A look a second reads a version that cannot be used, which may be of gigabytes, once a minute.
  static constexpr unsigned kLooksUntilAgain = 60;

  // encoder_version: of the heads that the shop's encoder was made with; empty when it has none.
  ShopModels(const ModelRegistry& registry, Shop& shop, std::optional<int> encoder_version);

  Result<Done> use_champions();
  void look();

  struct State {
    const ServedModel* row = nullptr;
    int version = 0;                      // in use; 0: what Modiste brings
    uint64_t refused = 0;                 // champions that could not be used
    std::string trouble;                  // why the champion is not in use; empty: it is
    int challenger = 0;                   // compared with it on live requests; 0: none
    std::string challenger_trouble = {};  // why the challenger is not
  };
  [[nodiscard]] std::vector<State> states() const;

 private:
  // A version that an alias points at and that could not be taken.
  struct Refused {
    int version = 0;
    unsigned looks = 0;  // since it was tried
    std::optional<Error> why;
  };
  using Take = Result<int> (ShopModels::*)(const State& state);
  Result<int> take_unless(Refused& refused, ModelAlias alias, const State& state, Take take);
  Result<int> use_champion(const State& state);
  Result<int> shadow_challenger(const State& state);
  void look_at_champions();
  [[nodiscard]] State state_of(size_t index) const;

  const ModelRegistry& registry_;
  Shop& shop_;
  mutable Mutex mutex_;  // never held while a model is read
  std::vector<State> states_ GUARDED_BY(mutex_);
  std::vector<std::array<Refused, 2>> refused_;  // by state: champion, challenger; of look()
};

}  // namespace modiste
