// What every image store promises, wherever it keeps the bytes.
#include <gtest/gtest.h>

#include <thread>

#include "io/test_directory.h"
#include "storage/images/image_folder.h"
#include "storage/memory/memory_image_store.h"

namespace modiste {
namespace {

struct ImagesBackend {
  const char* name;
  std::unique_ptr<ImageStore> (*open)(const std::filesystem::path& folder);
  bool lasts;  // whether it can be opened again with what it kept
};

std::unique_ptr<ImageStore> images_in_memory(const std::filesystem::path&) {
  return std::make_unique<MemoryImageStore>();
}
std::unique_ptr<ImageStore> images_in_folder(const std::filesystem::path& folder) {
  return std::make_unique<ImageFolder>(ImageFolder::open(folder).value());
}

std::vector<std::byte> bytes(std::string_view text) {
  const auto view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

class ImageStoreContract : public testing::TestWithParam<ImagesBackend> {
 protected:
  TestDirectory directory_;
  std::unique_ptr<ImageStore> store_ = GetParam().open(directory_.path() / "images");
};

TEST_P(ImageStoreContract, NamesImagesByTheirContent) {
  const auto jpeg = bytes("\xff\xd8\xff\xe0 and so on");
  const auto name = store_->keep(jpeg).value();
  EXPECT_EQ(name.size(), 32u + 4);
  EXPECT_TRUE(name.ends_with(".jpg"));
  EXPECT_EQ(store_->keep(jpeg).value(), name);
  const auto other = store_->keep(bytes("\xff\xd8\xff\xe0 and no more")).value();
  EXPECT_NE(other, name);
  EXPECT_EQ(store_->read(name).value(), jpeg);
  EXPECT_TRUE(store_->keep(bytes("\x89PNG\r\n\x1a\n..."))->ends_with(".png"));
  EXPECT_TRUE(store_->keep(bytes("<?xml version='1.0'?><svg/>"))->ends_with(".svg"));
  EXPECT_TRUE(store_->keep(bytes("RIFF1234WEBPVP8 "))->ends_with(".webp"));
  EXPECT_TRUE(store_->keep(bytes("GIF89a"))->ends_with(".gif"));
}

TEST_P(ImageStoreContract, ForgetsWhatIsRemoved) {
  const auto name = store_->keep(bytes("\xff\xd8\xff\xe0 mine")).value();
  EXPECT_TRUE(store_->remove(name).ok());
  EXPECT_EQ(store_->read(name).error().code, Code::kNotFound);
  EXPECT_TRUE(store_->remove(name).ok()) << "it is removed already";
  EXPECT_EQ(store_->remove("../secret").error().code, Code::kInvalid);
}

TEST_P(ImageStoreContract, RefusesOtherBytesAndOtherNames) {
  EXPECT_EQ(store_->keep(bytes("hello")).error().code, Code::kInvalid);
  EXPECT_EQ(store_->keep({}).error().code, Code::kInvalid);
  const std::string digits(32, '0');
  for (const std::string& name : {std::string("../secret"), std::string(), "../" + digits + ".jpg",
                                  digits + ".exe", digits, digits + ".jpg/../../secret"})
    EXPECT_EQ(store_->read(name).error().code, Code::kInvalid) << name;
  EXPECT_EQ(store_->read(digits + ".jpg").error().code, Code::kNotFound);
}

TEST_P(ImageStoreContract, ManyThreadsKeepTheSameImage) {
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const auto image = bytes("GIF89a" + std::to_string(i));
        EXPECT_EQ(store_->read(store_->keep(image).value()).value(), image);
      }
    });
  for (auto& thread : threads) thread.join();
}

TEST_P(ImageStoreContract, KeepsImagesAcrossARestart) {
  if (!GetParam().lasts) GTEST_SKIP() << "memory does not outlive its process";
  const auto image = bytes("GIF89a kept");
  const auto name = store_->keep(image).value();
  store_ = GetParam().open(directory_.path() / "images");
  EXPECT_EQ(store_->read(name).value(), image);
}

INSTANTIATE_TEST_SUITE_P(All, ImageStoreContract,
                         testing::Values(ImagesBackend{"Memory", images_in_memory, false},
                                         ImagesBackend{"Folder", images_in_folder, true}),
                         [](const auto& backend) { return std::string(backend.param.name); });

}  // namespace
}  // namespace modiste
