#include "shop/catalog_import.h"

#include <gtest/gtest.h>

#include <fstream>

#include "io/gzip.h"
#include "io/test_directory.h"
#include "storage/images/image_folder.h"

namespace modiste {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPixel =  // a GIF of one pixel
    "GIF89a\1\0\1\0\0\0\0;";

std::string line_of(const std::string& id, const std::string& photo = "") {
  Garment garment;
  garment.id = id;
  garment.title = "Dress " + id;
  garment.brand = "Luma";
  garment.currency = "EUR";
  if (!photo.empty()) garment.images.push_back({photo, ""});
  garment.variants.push_back({id + "-S", "S", "", 40.0, {}, {}, 3});
  return to_json_line(garment) + "\n";
}

class CatalogImport : public testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) {
    fs::create_directories((directory_.path() / name).parent_path());
    std::ofstream(directory_.path() / name, std::ios::binary) << text;
    return directory_.path() / name;
  }
  // Into a shop that takes every garment but those whose id begins with "bad".
  Result<ImportReport> import(const fs::path& source) {
    auto images = ImageFolder::open(directory_.path() / "kept").value();
    const Normaliser normaliser(Vocabulary::standard());
    return import_catalog(source, normaliser, images, [this](std::vector<Garment> garments) {
      std::vector<Result<Upserted>> results;
      for (auto& garment : garments) {
        Upserted done;
        done.garment_id = garment.id;
        done.created = true;
        if (garment.id.starts_with("bad"))
          results.emplace_back(Error{Code::kInvalid, "no variants", "/variants", "at least one"});
        else
          results.emplace_back(std::move(done));
        taken_.push_back(std::move(garment));
      }
      return Result<std::vector<Result<Upserted>>>(std::move(results));
    });
  }
  TestDirectory directory_;
  std::vector<Garment> taken_;
};

TEST_F(CatalogImport, GoodRowsGoInWithTheirPhotos) {
  write("feed/images/a.gif", std::string(kPixel));
  write("feed/garments.jsonl", line_of("MH01", "/a.gif") + "not json\n" + line_of("MH02", "missing.jpg") +
                                   line_of("bad1") + line_of("bad2"));
  const auto report = import(directory_.path() / "feed");
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->accepted, 2U);
  EXPECT_EQ(report->created, 2U);
  EXPECT_EQ(report->photos_stored, 1U);
  ASSERT_EQ(taken_.size(), 4U);
  ASSERT_EQ(taken_[0].images.size(), 1U);
  EXPECT_TRUE(taken_[0].images[0].url.ends_with(".gif"));
  EXPECT_TRUE(fs::exists(directory_.path() / "kept" / taken_[0].images[0].url));
  EXPECT_TRUE(taken_[1].images.empty()) << "a reference that leads nowhere is dropped";
  ASSERT_EQ(report->photo_problems.size(), 1U);
  EXPECT_EQ(report->feed.total.rows_refused, 1U);
  EXPECT_EQ(report->refused.count(), 2U);
  EXPECT_EQ(report->refused.text(), "  2 x garment 'bad1': no variants (/variants); expected at least one\n");
  EXPECT_TRUE(expect_garments(*report, "feed").ok());
}

TEST_F(CatalogImport, AGzippedFeedIsRead) {
  const auto report = import(write("garments.jsonl.gz", gzip(line_of("MH01"))));
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->accepted, 1U);
}

TEST_F(CatalogImport, NothingFoundIsAnError) {
  EXPECT_EQ(import(directory_.path() / "nowhere").error().code, Code::kNotFound);
  fs::create_directories(directory_.path() / "empty");
  const auto empty = import(directory_.path() / "empty").error();
  EXPECT_EQ(empty.code, Code::kNotFound);
  EXPECT_NE(empty.message().find(".jsonl"), std::string::npos) << "says what was looked for";

  const auto header = import(write("header.csv", "id,title,price,image_link,availability,link\n"));
  const auto none = header.ok() ? expect_garments(*header, "header.csv") : Result<Done>(header.error());
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().where.find("header.csv"), std::string::npos);
  EXPECT_NE(none.error().code, Code::kInvalid) << "the program exits with 1, not 2";

  const auto refused = import(write("bad.jsonl", line_of("bad1") + line_of("bad2")));
  ASSERT_TRUE(refused.ok());
  const auto all = expect_garments(*refused, "bad.jsonl");
  ASSERT_FALSE(all.ok());
  EXPECT_NE(all.error().what.find("all 2 garments"), std::string::npos);
}

}  // namespace
}  // namespace modiste
