#include "serving/lookbook/lookbook_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/contains.h"
#include "lookbook/caption.h"
#include "lookbook/cluster_id.h"
#include "outfits/explicit_compatibility.h"
#include "serving/answer/answer_item.h"
#include "serving/lookbook/look_pieces.h"
#include "serving/outfits/outfit_pieces.h"
#include "serving/outfits/outfit_reasons.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/slot_in.h"
#include "serving/request/stage_clock.h"

namespace modiste {
namespace {

using lookbook::FoundPool;
using lookbook::Look;
using lookbook::LookPool;
using lookbook::MileEntry;
using lookbook::StandIn;

// What names the shopper in the hash of ties: the same for each of their devices once they signed in.
std::string name_of_shopper(const LooksRequest& asked) {
  if (!asked.shopper_id.empty()) return asked.shopper_id;
  return asked.device_id.empty() ? asked.session_id : asked.device_id;
}

std::string local_day(const RequestState& request) {
  if (!request.context) return lookbook::to_text(std::chrono::floor<std::chrono::days>(request.now));
  const LocalTime& local = request.context->local;
  return fmt::format("{:04}-{:02}-{:02}", local.year, local.month, local.day);
}

std::vector<MileStepView> steps_of(const lookbook::MileResult& mile, const LookPool& pool) {
  std::vector<MileStepView> steps;
  for (size_t s = 0; s < lookbook::kMileSteps; ++s) {
    MileStepView& step = steps.emplace_back();
    step.step = static_cast<lookbook::MileStep>(s);
    for (const MileEntry& entry : mile.after[s]) {
      const Look& look = pool.looks[entry.look];
      step.order.push_back({look.look_id, look.evening, entry.score});
    }
    if (step.step == lookbook::MileStep::kVeto)
      for (const lookbook::Lack lack : mile.allowed) step.gave_way.emplace_back(name_of(lack));
  }
  return steps;
}

}  // namespace

struct LookbookService::Scene {
  const LooksRequest& asked;
  const RequestState& request;
  std::string day;
  bool evening = false;
};

LookbookService::LookbookService(const Clock& clock, const ShopState& shop, Recommender& recommender,
                                 OutfitService& outfits, ImpressionQueue& impressions, LookStore* store,
                                 LookbookOptions options)
    : clock_(clock),
      shop_(shop),
      recommender_(recommender),
      outfits_(outfits),
      impressions_(impressions),
      store_(store),
      options_(options),
      pools_(std::make_shared<const lookbook::PoolIndex>()),
      traits_(std::make_shared<const lookbook::GarmentTraits>()) {}

Result<Done> LookbookService::load() {
  if (store_ == nullptr) return kOk;
  TRY_ASSIGN(auto pools, store_->pools());
  pools_.store(std::make_shared<const lookbook::PoolIndex>(std::move(pools)));
  return kOk;
}

void LookbookService::learn() {
  traits_.store(std::make_shared<const lookbook::GarmentTraits>(learn_traits(shop_, clock_.now())));
}

std::vector<lookbook::ClusterKey> LookbookService::take_wanted() {
  const MutexLock lock(mutex_);
  std::vector<lookbook::ClusterKey> wanted(wanted_.begin(), wanted_.end());
  wanted_.clear();
  return wanted;
}

bool LookbookService::has_wanted() const {
  const MutexLock lock(mutex_);
  return !wanted_.empty();
}

Result<LooksAnswer> LookbookService::looks(const LooksRequest& asked, std::string_view request_id) {
  const StageClock stages;
  TRY_ASSIGN(const RequestState request, recommender_.begin(recommend_as(asked), request_id));
  LooksAnswer answer;
  answer.request_id = request.request_id;
  answer.degraded = request.degraded;
  answer.evening = request.context && lookbook::is_evening(request.context->local, options_.time);
  Scene scene{asked, request, local_day(request), answer.evening};
  LookSource source;
  if (const FoundPool found = find_pool(request, source); found.pool != nullptr) {
    if (found.stand_in != StandIn::kNone)
      add_once(answer.degraded, fmt::format("lookbook of another {}", name_of(found.stand_in)));
    show_pool(scene, *found.pool, answer);
    if (!answer.looks.empty()) answer.source = std::move(source);
  }
  if (answer.looks.empty()) TRY(compose_now(scene, answer));
  if (request.context) answer.context = shop_.contexts.view(*request.context);
  log(request, answer);
  answer.took_ms = stages.total_ms();
  return answer;
}

// Pools are made for days of UTC; where tomorrow has begun, a shopper is shown today's.
FoundPool LookbookService::find_pool(const RequestState& request, LookSource& source) {
  const auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(request.now));
  StyleCluster mine = style_cluster(*request.shopper, shop_, *request.catalog);
  const lookbook::ClusterKey key{std::move(mine.department), std::move(mine.style),
                                 lookbook::weather_kind(request.context)};
  const auto pools = pools_.load();
  // The night joined the clusters of usual weather that are not there: only what it could not know is made.
  const bool unforeseen = lookbook::is_weather_known(request.context) || key.style == lookbook::kNewStyle;
  if (unforeseen && !pools->has(key, lookbook::to_text(day))) {
    const MutexLock lock(mutex_);
    if (wanted_.size() < options_.wanted_max) wanted_.insert(key);
  }
  FoundPool found = pools->find(key, lookbook::to_text(day), request.now);
  if (found.pool == nullptr) return found;
  source.cluster_id = found.pool->cluster_id;
  source.wanted_id = lookbook::cluster_id(day, key);
  source.generator = found.pool->generator;
  source.day = found.pool->day;
  source.stand_in = name_of(found.stand_in);
  return found;
}

void LookbookService::show_pool(Scene& scene, const LookPool& pool, LooksAnswer& answer) const {
  std::vector<std::vector<Slot>> slots;
  for (const Look& look : pool.looks)
    slots.push_back(slots_of_look(look, shop_.catalog, *scene.request.catalog));
  const auto looks = mile_looks(pool, slots, scene.request);
  lookbook::MileInput input;
  input.looks = looks;
  input.evening = scene.evening;
  input.wanted = static_cast<size_t>(scene.asked.count);
  input.shopper = traits_of_shopper(*scene.request.shopper, *scene.request.catalog, *scene.request.vocabulary,
                                    *traits_.load());
  input.seed = lookbook::tie_seed(name_of_shopper(scene.asked), scene.day);
  input.weights = options_.weights;
  const lookbook::MileResult mile = lookbook::last_mile(input);
  for (const MileEntry& entry : mile.order) {
    if (answer.looks.size() == input.wanted) break;
    LookView view = shown(scene, pool.looks[entry.look], slots[entry.look], entry);
    for (const std::string& lack : view.lacks) add_once(answer.degraded, "relaxed " + lack);
    answer.looks.push_back(std::move(view));
  }
  if (scene.asked.debug) answer.steps = steps_of(mile, pool);
}

LookView LookbookService::shown(const Scene& scene, const Look& look, std::span<const Slot> slots,
                                const MileEntry& entry) const {
  LookView view;
  view.look_id = look.look_id;
  view.evening = look.evening;
  view.occasion = look.occasion;
  view.score = entry.score;
  view.traits = look.traits;
  for (size_t l = lookbook::kHardLacks; l < lookbook::kLacks; ++l)
    if (const auto lack = static_cast<lookbook::Lack>(l); entry.lacks.has(lack))
      view.lacks.emplace_back(name_of(lack));
  std::vector<const Item*> items;
  const auto sizes = shop_.sizing.model();
  for (size_t p = 0; p < look.pieces.size(); ++p) {
    if ((entry.dropped >> p & 1U) != 0) continue;
    const Item& item = scene.request.catalog->item(slots[p]);
    items.push_back(&item);
    AnswerItem card = to_answer_item(item, shop_);
    if (auto advice = shop_.sizing.advise(*sizes, scene.request.fit, item)) {
      card.size = std::move(advice->size);
      card.fit = advice->fit;
    }
    view.pieces.push_back({look.pieces[p].role, false, false, std::move(card)});
  }
  finish(scene, items, view);
  return view;
}

// Price, reasons and caption of the pieces that are shown. Who composed the look may have said why: whether
// the shop put it together is not to be told from the pieces.
void LookbookService::finish(const Scene& scene, std::span<const Item* const> items, LookView& view) const {
  std::vector<std::shared_ptr<const ItemEmbedding>> embeddings;
  std::vector<outfits::Wearable> looks;
  double warmth = 0;
  int warmth_known = 0;
  lookbook::MoodFacts mood;
  for (size_t i = 0; i < items.size(); ++i) {
    const auto& embedding = embeddings.emplace_back(shop_.embeddings.get(items[i]->facts.slot));
    looks.push_back(wearable_of(*items[i], embedding.get(), *scene.request.vocabulary));
    if (looks.back().warmth) warmth += *looks.back().warmth, ++warmth_known;
    mood.layered =
        mood.layered || looks.back().role == OutfitRole::kOuter || looks.back().role == OutfitRole::kMidLayer;
    AnswerItem& card = view.pieces[i].item;
    card.position = static_cast<int>(i);
    view.total_price += card.price;
    if (view.currency.empty()) view.currency = card.currency;
  }
  view.total_price = to_cents(view.total_price);
  OutfitFacts facts{*scene.request.vocabulary, outfits_.rules(), looks, items};
  facts.context = scene.request.context;
  facts.total_price = view.total_price;
  facts.body_rules = scene.request.body_rules;
  facts.departments = scene.request.departments;
  if (view.reasons.empty()) view.reasons = reasons_of_outfit(facts);

  mood.weather = lookbook::weather_kind(scene.request.context);
  mood.weather_known = lookbook::is_weather_known(scene.request.context);
  if (warmth_known > 0) mood.warmth = warmth / warmth_known;
  mood.vibe = view.traits.vibe, mood.dare = view.traits.dare;
  lookbook::CaptionFacts line;
  line.language = lookbook::caption_language(scene.asked.language);
  line.mood = lookbook::mood_of(mood);
  line.aesthetic = shared_aesthetic(items, *scene.request.vocabulary);
  line.time = lookbook::caption_time(
      view.evening, scene.request.context ? scene.request.context->local.hour : std::nullopt);
  line.place = scene.asked.place_name;
  view.caption = lookbook::caption(line);
}

Result<Done> LookbookService::compose_now(Scene& scene, LooksAnswer& answer) const {
  OutfitRequest wanted;
  wanted.shopper_id = scene.asked.shopper_id;
  wanted.device_id = scene.asked.device_id;
  wanted.session_id = scene.asked.session_id;
  wanted.count = std::min(scene.asked.count, kOutfitsMax);
  wanted.context = scene.asked.context;
  TRY_ASSIGN(OutfitAnswer composed, outfits_.compose_unlogged(wanted, scene.request.request_id));
  add_once(answer.degraded, "composed without a lookbook");
  for (std::string& name : composed.degraded) add_once(answer.degraded, std::move(name));
  const auto traits = traits_.load();
  for (ComposedOutfit& outfit : composed.outfits) {
    std::vector<Slot> slots;
    for (const OutfitPieceView& piece : outfit.pieces)
      slots.push_back(
          slot_in(*scene.request.catalog, shop_.catalog.slot(piece.item.garment_id, piece.item.colour)));
    if (contains(slots, kNoSlot)) continue;
    LookView& view = answer.looks.emplace_back();
    view.look_id = std::move(outfit.outfit_id);
    view.evening = scene.evening;
    if (scene.request.context) view.occasion = scene.request.context->occasion();
    view.score = outfit.score;
    view.pieces = std::move(outfit.pieces);
    view.reasons = std::move(outfit.reasons);
    std::vector<const Item*> items;
    for (const Slot slot : slots) items.push_back(&scene.request.catalog->item(slot));
    view.traits = look_traits_now(slots, shop_, *scene.request.catalog, *traits);
    finish(scene, items, view);
  }
  return kOk;
}

void LookbookService::log(const RequestState& request, const LooksAnswer& answer) const {
  Answer chosen;
  for (const LookView& look : answer.looks) add_chosen(look.pieces, chosen);
  impressions_.log_found(request, chosen, {});
}

}  // namespace modiste
