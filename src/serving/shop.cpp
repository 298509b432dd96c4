#include "serving/shop.h"

#include "catalog/named_item.h"
#include "serving/answer/answer_item.h"

namespace modiste {
namespace {

TextEmbedder embedder_of(Encoder* encoder) {
  if (encoder == nullptr) return {};
  return [encoder](std::string_view word) -> Vector {
    const std::string text(word);
    auto vectors = encoder->encode_texts({&text, 1});
    return vectors.ok() ? std::move(vectors->front()) : Vector{};
  };
}

}  // namespace

Shop::Shop(const ShopPorts& ports, const Vocabulary& vocabulary, ShopOptions options)
    : options_(std::move(options)),
      state_(vocabulary, embedder_of(ports.encoder), ports.encoder == nullptr ? "" : ports.encoder->id(),
             ports.encoder == nullptr ? 0 : ports.encoder->dimension(), ports.log, ports.profiles,
             ports.weather, options_.state),
      impressions_(options_.impressions),
      catalog_({ports.garments, ports.encoder, ports.images}, state_, options_.catalog),
      events_({ports.clock, ports.log, ports.subjects,
               ports.deduplicator == nullptr ? recent_ids_ : *ports.deduplicator},
              state_, impressions_, options_.impressions),
      shoppers_({ports.clock, ports.log, ports.subjects, ports.letters}, state_, events_,
                *options_.recommender.policy),
      recommender_(ports.clock, state_, ports.subjects, impressions_, options_.recommender),
      search_(ports.clock, state_, ports.subjects, ports.encoder, impressions_, options_.catalog.currency),
      outfits_(state_, recommender_, impressions_, options_.catalog.currency),
      lookbook_(ports.clock, state_, recommender_, outfits_, impressions_, ports.looks, options_.lookbook),
      wardrobes_({ports.clock, ports.log, ports.subjects, ports.encoder, ports.images}, state_, events_) {
  shoppers_.before_erasure([this](std::string_view person) { return wardrobes_.forget_photos(person); });
  events_.on_withdrawal([this](std::string_view person) { return wardrobes_.forget_photos(person); });
  if (ports.letters != nullptr)
    intake_ = std::make_unique<EventIntake>(ports.clock, *ports.letters,
                                            [this](std::vector<Event> events, Arrival arrival) {
                                              return events_.ingest(std::move(events), arrival);
                                            });
  if (intake_ != nullptr)
    catalog_.on_upsert([this](std::span<const std::string> ids) { intake_->has_come(ids); });
}

// Before the catalog is loaded, which is then numbered as the snapshot is.
Result<SnapshotAbout> Shop::begin_restore(SnapshotBlocks& snapshot) {
  TRY_ASSIGN(auto about, read_about(snapshot));
  TRY(events_.check_log(about));
  std::vector<ItemKey> keys;
  for (const auto& item : about.items) keys.push_back(item.key);
  state_.catalog.reserve(keys, about.brands);
  return about;
}

Result<Shop::Loaded> Shop::load(const Progress& progress, SnapshotBlocks* snapshot,
                                const LeftAside& left_aside) {
  Loaded loaded;
  std::optional<SnapshotAbout> about;
  if (snapshot != nullptr) {
    auto begun = begin_restore(*snapshot);
    if (begun.ok())
      about = std::move(*begun);
    else
      loaded.left_aside = begun.error();
  }
  TRY(catalog_.load(progress));
  if (about) {
    if (const auto fits = check_snapshot(*about, state_); !fits.ok()) {
      loaded.left_aside = fits.error();
    } else if (auto restored = events_.restore(*about, *snapshot); !restored.ok()) {
      return Error{Code::kCorrupt, restored.error().what, std::string(kSnapshotPlace),
                   "a replay of the whole log"};
    } else {
      loaded.restored = about->includes;
    }
  }
  if (loaded.left_aside && left_aside) TRY(left_aside(*loaded.left_aside));
  TRY(events_.replay([&](uint64_t events) {
    if (progress) progress("events replayed", events);
  }));
  loaded.replayed = events_.events_folded();
  TRY(lookbook_.load());
  if (intake_ == nullptr) return loaded;
  TRY(intake_->load_waiting(
      [this](const std::string& id) { return find_named(state_.catalog, id).has_value(); }));
  return loaded;
}

void Shop::use_occasions(std::shared_ptr<const OccasionModel> model, int version) {
  state_.contexts.use(std::move(model), version);
}

void Shop::use_fit(FitParameters parameters, int version) {
  state_.sizing.use(std::move(parameters), version);
}

EventIntake& Shop::intake() {
  CHECK(intake_ != nullptr);
  return *intake_;
}

Quiz Shop::quiz() const {
  return make_quiz(
      state_.catalog, [this](const Item& item) { return to_answer_item(item, state_).image; },
      options_.catalog.currency);
}

}  // namespace modiste
