#include "script.h"

#include <fmt/format.h>

#include <memory>
#include <sstream>

#include "../serving/small_shop.h"
#include "http/reason_text.h"
#include "serving/lookbook/composed_looks.h"
#include "serving/lookbook/lookbook_night.h"

namespace modiste {
namespace {

// The vector space of the test encoder, also for photos: a red photo shows a floral dress, any
// other a plain shirt.
class PhotoWordEncoder final : public Encoder {
 public:
  [[nodiscard]] std::string id() const override { return words_.id(); }
  [[nodiscard]] size_t dimension() const override { return words_.dimension(); }
  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    return words_.encode_texts(texts);
  }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    std::vector<std::string> texts;
    for (const auto& image : images) texts.emplace_back(image.pixels[0] > 0 ? "floral dress" : "plain shirt");
    TRY_ASSIGN(auto vectors, words_.encode_texts(texts));
    std::vector<ImageUnderstanding> seen(images.size());
    for (size_t i = 0; i < seen.size(); ++i) seen[i].vector = std::move(vectors[i]);
    return seen;
  }

 private:
  WordEncoder words_;
};

std::string show_degraded(const std::vector<std::string>& degraded) {
  return degraded.empty() ? std::string() : fmt::format("degraded: {}\n", fmt::join(degraded, ", "));
}

std::string show(Answer answer) {
  http::word_reasons(answer);
  std::string out;
  for (const auto& item : answer.items) {
    out += fmt::format("{} {}/{} {:.4f} p={:.4f}{}", item.position, item.garment_id, item.colour, item.score,
                       item.propensity, item.explored ? " explored" : "");
    for (const auto& part : item.score_breakdown)
      out += fmt::format(" {}={:.3f}*{:.4f}", part.name, part.weight, part.value);
    if (item.size) out += fmt::format(" size={} fit={:.3f}", *item.size, item.fit.value_or(-1));
    for (const auto& reason : item.reasons) out += fmt::format(" | {}", reason.text);
    out += '\n';
  }
  if (answer.items.empty()) out += "nothing\n";
  out += show_degraded(answer.degraded);
  if (answer.context)
    out += fmt::format("context: {} {} warmth {:.2f}\n", name_of(answer.context->occasion),
                       name_of(answer.context->season), answer.context->warmth);
  return out;
}

std::string show_pieces(std::span<const OutfitPieceView> pieces) {
  std::string out;
  for (const OutfitPieceView& piece : pieces)
    out += fmt::format(" {}={}/{}{}", name_of(piece.role), piece.item.garment_id, piece.item.colour,
                       piece.owned    ? " owned"
                       : piece.anchor ? " anchor"
                                      : "");
  return out;
}

std::string show_end(std::span<const Reason> reasons) {
  std::string out;
  for (const Reason& reason : reasons) out += fmt::format(" | {}", reason.text);
  return out + '\n';
}

std::string show(OutfitAnswer answer) {
  http::word_reasons(answer);
  std::string out;
  for (const ComposedOutfit& outfit : answer.outfits)
    out += fmt::format("{:.4f} {:.0f} {}:{}{}", outfit.score, outfit.total_price, outfit.currency,
                       show_pieces(outfit.pieces), show_end(outfit.reasons));
  if (answer.outfits.empty()) out += "nothing\n";
  return out + show_degraded(answer.degraded);
}

std::string show(LooksAnswer answer) {
  http::word_reasons(answer);
  std::string out;
  if (answer.source)
    out += fmt::format("pool: {} by {}\n", answer.source->cluster_id, answer.source->generator);
  for (const LookView& look : answer.looks)
    out += fmt::format("{} {:.4f} \"{}\":{}{}", look.evening ? "evening" : "day", look.score, look.caption,
                       show_pieces(look.pieces), show_end(look.reasons));
  if (answer.looks.empty()) out += "nothing\n";
  return out + show_degraded(answer.degraded);
}

// Each in four colours of its own garment, in size M.
std::vector<Garment> worn_garments(std::string_view department) {
  struct Kind {
    std::string_view id, title, category;
    double price;
  };
  constexpr std::array kKindsWorn{
      Kind{"TEE", "T-shirt", "Tops/T-shirts", 20}, Kind{"BLO", "Blouse", "Tops/Blouses", 45},
      Kind{"JEA", "Jeans", "Bottoms/Jeans", 60},   Kind{"TRO", "Suit trousers", "Bottoms/Dress Pants", 80},
      Kind{"DRE", "Midi dress", "Dresses", 90},    Kind{"COA", "Wool coat", "Outerwear/Coats", 180},
      Kind{"LOA", "Loafers", "Shoes/Loafers", 95}, Kind{"BAG", "Handbag", "Bags/Handbags", 110}};
  std::vector<Garment> all;
  for (const Kind& kind : kKindsWorn) {
    int number = 0;
    for (const std::string_view colour : {"Black", "White", "Navy", "Red"}) {
      Garment& garment = all.emplace_back();
      garment.id = fmt::format("{}{}", kind.id, number++);
      garment.title = fmt::format("{} {}", colour, kind.title);
      garment.brand = "Maison";
      garment.department = std::string(department);
      garment.category = fmt::format("{}/{}", department, kind.category);
      garment.currency = "EUR";
      garment.supplier_attributes["pattern"] = {"Solid"};
      garment.variants.push_back({garment.id + "-M", "M", std::string(colour), kind.price, {}, {}, 3});
    }
  }
  return all;
}

class Script {
 public:
  Result<std::string> run(std::string_view command, std::string_view rest) {
    if (command == "shop") return open(rest);
    if (shop_ == nullptr) return Error{Code::kInvalid, "a script begins with the command shop", "", ""};
    if (command == "garments") return upsert(make_garments(std::stoi(std::string(rest))));
    if (command == "garment") return garment(rest);
    if (command == "event") return event(rest);
    if (command == "swipes") return swipes(rest);
    if (command == "wait") return wait(std::stoll(std::string(rest)));
    if (command == "recommend") return recommend(rest);
    if (command == "search") return search(rest);
    if (command == "similar") return similar(rest);
    if (command == "photo") return photo(rest);
    if (command == "worn") return upsert(worn_garments(rest));
    if (command == "outfits") return outfits(rest);
    if (command == "looks") return looks(rest);
    if (command == "night") return night();
    if (command == "state") return state();
    if (command == "reopen") return reopen();
    return Error{Code::kInvalid, fmt::format("unknown command '{}'", command), "", "see script.h"};
  }

 private:
  Result<std::string> open(std::string_view options) {
    encoder_ = options == "no-encoder" ? nullptr : &words_;
    return reopen();
  }

  [[nodiscard]] std::unique_ptr<Shop> open_shop() {
    ShopPorts ports{clock_, log_, store_, store_, encoder_};
    ports.looks = &store_;
    return std::make_unique<Shop>(ports, Vocabulary::standard());
  }

  Result<std::string> reopen() {
    shop_ = open_shop();
    TRY(shop_->load());
    return std::string();
  }

  Result<std::string> upsert(std::vector<Garment> garments) {
    TRY_ASSIGN(const auto results, shop_->catalog().upsert(std::move(garments)));
    for (const auto& result : results)
      if (!result.ok()) return result.error();
    return std::string();
  }

  Result<std::string> garment(std::string_view text) {
    TRY_ASSIGN(auto garment, from_json_text<Garment>(text));
    std::vector<Garment> garments;
    garments.push_back(std::move(garment));
    return upsert(std::move(garments));
  }

  Result<std::string> event(std::string_view text) {
    TRY_ASSIGN(auto value, parse_json(text));
    value.as_object().emplace("event_id", fmt::format("e{}", ++events_));
    TRY_ASSIGN(auto event, from_json<Event>(value));
    return ingest(std::move(event));
  }

  Result<std::string> ingest(Event event) {
    std::vector<Event> batch;
    batch.push_back(std::move(event));
    TRY_ASSIGN(const auto fates, shop_->events().ingest(std::move(batch)));
    if (!fates.front().ok()) return fates.front().error();
    clock_.advance(std::chrono::seconds(5));
    return std::string();
  }

  Result<std::string> wait(int64_t seconds) {
    clock_.advance(std::chrono::seconds(seconds));
    return std::string();
  }

  Result<std::string> swipes(std::string_view rest) {
    std::istringstream words{std::string(rest)};
    std::string shopper, how, garment;
    words >> shopper >> how;
    while (words >> garment) {
      Event event;
      event.event_id = fmt::format("e{}", ++events_);
      event.type = how == "like" ? EventType::kLike : EventType::kPass;
      event.shopper_id = shopper;
      event.garment_id = garment;
      TRY(ingest(std::move(event)));
    }
    return std::string();
  }

  Result<std::string> recommend(std::string_view text) {
    TRY_ASSIGN(const auto request, from_json_text<RecommendRequest>(text));
    TRY_ASSIGN(auto answer, shop_->recommender().recommend(request));
    TRY(shop_->events().flush_impressions());
    return show(std::move(answer));
  }

  Result<std::string> search(std::string_view text) {
    TRY_ASSIGN(const auto request, from_json_text<SearchRequest>(text));
    TRY_ASSIGN(auto answer, shop_->search().by_words(request));
    return show(std::move(answer));
  }

  Result<std::string> similar(std::string_view rest) {
    SimilarRequest request;
    const size_t blank = rest.find(' ');
    request.garment_id = rest.substr(0, blank);
    if (blank != std::string_view::npos) request.colour = rest.substr(blank + 1);
    request.count = 5;
    TRY_ASSIGN(auto answer, shop_->search().similar(request));
    return show(std::move(answer));
  }

  Result<std::string> photo(std::string_view of) {
    const RgbImage image{1, 1, {static_cast<uint8_t>(of == "floral" ? 200 : 0), 0, 0}};
    TRY_ASSIGN(auto answer, shop_->search().by_photo(image, 5, {}));
    return show(std::move(answer));
  }

  Result<std::string> outfits(std::string_view text) {
    TRY_ASSIGN(const auto request, from_json_text<OutfitRequest>(text));
    TRY_ASSIGN(auto answer, shop_->outfits().compose(request));
    return show(std::move(answer));
  }

  Result<std::string> looks(std::string_view text) {
    TRY_ASSIGN(const auto request, from_json_text<LooksRequest>(text));
    TRY_ASSIGN(auto answer, shop_->lookbook().looks(request));
    return show(std::move(answer));
  }

  Result<std::string> night() {
    shop_->lookbook().learn();
    ComposedLooks composer(shop_->lookbook());
    TRY_ASSIGN(const auto report, run_night(shop_->lookbook(), composer, clock_.now(), NightScope::kAll));
    return fmt::format("{} clusters, {} looks\n", report.clusters, report.looks);
  }

  Result<std::string> state() {
    std::string now, replayed;
    shop_->write_profiles(now);
    const auto second = open_shop();
    TRY(second->load());
    second->write_profiles(replayed);
    return fmt::format("{} bytes, {}\n", now.size(),
                       now == replayed ? "the same when replayed" : "different when replayed");
  }

  ManualClock clock_{TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1))};
  MemoryEventLog log_;
  MemoryStore store_;
  PhotoWordEncoder words_;
  Encoder* encoder_ = nullptr;
  std::unique_ptr<Shop> shop_;
  int events_ = 0;
};

}  // namespace

Result<std::string> run_script(std::string_view text) {
  std::istringstream lines{std::string(text)};
  std::string out, line;
  Script script;
  bool in_output = false;
  for (size_t number = 1; std::getline(lines, line); ++number) {
    if (in_output) {
      in_output = !line.empty();
      continue;
    }
    if (line == "----") {
      in_output = true;
      continue;
    }
    out += line + "\n";
    if (line.empty() || line.starts_with('#')) continue;
    const size_t blank = line.find(' ');
    const auto rest =
        blank == std::string::npos ? std::string_view() : std::string_view(line).substr(blank + 1);
    auto printed = script.run(std::string_view(line).substr(0, blank), rest);
    if (!printed.ok())
      return Error{printed.error().code, fmt::format("line {}: {}", number, printed.error().message()), "",
                   ""};
    if (!printed->empty()) out += "----\n" + *printed + "\n";
  }
  return out;
}

}  // namespace modiste
