// A small shop of terms and vectors for the tests of the style.
#pragma once

#include <vector>

#include "base/rng.h"
#include "style/memory_profile_store.h"
#include "style/shopper_fold.h"

namespace modiste {

inline TermId test_term(Facet facet, std::string_view name) {
  const Term* term = Vocabulary::standard().find(facet, name);
  CHECK(term != nullptr);
  return term->id;
}

// Forty garments for each of three tastes: red floral dresses, black leggings, striped navy shirts. Fabrics
// are random, so that no two sessions are quite alike.
struct StyleTestShop {
  enum Kind : Slot { kRomantic, kSporty, kClassic, kKinds };
  static constexpr Slot kPerKind = 40;

  StyleTestShop() {
    struct ItemEmbedding {
      std::string_view aesthetic, colour, pattern, category, occasion;
    };
    constexpr std::array<ItemEmbedding, kKinds> kLooks{{{"romantic", "red", "floral", "dress", "date"},
                                                        {"sporty", "black", "solid", "leggings", "sport"},
                                                        {"classic", "navy", "striped", "shirt", "work"}}};
    Rng rng(1);
    for (Slot kind = 0; kind < kKinds; ++kind)
      for (Slot i = 0; i < kPerKind; ++i) {
        const ItemEmbedding& embedding = kLooks[kind];
        const auto fabrics = Vocabulary::standard().terms(Facet::kFabric);
        ItemFacts item;
        item.slot = kind * kPerKind + i;
        item.brand = 1 + kind;
        item.price = 20.0F * static_cast<float>(1 + kind);
        item.terms = {test_term(Facet::kAesthetic, embedding.aesthetic),
                      test_term(Facet::kColour, embedding.colour),
                      test_term(Facet::kPattern, embedding.pattern),
                      test_term(Facet::kCategory, embedding.category),
                      test_term(Facet::kOccasion, embedding.occasion),
                      fabrics[rng.below(4)].id};
        std::sort(item.terms.begin(), item.terms.end());
        facts.push_back(std::move(item));
        Vector vector(16, 0.0F);
        vector[kind] = 1;
        vector[4 + rng.below(12)] = 0.5F;
        normalise(vector);
        vectors.push_back(std::move(vector));
      }
  }

  [[nodiscard]] SignalResolver resolver() const {
    return [this](const StoredSignal& stored) {
      return Signal{stored.type,         stored.event_hash,    stored.slot,      stored.weight,
                    &facts[stored.slot], vectors[stored.slot], stored.at,        stored.price_paid,
                    stored.reduced,      stored.pieces,        stored.wrong_size};
    };
  }

  std::vector<ItemFacts> facts;
  std::vector<Vector> vectors;
};

// A session with a number of likes in one taste, a minute apart; every fifth signal passes a garment
// of the next taste.
inline std::vector<StoredSignal> session_of(Slot kind, size_t signals, TimePoint start, uint64_t seed) {
  Rng rng(seed);
  std::vector<StoredSignal> session;
  for (size_t i = 0; i < signals; ++i) {
    const bool passed = i % 5 == 4;
    const Slot of = passed ? (kind + 1) % StyleTestShop::kKinds : kind;
    session.push_back({passed ? EventType::kPass : EventType::kLike, mix64(seed * 1000 + i),
                       of * StyleTestShop::kPerKind + static_cast<Slot>(rng.below(StyleTestShop::kPerKind)),
                       passed ? -0.4F : 0.6F, start + std::chrono::minutes(i)});
  }
  return session;
}

// Profiles in memory with the model that folds them.
struct Shoppers {
  StyleModel model{Vocabulary::standard(), {}};
  MemoryProfileStore store;

  [[nodiscard]] std::shared_ptr<const ShopperState> find(std::string_view who) const {
    return store.get(who).value();
  }
  [[nodiscard]] std::shared_ptr<const ShopperState> find(std::string_view who, TimePoint now) const {
    return state_at(find(who), now, model);
  }
  std::shared_ptr<const ShopperState> change(std::string_view who, const ProfileStore::Change& change) {
    return store.update(who, change).value();
  }
  bool undo(std::string_view who, uint64_t event_hash, const SignalResolver& resolve) {
    bool undone = false;
    change(who, [&](ShopperFold& shopper) {
      undone = !modiste::undo(shopper, event_hash, resolve, model).empty();
    });
    return undone;
  }
};

inline std::shared_ptr<const ShopperState> hear(Shoppers& shoppers, std::string_view who,
                                                const StoredSignal& signal, const SignalResolver& resolve) {
  return shoppers.change(who, [&](ShopperFold& shopper) {
    apply(shopper, {&signal, 1}, resolve, shoppers.model);
  });
}
inline void answer_quiz(Shoppers& shoppers, std::string_view who, const StatedPreferences& preferences,
                        const SignalResolver& resolve) {
  shoppers.change(who,
                  [&](ShopperFold& shopper) { apply_quiz(shopper, preferences, resolve, shoppers.model); });
}

}  // namespace modiste
