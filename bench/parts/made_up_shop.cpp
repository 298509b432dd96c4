#include "parts/made_up_shop.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "base/check.h"

namespace modiste::bench {
namespace {

// A department, a size and a budget that few garments meet together: what costs retrieval most.
QuizAnswers narrow_answers() {
  QuizAnswers answers;
  answers.departments = {"women"};
  answers.sizes = {"M"};
  answers.budget_max = 40;
  return answers;
}

}  // namespace

std::string swiper_id(size_t number) { return fmt::format("s{}", number); }

Result<std::vector<ImageUnderstanding>> MadeUpEncoder::encode_images(std::span<const RgbImage> /*images*/) {
  return Error{Code::kUnavailable, "the bench has no networks", "", ""};
}

Result<std::vector<Vector>> MadeUpEncoder::encode_texts(std::span<const std::string> texts) {
  std::vector<Vector> vectors;
  for (const auto& text : texts) {
    Rng rng(hash64(text));
    vectors.push_back(vectors_.draw(rng));
  }
  return vectors;
}

MadeUpShop::MadeUpShop(const MadeUpShopSize& size) {
  fill(size.garments);
  const auto started = std::chrono::steady_clock::now();
  shop_ = std::make_unique<Shop>(ShopPorts{.clock = clock_,
                                           .log = log_,
                                           .garments = store_,
                                           .subjects = store_,
                                           .encoder = &encoder_,
                                           .letters = &store_},
                                 Vocabulary::standard());
  CHECK(shop_->load().ok());
  load_seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  fmt::print(stderr, "{} garments loaded and indexed in {:.0f} s\n", size.garments, load_seconds_);
  teach(size);
}

void MadeUpShop::fill(size_t count) {
  constexpr size_t kBatch = 50'000;  // the store copies itself at each put
  const Vocabulary& words = Vocabulary::standard();
  for (size_t done = 0; done < count;) {
    std::vector<Garment> garments;
    std::vector<StoredEmbedding> embeddings;
    for (; garments.size() < kBatch && done < count; ++done) {
      garments.push_back(made_up_garment(done, words, rng_));
      embeddings.push_back({garments.back().id, "Colour", 1, vectors_.draw(rng_), {}, {}, encoder_.id()});
    }
    CHECK(store_.put(garments).ok());
    CHECK(store_.put_embeddings(embeddings).ok());
  }
}

void MadeUpShop::teach(const MadeUpShopSize& size) {
  size_t next = 0;
  for (size_t shopper = 0; shopper < size.shoppers; ++shopper) {
    std::vector<Event> events;
    if (size.told) {
      Event& quiz = events.emplace_back();
      quiz.event_id = fmt::format("q{}", shopper);
      quiz.type = EventType::kQuiz;
      quiz.shopper_id = swiper_id(shopper);
      quiz.quiz = narrow_answers();
    }
    for (int i = 0; i < 25; ++i) {
      Event event;
      event.event_id = fmt::format("e{}", next++);
      event.type = rng_.chance(0.4) ? EventType::kLike : EventType::kPass;
      event.shopper_id = swiper_id(shopper);
      event.garment_id = garment_id(rng_.below(size.garments));
      events.push_back(std::move(event));
    }
    CHECK(shop_->events().ingest(std::move(events)).ok());
  }
}

}  // namespace modiste::bench
