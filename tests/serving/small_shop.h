// A shop of a few garments in memory, with an encoder whose vectors are the words themselves: texts with
// words in common are near. It replaces the networks where a test is about the shop's paths; the real ones
// are tested in nn and embedding.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "serving/shop.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"

namespace modiste {

class WordEncoder final : public Encoder {
 public:
  [[nodiscard]] std::string id() const override { return name; }
  [[nodiscard]] size_t dimension() const override { return 64; }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override;
  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override;
  int texts_encoded = 0;
  std::string name = "words-1";
  size_t shift = 0;  // another makes another space of vectors
};

// Stores that outlive a shop, so that a second shop can be opened on them.
struct SmallShop {
  SmallShop();
  std::unique_ptr<Shop> open(ShopOptions options = {});

  ManualClock clock;
  MemoryEventLog log;
  MemoryStore store;
  WordEncoder encoder;
};

// Alternately "floral" dresses and "plain" shirts; id G0, G1, ...
[[nodiscard]] Garment make_garment(int number, std::string_view words = "");
[[nodiscard]] std::vector<Garment> make_garments(int count);

[[nodiscard]] Event make_event(EventType type, std::string shopper, std::string garment);
// Sends one event and expects it to be accepted.
void send(Shop& shop, Event event);
[[nodiscard]] std::vector<std::string> recommended(Shop& shop, std::string shopper, int count = 10,
                                                   bool deck = false);

// Ten garments with their breakdown, drawn from one seed.
[[nodiscard]] Answer ten_for(Shop& shop, const std::string& shopper);

// Asks for "ada" in another thread while `swap` is called with 0, 1, ..., and expects every request answered.
void expect_answers_while(Shop& shop, const std::function<void(int)>& swap);

// What the shop's catalog saves, as another process reads it.
[[nodiscard]] SavedSections saved_index(Shop& shop);

}  // namespace modiste
