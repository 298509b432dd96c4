// Composed looks beside random ones of the same roles, judged blindly: by the rules of the drawn shop, which
// the composer does not see, and by a trained model, which it does not use.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>

#include "base/rng.h"
#include "drawn_shop/shop.h"
#include "io/read_file.h"
#include "outfits/composer.h"
#include "outfits/learned_compatibility.h"
#include "outfits/outfit_rules.h"
#include "serving/request/outfit_looks.h"
#include "serving/shop.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"

namespace {

using namespace modiste;

constexpr const char* kHelp =
    "Draws a shop, composes one look around each anchor, and draws looks of the same roles and department "
    "at\n"
    "random. Two judges that the composer does not ask say which look is better: the rules by which the "
    "drawn\n"
    "shop curates its own outfits (season, occasion, dressiness, colours, prints), and a trained model.\n"
    "The shop's own links between garments are taken out: they were made by the same rules.\n\n"
    "Then the time of a recommendation, for a shopper who owns nothing and for the same one with a "
    "wardrobe.\n";

struct Options {
  size_t garments = 600, anchors = 40, draws = 50, owned = 30, requests = 400;
  uint64_t seed = 7;
  std::string model;
};

struct BlindShop {
  explicit BlindShop(const drawn_shop::Shop& drawn)
      : clock(drawn.garments.front().garment.created_at.value()) {
    std::vector<Garment> garments;
    for (const auto& one : drawn.garments) {
      garments.push_back(one.garment);
      garments.back().goes_with.clear();
      garments.back().images.clear();
    }
    CHECK(shop.load().ok());
    CHECK(shop.catalog().upsert(std::move(garments)).ok());
  }

  ManualClock clock;
  MemoryEventLog log;
  MemoryStore store;
  Shop shop{{clock, log, store, store}, Vocabulary::standard()};
};

using Look = std::vector<outfits::OutfitPiece>;

// One look and the situation that it is for.
struct Task {
  RequestContext context;
  outfits::Setting setting;
  Look composed;
  uint8_t wearers = outfits::Option::kAnyWearer;
};

class Judges {
 public:
  Judges(const drawn_shop::Shop& drawn, Shop& shop, const outfits::Compatibility* model)
      : drawn_(drawn), shop_(shop), model_(model), catalog_(shop.catalog().view().snapshot()) {}

  [[nodiscard]] bool keeps(const Look& look, const outfits::Setting& setting) const {
    return drawn_shop::keeps_rules(look, setting, drawn_.items);
  }
  // Of all pairs, the share that keeps the rules.
  [[nodiscard]] double pairs_kept(const Look& look, const outfits::Setting& setting) const {
    double kept = 0;
    for (size_t i = 0; i < look.size(); ++i)
      for (size_t j = i + 1; j < look.size(); ++j) kept += keeps({look[i], look[j]}, setting) ? 1 : 0;
    return kept / (static_cast<double>(look.size() * (look.size() - 1)) / 2);
  }
  [[nodiscard]] double model_score(const Look& look) const {
    std::vector<outfits::Wearable> worn;
    for (const auto& piece : look)
      worn.push_back(wearable_of(catalog_->item(slot_of_piece(piece)), nullptr, Vocabulary::standard()));
    return model_->set(worn);
  }
  [[nodiscard]] Slot slot_of_piece(const outfits::OutfitPiece& piece) const {
    return shop_.catalog().view().slot(piece.garment_id, piece.colour);
  }
  [[nodiscard]] const CatalogSnapshot& catalog() const { return *catalog_; }
  [[nodiscard]] bool has_model() const { return model_ != nullptr; }

 private:
  const drawn_shop::Shop& drawn_;
  Shop& shop_;
  const outfits::Compatibility* model_;
  std::shared_ptr<const CatalogSnapshot> catalog_;
};

// A look around a random garment, for an occasion and a season that this garment is made for.
std::optional<Task> compose_task(const drawn_shop::Shop& drawn, Shop& shop, Rng& rng) {
  const auto& anchor = drawn.items[rng.below(drawn.items.size())];
  if (anchor.role == OutfitRole::kBag || anchor.role == OutfitRole::kAccessory) return std::nullopt;
  Task task;
  task.setting = {anchor.occasions[rng.below(anchor.occasions.size())],
                  anchor.seasons[rng.below(anchor.seasons.size())]};
  task.context.occasion = enum_from_name<Occasion>(task.setting.occasion);
  task.context.season = enum_from_name<Season>(task.setting.season);
  OutfitRequest request;
  request.count = 1;
  request.anchors = {{anchor.id, std::string(anchor.colours.front().dye->name), false}};
  request.context = task.context;
  request.seed = 1;
  const auto answer = shop.outfits().compose(request);
  if (!answer.ok() || answer->outfits.empty()) return std::nullopt;
  const auto catalog = shop.catalog().view().snapshot();
  for (const auto& piece : answer->outfits.front().pieces) {
    task.composed.push_back({piece.item.garment_id, piece.item.colour, piece.role});
    const Slot slot = shop.catalog().view().slot(piece.item.garment_id, piece.item.colour);
    task.wearers = static_cast<uint8_t>(
        task.wearers & wearers_of_department(catalog->facts(slot).department, Vocabulary::standard()));
  }
  return task;
}

// The anchor, and for each other role any garment in stock of the department.
Look random_look(const Task& task, const CatalogSnapshot& catalog, Rng& rng) {
  Look look{task.composed.front()};
  for (size_t i = 1; i < task.composed.size(); ++i)
    for (int tries = 0; tries < 10'000; ++tries) {
      const auto slot = static_cast<Slot>(rng.below(catalog.slot_count()));
      const Item& item = catalog.item(slot);
      const bool fits =
          item.facts.live && item.facts.in_stock &&
          role_of(item.facts, Vocabulary::standard()) == task.composed[i].role &&
          (wearers_of_department(item.facts.department, Vocabulary::standard()) & task.wearers) != 0;
      if (!fits) continue;
      look.push_back({std::string(item.garment.id()), item.colour, task.composed[i].role});
      break;
    }
  return look;
}

struct Tally {
  double composed_kept = 0, random_kept = 0, composed_pairs = 0, random_pairs = 0, model_wins = 0;
  size_t looks = 0, cold = 0, coats = 0;  // looks for which the shop's own ask for a coat, and that have one
};

void add(Tally& tally, const Task& task, const Judges& judges, const Options& options, Rng& rng) {
  ++tally.looks;
  if (outfits::wears_outer(task.setting)) {
    ++tally.cold;
    tally.coats += std::any_of(task.composed.begin(), task.composed.end(),
                               [](const auto& piece) { return piece.role == OutfitRole::kOuter; });
  }
  tally.composed_kept += judges.keeps(task.composed, task.setting) ? 1 : 0;
  tally.composed_pairs += judges.pairs_kept(task.composed, task.setting);
  const double composed = judges.has_model() ? judges.model_score(task.composed) : 0;
  for (size_t i = 0; i < options.draws; ++i) {
    const Look other = random_look(task, judges.catalog(), rng);
    const auto share = 1 / static_cast<double>(options.draws);
    tally.random_kept += judges.keeps(other, task.setting) ? share : 0;
    tally.random_pairs += share * judges.pairs_kept(other, task.setting);
    if (judges.has_model() && composed > judges.model_score(other)) tally.model_wins += share;
  }
}

Event event_of(EventType type, size_t number, std::string_view garment) {
  Event event;
  event.type = type;
  event.event_id = fmt::format("{}-{}", name_of(type), number);
  event.shopper_id = "ada";
  event.garment_id = garment;
  return event;
}

// Of one request, in milliseconds: the middle, and the worst but one in a hundred.
std::pair<double, double> time_requests(Shop& shop, const Options& options) {
  std::vector<double> took;
  for (size_t i = 0; i < options.requests; ++i) {
    RecommendRequest request;
    request.shopper_id = "ada";
    request.count = 20;
    request.seed = static_cast<uint32_t>(i);
    const auto answer = shop.recommender().recommend(request);
    CHECK(answer.ok());
    took.push_back(answer->took_ms);
  }
  std::sort(took.begin(), took.end());
  return {took[took.size() / 2], took[took.size() * 99 / 100]};
}

void time_wardrobe(const drawn_shop::Shop& drawn, Shop& shop, const Options& options) {
  constexpr size_t kLikes = 20;
  Rng rng(options.seed);
  std::vector<Event> likes, owns;
  for (size_t i = 0; i < kLikes; ++i)
    likes.push_back(event_of(EventType::kLike, i, drawn.items[rng.below(drawn.items.size())].id));
  for (size_t i = 0; i < options.owned; ++i)
    owns.push_back(event_of(EventType::kOwn, i, drawn.items[rng.below(drawn.items.size())].id));
  CHECK(shop.events().ingest(std::move(likes)).ok());
  (void)time_requests(shop, options);  // warms up
  const auto without = time_requests(shop, options);
  CHECK(shop.events().ingest(std::move(owns)).ok());
  const auto with = time_requests(shop, options);
  fmt::print("a recommendation: {:.2f} ms (p99 {:.2f}); with a wardrobe of {}: {:.2f} ms (p99 {:.2f})\n",
             without.first, without.second, options.owned, with.first, with.second);
}

Result<std::optional<outfits::LearnedCompatibility>> read_model(const std::string& file) {
  if (file.empty()) return std::optional<outfits::LearnedCompatibility>();
  TRY_ASSIGN(const auto bytes, read_file(file));
  TRY_ASSIGN(auto network, SetTransformer::parse(bytes));
  TRY_ASSIGN(auto learned, outfits::LearnedCompatibility::create(std::move(network), Vocabulary::standard()));
  return std::optional(std::move(learned));
}

Result<Done> run(const Options& options) {
  TRY_ASSIGN(const auto model, read_model(options.model));
  drawn_shop::ShopOptions drawing;
  drawing.garments = options.garments;
  drawing.seed = options.seed;
  const drawn_shop::Shop drawn = draw_shop(drawing);
  BlindShop blind(drawn);
  const Judges judges(drawn, blind.shop, model ? &*model : nullptr);
  Rng rng(options.seed);
  Tally tally;
  for (size_t tries = 0; tally.looks < options.anchors && tries < options.anchors * 20; ++tries)
    if (const auto task = compose_task(drawn, blind.shop, rng)) add(tally, *task, judges, options, rng);
  const auto of = [&](double sum) { return 100 * sum / static_cast<double>(tally.looks); };
  fmt::print(
      "{} looks around random garments of a drawn shop of {}, each beside {} random ones of its roles\n",
      tally.looks, options.garments, options.draws);
  fmt::print("{:34} {:>10} {:>8}\n", "judge", "composed", "random");
  fmt::print("{:34} {:>9.1f}% {:>7.1f}%\n", "rules: the whole look keeps all", of(tally.composed_kept),
             of(tally.random_kept));
  fmt::print("{:34} {:>9.1f}% {:>7.1f}%\n", "rules: pairs that keep them", of(tally.composed_pairs),
             of(tally.random_pairs));
  fmt::print("{:34} {:>6} of {}\n", "a coat where the shop's own have one", tally.coats, tally.cold);
  if (model)
    fmt::print("{:34} {:>9.1f}% {:>7.1f}%\n", "model: prefers", of(tally.model_wins),
               100 - of(tally.model_wins));
  time_wardrobe(drawn, blind.shop, options);
  return kOk;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{kHelp, "bench_outfits"};
  Options options;
  app.add_option("--garments", options.garments, "Of the drawn shop")->capture_default_str();
  app.add_option("--anchors", options.anchors, "Looks to compose")->capture_default_str();
  app.add_option("--draws", options.draws, "Random looks beside each")->capture_default_str();
  app.add_option("--seed", options.seed, "Of the shop and the draws")->capture_default_str();
  app.add_option("--owned", options.owned, "Garments of the wardrobe whose cost is measured")
      ->capture_default_str();
  app.add_option("--model", options.model, "Payload of a model `outfits`, as a second judge");
  CLI11_PARSE(app, argc, argv);
  const auto done = run(options);
  if (done.ok()) return 0;
  fmt::print(stderr, "bench_outfits: {}\n", done.error().message());
  return 1;
}
