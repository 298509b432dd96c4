// Answers: recommendations, similar garments, outfits, search by words and by photo.
#include <fmt/format.h>

#include "embedding/encoder.h"
#include "http/answer_contracts.h"
#include "http/catalog_contracts.h"
#include "http/reason_text.h"
#include "http/shop_route_parts.h"
#include "ranking/objective.h"

namespace modiste::http {
namespace {

// Fields of an answer for the request's log line.
std::string log_fields(const Answer& answer) {
  std::string text = fmt::format("items={}", answer.items.size());
  if (answer.debug) {
    text += fmt::format(" policy={} ranker={}", answer.debug->policy, answer.debug->ranker);
    for (const auto& source : answer.debug->sources)
      text += fmt::format(" {}={}", source.name, source.candidates);
    for (const auto& stage : answer.debug->stages)
      text += fmt::format(" {}_ms={:.2f}", stage.name, stage.took_ms);
  }
  if (!answer.degraded.empty()) text += fmt::format(" degraded=\"{}\"", fmt::join(answer.degraded, ", "));
  return text;
}

// In the sum of weight times value a billionth is nothing, and 0.28 is read easier than 0.27999999999999997.
void round_weights(std::vector<ScorePart>& parts) {
  for (ScorePart& part : parts) part.weight = rounded_weight(part.weight);
}

Reply<Answer> reply_of(Answer answer, bool with_debug = false) {
  word_reasons(answer);
  for (AnswerItem& item : answer.items) round_weights(item.score_breakdown);
  std::string log = log_fields(answer);
  if (!with_debug) answer.debug.reset();
  return {std::move(answer), 200, std::move(log)};
}

// Margins are the shop's own business: neither their part of a score nor a score from which it can be worked
// out.
void leave_out_margin(AnswerItem& item) {
  const auto is_margin = [](const ScorePart& part) { return part.name == kMarginPart; };
  const auto sum = [&item] {
    double all = 0;
    for (const ScorePart& part : item.score_breakdown) all += part.weight * part.value;
    return all;
  };
  const double with_margin = sum();
  if (std::erase_if(item.score_breakdown, is_margin) == 0) return;
  // What the score was multiplied by, such as the fit, stays.
  item.score = with_margin > 0 ? item.score * sum() / with_margin : 0;
}
void leave_out_margin(Answer& answer) {
  for (AnswerItem& item : answer.items) leave_out_margin(item);
}
template <class Outfits>
void leave_out_margins(Outfits& outfits) {
  for (auto& outfit : outfits)
    for (OutfitPieceView& piece : outfit.pieces) leave_out_margin(piece.item);
}

Reply<LooksAnswer> reply_of(LooksAnswer answer) {
  word_reasons(answer);
  std::string log = fmt::format("looks={}", answer.looks.size());
  if (answer.source) log += fmt::format(" cluster={}", answer.source->cluster_id);
  if (!answer.degraded.empty()) log += fmt::format(" degraded=\"{}\"", fmt::join(answer.degraded, ", "));
  return {std::move(answer), 200, std::move(log)};
}

Reply<OutfitAnswer> reply_of(OutfitAnswer answer) {
  word_reasons(answer);
  for (ComposedOutfit& outfit : answer.outfits) {
    round_weights(outfit.score_breakdown);
    for (OutfitPieceView& piece : outfit.pieces) round_weights(piece.item.score_breakdown);
  }
  std::string log = fmt::format("outfits={}", answer.outfits.size());
  if (!answer.degraded.empty()) log += fmt::format(" degraded=\"{}\"", fmt::join(answer.degraded, ", "));
  return {std::move(answer), 200, std::move(log)};
}

void add_garment_answers(Router& router, Shop* shop) {
  router.route<Request<Nothing, Nothing, RecommendRequest>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/recommendations",
       .name = "recommend",
       .tag = "Answers",
       .summary = "Recommend garments for a shopper, each with its reasons.",
       .access = access::kAnswer},
      on(shop, [](Shop& s, const auto& r) -> Result<Reply<Answer>> {
        TRY_ASSIGN(auto answer, s.recommender().recommend(r.body, r.request_id));
        if (!r.caller.trusted) leave_out_margin(answer);
        return reply_of(std::move(answer), r.body.debug);
      }));
  router.route<Request<GarmentPath, SimilarQuery>, Answer>(
      {.path = "/v1/garments/{id}/similar",
       .name = "similar",
       .tag = "Answers",
       .summary = "Garments similar in appearance and attributes.",
       .access = access::kAnswer},
      on(shop, [](Shop& s, auto r) -> Result<Reply<Answer>> {
        SimilarRequest similar;
        similar.garment_id = std::move(r.path.id);
        similar.colour = std::move(r.query.colour);
        similar.count = r.query.count;
        similar.shopper_id = std::move(r.query.shopper_id);
        similar.device_id = std::move(r.query.device_id);
        similar.session_id = std::move(r.query.session_id);
        TRY_ASSIGN(auto answer, s.search().similar(similar, r.request_id));
        return reply_of(std::move(answer));
      }));
  router.route<Request<GarmentPath, TogetherQuery>, Answer>(
      {.path = "/v1/garments/{id}/together",
       .name = "together",
       .tag = "Answers",
       .summary = "Garments that other shoppers chose beside this one, or bought with it. None where fewer "
                  "than two did.",
       .access = access::kAnswer},
      on(shop, [](Shop& s, auto r) -> Result<Reply<Answer>> {
        TogetherRequest together;
        together.garment_id = std::move(r.path.id);
        together.by = r.query.by;
        together.count = r.query.count;
        together.shopper_id = std::move(r.query.shopper_id);
        together.device_id = std::move(r.query.device_id);
        together.session_id = std::move(r.query.session_id);
        TRY_ASSIGN(auto answer, s.search().together(together, r.request_id));
        return reply_of(std::move(answer));
      }));
}

void add_outfit_answers(Router& router, Shop* shop) {
  router.route<Request<Nothing, Nothing, OutfitRequest>, OutfitAnswer>(
      {.method = Method::kPost,
       .path = "/v1/outfits",
       .name = "composeOutfits",
       .tag = "Answers",
       .summary = "Compose whole outfits for a shopper: for an occasion, around a garment, within a budget, "
                  "with one piece changed.",
       .access = access::kAnswer,
       .example = R"({"shopper_id":"ada","anchors":[{"garment_id":"MH01"}],"budget":250,)"
                  R"("context":{"occasion":"work","season":"autumn"}})"},
      on(shop, [](Shop& s, const auto& r) -> Result<Reply<OutfitAnswer>> {
        TRY_ASSIGN(auto answer, s.outfits().compose(r.body, r.request_id));
        if (!r.caller.trusted) leave_out_margins(answer.outfits);
        return reply_of(std::move(answer));
      }));
  router.route<Request<Nothing, Nothing, LooksRequest>, LooksAnswer>(
      {.method = Method::kPost,
       .path = "/v1/looks",
       .name = "looksOfTheDay",
       .tag = "Answers",
       .summary = "The looks of the day for a shopper, from the lookbook of their cluster; in the evening of "
                  "their clock those for the evening first.",
       .access = access::kAnswer,
       .example = R"({"shopper_id":"ada","context":{"time_zone":"America/Los_Angeles"},)"
                  R"("place_name":"Torrance"})"},
      on(shop, [](Shop& s, const auto& r) -> Result<Reply<LooksAnswer>> {
        TRY_ASSIGN(auto answer, s.lookbook().looks(r.body, r.request_id));
        if (!r.caller.trusted) leave_out_margins(answer.looks);
        return reply_of(std::move(answer));
      }));
}

void add_searches(Router& router, Shop* shop) {
  router.route<Request<Nothing, Nothing, SearchRequest>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/search",
       .name = "search",
       .tag = "Answers",
       .summary = "Search garments by words.",
       .access = access::kAnswer,
       .run = Run::kWorker},  // a network reads the words, and may have to be loaded first
      on(shop, [](Shop& s, const auto& r) -> Result<Reply<Answer>> {
        TRY_ASSIGN(auto answer, s.search().by_words(r.body, r.request_id));
        return reply_of(std::move(answer));
      }));
  router.route<Request<Nothing, PhotoQuery, ImageBody>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/search/photo",
       .name = "searchPhoto",
       .tag = "Answers",
       .summary = "Search garments by photo.",
       .access = access::kAnswer,
       .run = Run::kWorker,
       .body_bytes_max = kImageBytesMax},
      on(shop, [](Shop& s, auto r) -> Result<Reply<Answer>> {
        TRY_ASSIGN(const RgbImage photo, decode_image(r.body.bytes));
        const Who who{std::move(r.query.shopper_id), std::move(r.query.device_id),
                      std::move(r.query.session_id)};
        TRY_ASSIGN(auto answer, s.search().by_photo(photo, r.query.count, who, r.request_id));
        return reply_of(std::move(answer));
      }));
}

}  // namespace

void add_answer_routes(Router& router, Shop* shop) {
  add_garment_answers(router, shop);
  add_outfit_answers(router, shop);
  add_searches(router, shop);
}

}  // namespace modiste::http
