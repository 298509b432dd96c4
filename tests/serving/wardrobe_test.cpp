// What a shopper has: told by id, by photo, by a purchase; kept with the person; anchors of outfits; a term
// of the ranking and a reason that is true.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "outfits/kept_apart.h"
#include "serving/answer/completability.h"
#include "serving/outfits/outfit_reasons.h"
#include "serving/request/outfit_looks.h"
#include "serving/request/owned_photo.h"
#include "small_shop.h"
#include "storage/memory/memory_image_store.h"

namespace modiste {
namespace {

Identifier owner(std::string id) { return {IdentifierKind::kUser, std::move(id)}; }

// Sees navy jeans in every photo.
class JeansEncoder final : public Encoder {
 public:
  [[nodiscard]] std::string id() const override { return words.id(); }
  [[nodiscard]] size_t dimension() const override { return words.dimension(); }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    TRY_ASSIGN(auto seen, words.encode_images(images));
    for (auto& one : seen) {
      one.tags = {{Facet::kCategory, "jeans", "", AttributeSource::kPhoto, 0.9F},
                  {Facet::kColour, "navy", "", AttributeSource::kPhoto, 0.9F},
                  {Facet::kFabric, "denim", "", AttributeSource::kPhoto, 0.8F},
                  {Facet::kPattern, "floral", "", AttributeSource::kPhoto, 0.1F}};
    }
    return seen;
  }
  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    return words.encode_texts(texts);
  }
  WordEncoder words;
};

struct OwnedKind {
  std::string_view id, title, category;
};
constexpr std::array kOwnedKinds{OwnedKind{"TEE", "T-shirt", "Women/Tops/T-shirts"},
                                 OwnedKind{"JEA", "Jeans", "Women/Bottoms/Jeans"},
                                 OwnedKind{"TRO", "Suit trousers", "Women/Bottoms/Dress Pants"},
                                 OwnedKind{"SNE", "Sneakers", "Women/Shoes/Sneakers"},
                                 OwnedKind{"LOA", "Loafers", "Women/Shoes/Loafers"},
                                 OwnedKind{"COA", "Wool coat", "Women/Outerwear/Coats"}};
constexpr std::array<const char*, 5> kOwnedColours{"Black", "White", "Navy", "Red", "Green"};

class Wardrobe : public testing::Test {
 protected:
  Wardrobe() { open(); }
  void open() {
    shop = std::make_unique<Shop>(
        ShopPorts{stores.clock, stores.log, stores.store, stores.store, &encoder, &images},
        Vocabulary::standard());
    ASSERT_TRUE(shop->load().ok());
    if (shop->catalog().view().garment_count() > 0) return;
    std::vector<Garment> garments;
    for (const OwnedKind& kind : kOwnedKinds)
      for (const char* colour : kOwnedColours) {
        Garment garment;
        garment.id = fmt::format("{}-{}", kind.id, colour);
        garment.title = fmt::format("{} {}", colour, kind.title);
        garment.category = std::string(kind.category);
        garment.department = "Women";
        garment.supplier_attributes["pattern"] = {"Solid"};
        garment.variants.push_back({garment.id + "-M", "M", colour, 50, {}, {}, 3});
        garments.push_back(std::move(garment));
      }
    ASSERT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
  }

  [[nodiscard]] static std::vector<std::byte> photo(uint8_t shade = 40) {
    RgbImage image{32, 32, std::vector<uint8_t>(size_t{32} * 32 * 3, shade)};
    return encode_jpeg(image).value();
  }
  // The name under which the photo of a piece is stored.
  [[nodiscard]] std::string stored(const Identifier& who, const std::string& piece) const {
    const auto held = shop->shoppers().export_shopper(who);
    constexpr std::string_view kPhoto = R"("photo":")";
    for (const auto& logged : held->events) {
      const std::string text = json::serialize(logged);
      const size_t at = text.find(kPhoto);
      if (at == text.npos || text.find(fmt::format(R"("id":"{}")", piece)) == text.npos) continue;
      return text.substr(at + kPhoto.size(), text.find('"', at + kPhoto.size()) - at - kPhoto.size());
    }
    return {};
  }
  [[nodiscard]] std::vector<std::string> owned(const Identifier& who) const {
    std::vector<std::string> ids;
    const auto view = shop->wardrobes().view(who);
    for (const auto& piece : view.pieces) ids.push_back(piece.id);
    return ids;
  }
  void own(const std::string& who, const std::string& garment) {
    const auto added = shop->wardrobes().add(owner(who), {garment, ""});
    ASSERT_TRUE(added.ok()) << added.error().message();
    stores.clock.advance(std::chrono::seconds(1));
  }

  SmallShop stores;
  JeansEncoder encoder;
  MemoryImageStore images;
  std::unique_ptr<Shop> shop;
};

using Ids = std::vector<std::string>;

TEST_F(Wardrobe, PurchasesEnterAndReturnsLeave) {
  auto bought = make_event(EventType::kPurchase, "ada", "TEE-Red");
  bought.size = "M";
  send(*shop, bought);
  stores.clock.advance(std::chrono::seconds(1));
  own("ada", "JEA-Navy");
  EXPECT_EQ(owned(owner("ada")), (Ids{"JEA-Navy", "TEE-Red"}));
  EXPECT_EQ(shop->wardrobes().view(owner("ada")).pieces[1].how, EventType::kPurchase);
  auto sent_back = make_event(EventType::kReturn, "ada", "TEE-Red");
  sent_back.reason = ReturnReason::kTooSmall;  // teaches no taste
  send(*shop, sent_back);
  EXPECT_EQ(owned(owner("ada")), Ids{"JEA-Navy"});
  ASSERT_TRUE(shop->wardrobes().remove(owner("ada"), "JEA-Navy").ok());
  EXPECT_TRUE(owned(owner("ada")).empty());
  EXPECT_EQ(shop->wardrobes().remove(owner("ada"), "JEA-Navy").error().code, Code::kNotFound);
  EXPECT_EQ(shop->wardrobes().add(owner("ada"), {"NONE", ""}).error().where, "/garment_id");
}

TEST_F(Wardrobe, AnUndoBringsNothingBack) {
  auto bought = make_event(EventType::kPurchase, "ada", "TEE-Red");
  bought.size = "M";
  send(*shop, bought);
  ASSERT_TRUE(shop->wardrobes().remove(owner("ada"), "TEE-Red").ok());
  const auto like = make_event(EventType::kLike, "ada", "COA-Black");
  send(*shop, like);
  auto undo = make_event(EventType::kUndo, "ada", "");
  undo.undoes = like.event_id;
  send(*shop, undo);
  EXPECT_TRUE(owned(owner("ada")).empty());
}

TEST_F(Wardrobe, APhotoIsReadCorrectedAndForgotten) {
  const auto added = shop->wardrobes().add_photo(owner("ada"), "Old favourites", photo());
  ASSERT_TRUE(added.ok()) << added.error().message();
  EXPECT_EQ(added->category, "jeans");
  EXPECT_EQ(added->colour, "navy");
  EXPECT_EQ(added->role, OutfitRole::kBottom);
  EXPECT_FALSE(added->sold_here);
  EXPECT_EQ(added->item.title, "Old favourites");
  EXPECT_EQ(added->item.image, "/v1/shoppers/ada/wardrobe/" + added->id + "/photo");
  const std::string name = stored(owner("ada"), added->id);
  ASSERT_TRUE(images.read(name).ok());

  const auto right = shop->wardrobes().correct(owner("ada"), added->id, {{}, "pants", "black"});
  ASSERT_TRUE(right.ok()) << right.error().message();
  EXPECT_EQ(right->category, "pants");
  EXPECT_EQ(right->colour, "black");
  EXPECT_EQ(right->item.title, "Old favourites");
  EXPECT_EQ(shop->wardrobes().correct(owner("ada"), added->id, {{}, "trowsers", {}}).error().where,
            "/category");
  EXPECT_EQ(shop->wardrobes().correct(owner("eve"), added->id, {"Mine", {}, {}}).error().code,
            Code::kNotFound);

  open();  // a restart
  ASSERT_EQ(owned(owner("ada")), Ids{added->id});
  EXPECT_EQ(shop->wardrobes().view(owner("ada")).pieces[0].category, "pants");
  ASSERT_TRUE(shop->wardrobes().remove(owner("ada"), added->id).ok());
  EXPECT_TRUE(owned(owner("ada")).empty());
  EXPECT_EQ(images.read(name).error().code, Code::kNotFound);
}

TEST_F(Wardrobe, AnErasureDeletesThePhotosAndOnlyThese) {
  const auto mine = shop->wardrobes().add_photo(owner("ada"), "", photo());
  const auto others = shop->wardrobes().add_photo(owner("eve"), "", photo());
  ASSERT_TRUE(mine.ok() && others.ok());
  const std::string of_ada = stored(owner("ada"), mine->id), of_eve = stored(owner("eve"), others->id);
  EXPECT_NE(of_ada, of_eve) << "the same photo of two shoppers";
  // Somebody names another's photo, or the shop's, as theirs.
  const std::string of_shop = images.keep(photo(200)).value();
  for (const std::string& name : {of_eve, of_shop}) {
    auto event = make_event(EventType::kOwn, "ada", "");
    event.owned.emplace().id = "claimed-" + name;
    event.owned->photo = name;
    send(*shop, event);
  }
  ASSERT_TRUE(shop->shoppers().export_shopper(owner("ada"))->events.size() >= 3);
  ASSERT_TRUE(shop->shoppers().erase(owner("ada")).ok());
  EXPECT_TRUE(owned(owner("ada")).empty());
  EXPECT_EQ(images.read(of_ada).error().code, Code::kNotFound);
  EXPECT_TRUE(images.read(of_eve).ok());
  EXPECT_TRUE(images.read(of_shop).ok());
}

TEST_F(Wardrobe, AnErasureDeletesThePhotosOfWhoWasTakenForARobot) {
  const auto mine = shop->wardrobes().add_photo(owner("ada"), "", photo());
  ASSERT_TRUE(mine.ok());
  const std::string of_ada = stored(owner("ada"), mine->id);
  auto event = make_event(EventType::kProductView, "ada", "TEE-White");
  event.context.emplace().user_agent = "Mozilla/5.0 HeadlessChrome/120";
  send(*shop, event);
  ASSERT_EQ(owned(owner("ada")).size(), 1u) << "what a shopper states counts always";
  ASSERT_TRUE(images.read(of_ada).ok());
  ASSERT_TRUE(shop->shoppers().erase(owner("ada")).ok());
  EXPECT_EQ(images.read(of_ada).error().code, Code::kNotFound);
}

TEST_F(Wardrobe, IsOfThePersonWhenIdentitiesMerge) {
  const Identifier phone{IdentifierKind::kDevice, "phone"};
  ASSERT_TRUE(shop->wardrobes().add(phone, {"JEA-Navy", ""}).ok());
  own("ada", "TEE-White");
  auto login = make_event(EventType::kIdentify, "ada", "");
  login.device_id = "phone";
  send(*shop, login);
  const auto both = owned(owner("ada"));
  EXPECT_EQ(std::set<std::string>(both.begin(), both.end()),
            (std::set<std::string>{"JEA-Navy", "TEE-White"}));
}

TEST_F(Wardrobe, IsNotKeptWithoutConsent) {
  auto no = make_event(EventType::kConsent, "ada", "");
  no.consent = ConsentChoice{false, {}};
  send(*shop, no);
  EXPECT_EQ(shop->wardrobes().add(owner("ada"), {"JEA-Navy", ""}).error().code, Code::kConflict);
  EXPECT_EQ(shop->wardrobes().add_photo(owner("ada"), "", photo()).error().code, Code::kConflict);
  EXPECT_TRUE(owned(owner("ada")).empty());
}

TEST_F(Wardrobe, AWithdrawnConsentDeletesThePhotosAndOnlyThese) {
  const auto mine = shop->wardrobes().add_photo(owner("ada"), "", photo());
  const auto others = shop->wardrobes().add_photo(owner("eve"), "", photo());
  const Identifier phone{IdentifierKind::kDevice, "phone"};
  const auto of_phone = shop->wardrobes().add_photo(phone, "", photo());
  ASSERT_TRUE(mine.ok() && others.ok() && of_phone.ok());
  const std::string of_ada = stored(owner("ada"), mine->id), of_eve = stored(owner("eve"), others->id);
  const std::string on_phone = stored(phone, of_phone->id);
  auto choice = make_event(EventType::kConsent, "ada", "");
  choice.consent = ConsentChoice{{}, false};  // no training on it; a profile may be kept
  send(*shop, choice);
  EXPECT_TRUE(images.read(of_ada).ok());
  choice = make_event(EventType::kConsent, "ada", "");
  choice.consent = ConsentChoice{false, {}};
  send(*shop, choice);
  EXPECT_EQ(images.read(of_ada).error().code, Code::kNotFound);
  EXPECT_TRUE(images.read(of_eve).ok());
  EXPECT_TRUE(owned(owner("ada")).empty());

  EXPECT_TRUE(images.read(on_phone).ok());
  auto login = make_event(EventType::kIdentify, "ada", "");
  login.device_id = "phone";
  send(*shop, login);
  EXPECT_EQ(images.read(on_phone).error().code, Code::kNotFound)
      << "the device is of a person who did not consent";
}

TEST_F(Wardrobe, AnyEventThatJoinsSomebodyToAPersonWithoutConsentDeletesThePhotos) {
  const Identifier phone{IdentifierKind::kDevice, "phone"};
  const auto of_phone = shop->wardrobes().add_photo(phone, "", photo());
  ASSERT_TRUE(of_phone.ok());
  const std::string on_phone = stored(phone, of_phone->id);
  auto choice = make_event(EventType::kConsent, "ada", "");
  choice.consent = ConsentChoice{false, {}};
  send(*shop, choice);
  ASSERT_TRUE(images.read(on_phone).ok());
  auto like = make_event(EventType::kLike, "ada", "TEE-White");
  like.device_id = "phone";
  send(*shop, like);
  EXPECT_EQ(images.read(on_phone).error().code, Code::kNotFound);
}

// Counts the events of the log when a photo is stored; may refuse.
class WatchedImages final : public ImageStore {
 public:
  explicit WatchedImages(const MemoryEventLog& log) : log_(log) {}
  Result<std::string> keep(std::span<const std::byte> bytes) override {
    events_at_keep = 0;
    TRY(log_.replay(LogPosition::begin(), [&](const LoggedEvent&) -> Result<Done> {
      ++events_at_keep;
      return kOk;
    }));
    if (full) return Error{Code::kUnavailable, "the disk is full", "", ""};
    return images_.keep(bytes);
  }
  [[nodiscard]] Result<std::string> name_of(std::span<const std::byte> bytes) const override {
    return images_.name_of(bytes);
  }
  [[nodiscard]] Result<std::vector<std::byte>> read(std::string_view name) const override {
    return images_.read(name);
  }
  Result<Done> remove(std::string_view name) override { return images_.remove(name); }
  size_t events_at_keep = 0;
  bool full = false;

 private:
  const MemoryEventLog& log_;
  MemoryImageStore images_;
};

// Else a process that ends between the two leaves a photo that no erasure finds.
TEST_F(Wardrobe, APhotoIsStoredOnceAnEventNamesIt) {
  WatchedImages watched(stores.log);
  Shop other({stores.clock, stores.log, stores.store, stores.store, &encoder, &watched},
             Vocabulary::standard());
  ASSERT_TRUE(other.load().ok());
  const auto mine = other.wardrobes().add_photo(owner("ada"), "", photo());
  ASSERT_TRUE(mine.ok()) << mine.error().message();
  EXPECT_EQ(watched.events_at_keep, 1U);
  EXPECT_TRUE(other.wardrobes().photo(owner("ada"), mine->id).ok());
  watched.full = true;
  stores.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(other.wardrobes().add_photo(owner("ada"), "", photo(90)).error().what, "the disk is full");
  EXPECT_EQ(other.wardrobes().view(owner("ada")).pieces.size(), 1U)
      << "a piece without a photo is taken back";
}

TEST_F(Wardrobe, APhotoIsReadByItsShopperOnly) {
  const auto mine = shop->wardrobes().add_photo(owner("ada"), "", photo());
  ASSERT_TRUE(mine.ok());
  const auto seen = shop->wardrobes().photo(owner("ada"), mine->id);
  ASSERT_TRUE(seen.ok()) << seen.error().message();
  EXPECT_TRUE(is_owned_photo(*seen));
  EXPECT_EQ(shop->wardrobes().photo(owner("eve"), mine->id).error().code, Code::kNotFound);
  // Somebody who knows the stored name claims it as a piece of theirs, and an image of the shop too.
  for (const std::string& name : {stored(owner("ada"), mine->id), images.keep(photo(200)).value()}) {
    auto event = make_event(EventType::kOwn, "eve", "");
    event.owned.emplace().id = "claimed-" + name;
    event.owned->photo = name;
    send(*shop, event);
    EXPECT_EQ(shop->wardrobes().photo(owner("eve"), event.owned->id).error().code, Code::kNotFound);
  }
}

TEST(OwnedPhoto, ItsMarkAndItsAddress) {
  const std::string piece = owned_piece_id(0x1f2e);
  EXPECT_TRUE(is_owned_photo("\xFF\xD9" + owned_mark(piece)));
  EXPECT_TRUE(is_photo_of("\xFF\xD9" + owned_mark(piece), piece));
  EXPECT_FALSE(is_photo_of("\xFF\xD9" + owned_mark(piece), owned_piece_id(7)));
  EXPECT_FALSE(is_owned_photo("\xFF\xD9"));
  EXPECT_FALSE(is_owned_photo(owned_mark(piece) + "more"));
  EXPECT_EQ(owned_photo_path(owner("a b/c"), piece), "/v1/shoppers/a%20b%2Fc/wardrobe/" + piece + "/photo");
  EXPECT_EQ(owned_photo_path({IdentifierKind::kDevice, "d1"}, "own-7"),
            "/v1/shoppers/d1/wardrobe/own-7/photo?kind=device");
}

TEST_F(Wardrobe, AnOwnedPhotoIsAnAnchor) {
  const auto jeans = shop->wardrobes().add_photo(owner("ada"), "My jeans", photo());
  ASSERT_TRUE(jeans.ok());
  OutfitRequest request;
  request.shopper_id = "ada";
  request.anchors = {{jeans->id, "", true}};
  const auto answer = shop->outfits().compose(request);
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  ASSERT_FALSE(answer->outfits.empty());
  for (const ComposedOutfit& outfit : answer->outfits) {
    EXPECT_EQ(outfit.pieces.front().item.garment_id, jeans->id);
    EXPECT_TRUE(outfit.pieces.front().owned);
    EXPECT_EQ(outfit.pieces.front().item.image, jeans->item.image);
    double total = 0;
    for (size_t i = 1; i < outfit.pieces.size(); ++i) {
      EXPECT_NE(outfit.pieces[i].role, OutfitRole::kBottom);
      total += outfit.pieces[i].item.price;
    }
    EXPECT_NEAR(outfit.total_price, total, 0.005) << "what is owned costs nothing";
  }
  request.shopper_id = "eve";
  EXPECT_FALSE(shop->outfits().compose(request).ok()) << "another shopper's";
}

TEST_F(Wardrobe, CompletabilityIsTheShareOfTheOutfitThatIsThere) {
  own("ada", "JEA-Navy");
  const auto parts = shop->catalog().view().snapshot();
  const auto look = [&](const std::string& id) {
    return wearable_of(parts->item(shop->catalog().view().slots(id).front()), nullptr,
                       Vocabulary::standard());
  };
  const outfits::ExplicitCompatibility& rules = shop->outfits().rules();
  const auto pieces = [&](std::vector<std::string> ids) {
    std::vector<OwnedPiece> owned_pieces;
    for (const std::string& id : ids) {
      OwnedPiece piece;
      piece.item = std::make_shared<Item>(parts->item(shop->catalog().view().slots(id).front()));
      piece.look = wearable_of(*piece.item, nullptr, Vocabulary::standard());
      owned_pieces.push_back(std::move(piece));
    }
    return owned_pieces;
  };
  const auto tee = look("TEE-White");
  const Vocabulary& words = Vocabulary::standard();
  const WornBy women{wearers_of_department(words.find(Facet::kDepartment, "women")->id, words), words};
  const auto shared = std::make_shared<const outfits::ExplicitCompatibility>(Vocabulary::standard());
  const outfits::KeptApart apart(shared, shared);
  const auto value = [&](const outfits::Wearable& garment, const WornBy& worn_by,
                         const std::vector<OwnedPiece>& has) {
    return completability(garment, worn_by, has, apart).value();
  };
  EXPECT_EQ(value(tee, women, {}), 0);
  const double with_jeans = value(tee, women, pieces({"JEA-Navy"}));
  const double with_both = value(tee, women, pieces({"JEA-Navy", "SNE-White"}));
  EXPECT_GT(with_jeans, 0.2);
  EXPECT_GT(with_both, with_jeans);
  EXPECT_LE(with_both, 1);
  EXPECT_EQ(value(tee, women, pieces({"TEE-Black"})), 0) << "two tops are not worn together";
  EXPECT_EQ(value(tee, women, pieces({"TEE-White"})), 0) << "it is the garment itself";
  const WornBy men{wearers_of_department(words.find(Facet::kDepartment, "men")->id, words), words};
  EXPECT_EQ(value(tee, men, pieces({"JEA-Navy", "SNE-White"})), 0) << "of another wearer";
  auto tie = tee;
  tie.role = OutfitRole::kAccessory;
  tie.category = words.find(Facet::kCategory, "tie")->id;
  EXPECT_EQ(value(tie, women, pieces({"TEE-Black"})), 0) << "no collar";
  auto bikini = tee;
  bikini.role = OutfitRole::kNone;
  EXPECT_EQ(completability(bikini, women, pieces({"JEA-Navy"}), apart), std::nullopt);
  EXPECT_EQ(works_with(tee, men, pieces({"JEA-Navy"}), rules).pieces, 0u);
  EXPECT_EQ(works_with(tee, women, pieces({"JEA-Navy"}), rules).pieces, 1u);
}

TEST_F(Wardrobe, AnswersSayWhatItWorksWithAndScoreIt) {
  const auto without = [&] {
    RecommendRequest request;
    request.shopper_id = "eve";
    request.count = 20;
    request.seed = 5;
    return shop->recommender().recommend(request).value();
  }();
  for (const AnswerItem& item : without.items)
    for (const ScorePart& part : item.score_breakdown) EXPECT_NE(part.name, "wardrobe");
  own("ada", "JEA-Navy");
  own("ada", "SNE-White");
  ASSERT_TRUE(shop->wardrobes().add_photo(owner("ada"), "My jeans", photo()).ok());
  RecommendRequest request;
  request.shopper_id = "ada";
  request.count = 20;
  request.seed = 5;
  const auto answer = shop->recommender().recommend(request).value();
  const auto snapshot = shop->catalog().view().snapshot();
  const auto pieces = wardrobe_of(
      *[&] {
        auto state = std::make_shared<ShopperState>();
        const auto view = shop->wardrobes().view(owner("ada"));
        for (const auto& piece : view.pieces)
          if (piece.sold_here)
            state->owned.push_back({shop->catalog().view().slots(piece.id).front(), piece.how, piece.at});
          else
            state->owned_photos.push_back(
                {std::make_shared<OwnedGarment>(OwnedGarment{
                     piece.id, piece.item.title, piece.category, piece.colour, {"fabric/denim"}, {}, {}, {}}),
                 piece.at});
        return state;
      }(),
      {*snapshot, shop->catalog().embeddings(), Vocabulary::standard(), "words-1"});
  ASSERT_EQ(pieces.size(), 3u);
  size_t said = 0, scored = 0;
  for (const AnswerItem& item : answer.items) {
    EXPECT_NE(item.garment_id, "JEA-Navy") << "it is owned";
    const auto look = wearable_of(snapshot->item(shop->catalog().view().slots(item.garment_id).front()),
                                  nullptr, Vocabulary::standard());
    const TermId department =
        snapshot->item(shop->catalog().view().slots(item.garment_id).front()).facts.department;
    const WornBy worn_by{wearers_of_department(department, Vocabulary::standard()), Vocabulary::standard()};
    const auto works = works_with(look, worn_by, pieces, shop->outfits().rules());
    for (const Reason& reason : item.reasons) {
      if (reason.code != ReasonCode::kWorksWithOwned) continue;
      ++said;
      EXPECT_EQ(static_cast<size_t>(*reason.args.count), works.pieces) << item.title;
    }
    for (const ScorePart& part : item.score_breakdown)
      if (part.name == "wardrobe" && part.value > 0) ++scored;
  }
  EXPECT_GT(said, 0u);
  EXPECT_GT(scored, 0u);
}

TEST_F(Wardrobe, ProportionRulesAreSaidAndSwitchedOff) {
  std::vector<Garment> jackets;
  for (const char* length : {"cropped", "knee length"}) {
    Garment garment;
    garment.id = fmt::format("JAC-{}", length);
    garment.title = fmt::format("Jacket {}", length);
    garment.category = "Women/Outerwear/Jackets";
    garment.department = "Women";
    garment.supplier_attributes["length"] = {length};
    garment.variants.push_back({garment.id + "-M", "M", "Black", 90, {}, {}, 3});
    jackets.push_back(std::move(garment));
  }
  ASSERT_TRUE(shop->catalog().upsert(std::move(jackets)).ok());
  const auto said = [&](const OutfitRequest& request) {
    size_t count = 0;
    const auto answer = shop->outfits().compose(request);
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    for (const auto& outfit : answer->outfits)
      for (const Reason& reason : outfit.reasons) count += reason.code == ReasonCode::kSuitsProportions;
    return count;
  };
  OutfitRequest request;
  request.shopper_id = "ada";
  request.roles = {OutfitRole::kTop, OutfitRole::kBottom, OutfitRole::kOuter, OutfitRole::kShoes};
  request.filter.categories = {};
  EXPECT_EQ(said(request), 0u);
  BodyProfile body;
  body.height_cm = 158;
  ASSERT_TRUE(shop->shoppers().set_body(owner("ada"), body).ok());
  EXPECT_EQ(shop->shoppers().body(owner("ada")).height_cm, 158);
  EXPECT_GT(said(request), 0u);
  request.proportions = false;
  EXPECT_EQ(said(request), 0u);
  request.proportions = true;
  body.proportions = false;
  ASSERT_TRUE(shop->shoppers().set_body(owner("ada"), body).ok());
  EXPECT_EQ(said(request), 0u);
  open();
  EXPECT_EQ(shop->shoppers().body(owner("ada")).proportions, false) << "after a restart";
  ASSERT_TRUE(shop->shoppers().set_body(owner("ada"), {}).ok());
  EXPECT_FALSE(shop->shoppers().body(owner("ada")).height_cm.has_value()) << "it replaces what was said";
}

TEST_F(Wardrobe, ABodyTypeThatCountsForNothingIsRefused) {
  BodyProfile body;
  body.body_type = "wombat";
  const auto refused = shop->shoppers().set_body(owner("ada"), body);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().where, "/body_type");
  EXPECT_THAT(refused.error().expected, testing::HasSubstr("straight & narrow"));
  EXPECT_EQ(shop->shoppers().body(owner("ada")).body_type, "");
  body.body_type = "pear";
  ASSERT_TRUE(shop->shoppers().set_body(owner("ada"), body).ok());
  EXPECT_EQ(shop->shoppers().body(owner("ada")).body_type, "pear");
}

}  // namespace
}  // namespace modiste
