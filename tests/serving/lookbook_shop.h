// A shop of a few garments in several colours, with a lookbook, in memory.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "serving/lookbook/chat_looks.h"
#include "serving/lookbook/lookbook_night.h"
#include "small_shop.h"

namespace modiste {

class LookbookShop : public testing::Test {
 protected:
  LookbookShop() {
    stores.clock.advance(std::chrono::hours(12));
    ShopPorts ports{.clock = stores.clock,
                    .log = stores.log,
                    .garments = stores.store,
                    .subjects = stores.store,
                    .encoder = &stores.encoder};
    ports.looks = &stores.store;
    shop = std::make_unique<Shop>(ports, Vocabulary::standard());
    EXPECT_TRUE(shop->load().ok());
    EXPECT_TRUE(shop->catalog().upsert(garments()).ok());
    shop->lookbook().learn();
  }

  static Garment garment(std::string_view id, std::string_view title, std::string_view category,
                         std::string_view colour, double price) {
    Garment made;
    made.id = std::string(id);
    made.title = fmt::format("{} {}", colour, title);
    made.brand = "Maison";
    made.category = std::string(category);
    made.department = "Women";
    made.currency = "EUR";
    made.supplier_attributes["pattern"] = {"Solid"};
    made.variants.push_back({made.id + "-M", "M", std::string(colour), price, {}, {}, 3});
    return made;
  }
  static std::vector<Garment> garments() {
    struct Kind {
      std::string_view id, title, category;
      double price;
    };
    constexpr std::array kinds{Kind{"TEE", "T-shirt", "Women/Tops/T-shirts", 20},
                               Kind{"BLO", "Blouse", "Women/Tops/Blouses", 45},
                               Kind{"JEA", "Jeans", "Women/Bottoms/Jeans", 60},
                               Kind{"TRO", "Suit trousers", "Women/Bottoms/Dress Pants", 80},
                               Kind{"DRE", "Midi dress", "Women/Dresses", 90},
                               Kind{"COA", "Wool coat", "Women/Outerwear/Coats", 180},
                               Kind{"SNE", "Sneakers", "Women/Shoes/Sneakers", 70},
                               Kind{"LOA", "Loafers", "Women/Shoes/Loafers", 95},
                               Kind{"BAG", "Handbag", "Women/Bags/Handbags", 110}};
    std::vector<Garment> all;
    for (const Kind& kind : kinds) {
      int number = 0;
      for (const std::string_view colour : {"Black", "White", "Navy", "Red", "Beige", "Grey"})
        all.push_back(
            garment(fmt::format("{}{}", kind.id, number++), kind.title, kind.category, colour, kind.price));
    }
    return all;
  }

  // Three garments of a kind liked, as told by the time zone.
  void like(const std::string& shopper, std::string_view kind, const std::string& zone = "") {
    for (int i = 0; i < 3; ++i) {
      Event event = make_event(EventType::kLike, shopper, fmt::format("{}{}", kind, i));
      if (!zone.empty()) {
        event.context.emplace();
        event.context->time_zone = zone;
      }
      send(*shop, std::move(event));
    }
  }
  NightReport night(LookGenerator& generator, NightScope scope = NightScope::kAll) {
    const auto report = run_night(shop->lookbook(), generator, stores.clock.now(), scope);
    EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message());
    return report.ok() ? *report : NightReport{};
  }
  NightReport night() {
    ComposedLooks composer(shop->lookbook());
    return night(composer);
  }
  [[nodiscard]] LooksAnswer looks(const LooksRequest& request) {
    auto answer = shop->lookbook().looks(request);
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    return answer.ok() ? std::move(*answer) : LooksAnswer{};
  }
  [[nodiscard]] LooksAnswer looks(const std::string& shopper, const std::string& local_time = "",
                                  int count = 3) {
    LooksRequest request;
    request.shopper_id = shopper;
    request.count = count;
    if (!local_time.empty()) {
      request.context.emplace();
      request.context->local_time = local_time;
    }
    return looks(request);
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop;
};

}  // namespace modiste
