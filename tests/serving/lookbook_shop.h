// A shop of a few garments in several colours, with a lookbook, in memory.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "serving/lookbook/chat_looks.h"
#include "serving/lookbook/lookbook_night.h"
#include "small_shop.h"
#include "womens_kinds.h"

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

  static std::vector<Garment> garments() {
    std::vector<Garment> all;
    for (const Kind& kind : kWomensKinds) {
      size_t number = 0;
      for (const std::string_view colour : {"Black", "White", "Navy", "Red", "Beige", "Grey"})
        all.push_back(garment_of(kind, number++, colour));
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
