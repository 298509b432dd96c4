#include "data.h"

#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "io/atomic_write.h"
#include "io/read_file.h"
#include "parts/connection.h"
#include "parts/events.h"
#include "parts/garments.h"
#include "shop/open_shop.h"
#include "storage/open_storage.h"

namespace modiste::bench {
namespace {

constexpr uint64_t kGarmentsOfBatch = 5'000;
constexpr uint64_t kEventsOfNote = 50'000;
constexpr uint64_t kEventsOfVisit = 5;
constexpr size_t kConnections = 4;
constexpr auto kHistory = std::chrono::days(20);

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Notes what was made, so that a making that is stopped goes on.
class Maker {
 public:
  Maker(const ScaleSize& size, const ServedShop& shop)
      : size_(size), shop_(shop), note_(shop.data / "made.json") {}

  Result<Made> run() {
    std::filesystem::create_directories(shop_.data);
    if (std::filesystem::exists(note_)) {
      TRY_ASSIGN(const auto text, read_text_file(note_));
      TRY_ASSIGN(made_, from_json_text<Made>(text));
    }
    TRY(make_garments());
    if (made_.garments_mb == 0) TRY(build_index());
    TRY(make_events());
    return made_;
  }

 private:
  Result<Done> note() { return write_atomically(note_, to_json_text(made_)); }

  Result<Done> make_garments() {
    if (made_.garments >= size_.garments) return kOk;
    TRY_ASSIGN(const auto encoder, open_encoder(std::string(kEncoder), 1));
    TRY_ASSIGN(const auto storage, open_storage("file:" + shop_.data.string()));
    Rng centres(7);
    const MadeUpVectors vectors(encoder->dimension(), centres);
    const std::string encoder_id = encoder->id();
    while (made_.garments < size_.garments) {
      Rng rng(mix64(made_.garments));
      std::vector<Garment> garments;
      std::vector<StoredEmbedding> embeddings;
      const uint64_t end = std::min(made_.garments + kGarmentsOfBatch, size_.garments);
      for (uint64_t i = made_.garments; i < end; ++i) {
        garments.push_back(made_up_garment(i, Vocabulary::standard(), rng));
        embeddings.push_back({garments.back().id, "Colour", i + 1, vectors.draw(rng), {}, {}, encoder_id});
      }
      TRY(storage.garments->put(garments));
      TRY(storage.garments->put_embeddings(embeddings));
      made_.garments = end;
      TRY(note());
      fmt::print(stderr, "\r  {} of {} garments made", end, size_.garments);
    }
    fmt::print(stderr, "\n");
    return kOk;
  }

  // Twice: the first start builds what the second one loads.
  Result<Done> build_index() {
    {
      TRY_ASSIGN(auto first, Child::serve(shop_));
      made_.first_start_s = first.start_seconds();
      first.stop();
    }
    TRY_ASSIGN(auto second, Child::serve(shop_));
    made_.garments_start_s = second.start_seconds();
    made_.garments_mb = second.resident_mb();
    made_.garments_anonymous_mb = second.anonymous_mb();
    second.stop();
    fmt::print(stderr, "  first start {:.1f} s, then {:.1f} s, {:.0f} MB with garments alone\n",
               made_.first_start_s, made_.garments_start_s, made_.garments_mb);
    return note();
  }

  Result<Done> make_events() {
    if (made_.events >= size_.events) return kOk;
    if (!made_.first_event_at) made_.first_event_at = SystemClock().now() - kHistory;
    const auto apart = std::chrono::duration_cast<std::chrono::milliseconds>(kHistory) /
                       static_cast<int64_t>(size_.events + 1);
    TRY_ASSIGN(auto child, Child::serve(shop_));
    const auto begun = std::chrono::steady_clock::now();
    const uint64_t before = made_.events;
    while (made_.events < size_.events) {
      const uint64_t end = std::min(made_.events + kEventsOfNote, size_.events);
      TRY(send_events(end, apart));
      made_.events = end;
      made_.events_per_s = static_cast<double>(made_.events - before) / seconds_since(begun);
      TRY(note());
      fmt::print(stderr, "\r  {} of {} events, {:.0f} a second, {:.0f} MB", made_.events, size_.events,
                 made_.events_per_s, child.resident_mb());
    }
    fmt::print(stderr, "\n");
    child.stop();
    return kOk;
  }

  // From made_.events on. A shopper's visits lie far apart, so connections that overtake each other do not
  // mix them.
  Result<Done> send_events(uint64_t end, std::chrono::milliseconds apart) {
    std::atomic<uint64_t> next = made_.events;
    std::vector<Result<Done>> sent(kConnections, kOk);
    std::vector<std::jthread> threads;
    for (auto& outcome : sent)
      threads.emplace_back([&] {
        Connection connection(shop_.port);
        uint64_t first = 0;
        while (outcome.ok() && (first = next.fetch_add(kEventsOfBatch)) < end)
          outcome = send_batch(connection, {.name = "b",
                                            .first = first,
                                            .count = std::min<uint64_t>(kEventsOfBatch, end - first),
                                            .at = *made_.first_event_at + apart * static_cast<int64_t>(first),
                                            .apart = apart});
      });
    threads.clear();  // joins
    for (const auto& outcome : sent) TRY(outcome);
    return kOk;
  }

  [[nodiscard]] Result<Done> send_batch(Connection& connection, const EventBatch& batch) const {
    const std::string body = event_batch(batch, size_);
    for (;;) {
      const auto reply = connection.send({"POST", "/v1/events", body});
      if (reply.status == 202 && reply.body.find(R"("refused":[])") != std::string::npos) return kOk;
      if (reply.status != 503)
        return Error{Code::kUnavailable, fmt::format("events were refused with status {}", reply.status), "",
                     reply.body.substr(0, 500)};
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  static constexpr std::string_view kEncoder = "modiste";
  ScaleSize size_;
  ServedShop shop_;
  std::filesystem::path note_;
  Made made_;
};

}  // namespace

std::string event_batch(const EventBatch& batch, const ScaleSize& size) {
  std::string body = R"({"events":[)";
  Rng rng(hash64(batch.name, batch.first));
  for (uint64_t i = 0; i < batch.count; ++i) {
    const uint64_t number = batch.first + i;
    const uint64_t visit = number / kEventsOfVisit;
    const std::string id = fmt::format("{}{}", batch.name, number);
    MadeUpEvent event{.id = id, .shopper = visit * 7'919 % size.shoppers, .visit = visit, .at = {}};
    if (batch.at) event.at = *batch.at + batch.apart * static_cast<int64_t>(i);
    if (i > 0) body += ',';
    body += made_up_event(event, size.garments, rng);
  }
  return body + "]}";
}

Result<Made> make_scale_data(const ScaleSize& size, const ServedShop& shop) {
  return Maker(size, shop).run();
}

}  // namespace modiste::bench
