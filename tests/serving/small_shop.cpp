#include "small_shop.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace modiste {

Result<std::vector<ImageUnderstanding>> WordEncoder::encode_images(std::span<const RgbImage> images) {
  std::vector<ImageUnderstanding> seen(images.size());
  for (auto& one : seen) {
    one.vector.assign(dimension(), 0);
    one.vector[0] = 1;
  }
  return seen;
}

Result<std::vector<Vector>> WordEncoder::encode_texts(std::span<const std::string> texts) {
  texts_encoded += static_cast<int>(texts.size());
  std::vector<Vector> vectors;
  for (const auto& text : texts) {
    Vector vector(dimension(), 0.01F);
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = std::min(text.find_first_of(" ,.", begin), text.size());
      if (end > begin) vector[(hash64(text.substr(begin, end - begin)) + shift) % dimension()] += 1;
      begin = end + 1;
    }
    normalise(vector);
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

SmallShop::SmallShop() : clock(TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1))) {}

std::unique_ptr<Shop> SmallShop::open(ShopOptions options) {
  auto shop = std::make_unique<Shop>(ShopPorts{clock, log, store, store, &encoder}, Vocabulary::standard(),
                                     std::move(options));
  EXPECT_TRUE(shop->load().ok());
  return shop;
}

Garment make_garment(int number, std::string_view words) {
  const bool floral = number % 2 == 0;
  Garment garment;
  garment.id = fmt::format("G{}", number);
  garment.title = fmt::format("{} {}", floral ? "floral dress" : "plain shirt", words);
  garment.brand = floral ? "Fleur" : "Uni";
  garment.category = floral ? "Women/Dresses" : "Women/Tops/Shirts";
  garment.department = "Women";
  garment.supplier_attributes["pattern"] = {floral ? "Floral" : "Solid"};
  for (const char* size : {"S", "M"})
    garment.variants.push_back({fmt::format("{}-{}", garment.id, size),
                                size,
                                floral ? "Red" : "Navy",
                                floral ? 90.0 + number : 30.0 + number,
                                {},
                                {},
                                3});
  return garment;
}

std::vector<Garment> make_garments(int count) {
  std::vector<Garment> garments;
  for (int i = 0; i < count; ++i) garments.push_back(make_garment(i));
  // In the order in which the store returns them: slots, and with them ties and random draws, are then the
  // same when the shop is opened again.
  std::sort(garments.begin(), garments.end(), [](const Garment& a, const Garment& b) { return a.id < b.id; });
  return garments;
}

Event make_event(EventType type, std::string shopper, std::string garment) {
  static std::atomic<int> next{0};
  Event event;
  event.event_id = fmt::format("event-{}", next++);
  event.type = type;
  event.shopper_id = std::move(shopper);
  event.garment_id = std::move(garment);
  return event;
}

Answer ten_for(Shop& shop, const std::string& shopper) {
  RecommendRequest request;
  request.shopper_id = shopper;
  request.count = 10;
  request.seed = 3;
  auto answer = shop.recommender().recommend(request);
  EXPECT_TRUE(answer.ok());
  return *answer;
}

void expect_answers_while(Shop& shop, const std::function<void(int)>& swap) {
  std::atomic<bool> stop{false};
  std::atomic<int> answered{0}, failed{0};
  std::thread asking([&] {
    while (!stop) {
      RecommendRequest request;
      request.shopper_id = "ada";
      const auto answer = shop.recommender().recommend(request);
      (answer.ok() && !answer->items.empty() ? answered : failed)++;
    }
  });
  for (int number = 0; (number < 300 || answered < 50) && failed == 0; ++number) {
    swap(number);
    if (number > 300) std::this_thread::yield();
  }
  stop = true;
  asking.join();
  EXPECT_EQ(failed, 0);
}

void send(Shop& shop, Event event) {
  std::vector<Event> batch;
  batch.push_back(std::move(event));
  const auto fates = shop.events().ingest(std::move(batch));
  ASSERT_TRUE(fates.ok()) << fates.error().message();
  ASSERT_TRUE(fates->front().ok()) << fates->front().error().message();
  EXPECT_EQ(*fates->front(), IngestResult::kAccepted);
}

std::vector<std::string> recommended(Shop& shop, std::string shopper, int count, bool deck) {
  RecommendRequest request;
  request.shopper_id = std::move(shopper);
  request.count = count;
  request.seed = 3;
  request.deck = deck;
  const auto answer = shop.recommender().recommend(request);
  EXPECT_TRUE(answer.ok()) << answer.error().message();
  std::vector<std::string> ids;
  for (const auto& item : answer->items) ids.push_back(item.garment_id);
  return ids;
}

SavedSections saved_index(Shop& shop) {
  SavedSections sections;
  const auto saved = shop.catalog().save([&](std::string_view name, const FillSection& fill) {
    const auto bytes = std::make_shared<std::string>();
    const auto filled = fill([&](std::span<const std::byte> part) {
      bytes->append(reinterpret_cast<const char*>(part.data()), part.size());
      return true;
    });
    sections.emplace(std::string(name), KeptBytes{std::as_bytes(std::span(*bytes)), bytes});
    return filled;
  });
  EXPECT_TRUE(saved.ok()) << saved.error().message();
  return sections;
}

}  // namespace modiste
