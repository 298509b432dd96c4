#include "feeds/feed.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(DetectFormat, JudgesByTheFirstBytes) {
  const auto detected = [](std::string_view head) {
    const auto reader = detect_feed(head);
    return reader.ok() ? std::string((*reader)->name) : "none";
  };
  EXPECT_EQ(detected("{\"id\":\"1\"}\n"), "json-lines");
  EXPECT_EQ(detected("\xEF\xBB\xBFid\ttitle\tprice\tlink\n"), "google-merchant-tsv");
  EXPECT_EQ(detected("<?xml version=\"1.0\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\">"),
            "google-merchant-xml");
  EXPECT_EQ(detected("<feed xmlns=\"http://www.w3.org/2005/Atom\">"), "google-merchant-xml");
  EXPECT_EQ(detected("sku,store_view_code,product_type,name,price\n"), "adobe-commerce-csv");
  EXPECT_EQ(detected("category,name,sku,price,qty,description\n"), "adobe-commerce-csv");
  EXPECT_EQ(detected("Handle,Title,Body (HTML),Variant Price\n"), "shopify-csv");
  EXPECT_EQ(detected("Title,URL handle,Description,Price,SKU\n"), "shopify-csv");
  EXPECT_EQ(detected("id,title,description,availability,price,image_link\n"), "meta-catalog-csv");
  EXPECT_EQ(detected("\xEF\xBB\xBFid;title;description;availability;price;image_link\n"), "meta-catalog-csv");
  EXPECT_EQ(detected("sep=;\nid;title;description;availability;price;image_link\n"), "meta-catalog-csv");
  EXPECT_EQ(detected("# Required | An id,# Required | A title\nid,title,price,link\n"), "meta-catalog-csv");
  EXPECT_EQ(detected("Title,Price,Description\n"), "none");
  EXPECT_EQ(detected("sku;name;price;stock\n"), "plain-table");
  EXPECT_EQ(detected("Artikelnummer\tBezeichnung\tVerkaufspreis\tBestand\n"), "plain-table");
  EXPECT_EQ(detected("sku,name,price,quantity,order id\n"), "none") << "orders";
  EXPECT_EQ(detected("handleId,fieldType,name,sku,price,inventory,productOptionName1\n"), "wix-csv");
  EXPECT_EQ(detected("ID,Type,SKU,Name,Published,Regular price\n"), "woocommerce-csv");
  EXPECT_EQ(detected("ID,Typ,Artikelnummer,Name,Veröffentlicht,Regulärer Preis\n"), "woocommerce-csv");
  EXPECT_EQ(detected("ID,Type,UGS,Nom,Publié,Tarif régulier\n"), "woocommerce-csv");
  EXPECT_EQ(detected("ID;Tipo;SKU;Nombre;Publicado;Precio normal\n"), "woocommerce-csv");
  EXPECT_EQ(detected("Item,ID,Name,Type,SKU,Options,Price\n"), "bigcommerce-csv");
  EXPECT_EQ(detected("Item Type,Product ID,Product Name,Product Code/SKU,Price\n"), "bigcommerce-csv");
  EXPECT_EQ(detected("Product ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded;Quantity\n"),
            "prestashop-csv");
  EXPECT_EQ(detected("image,sender_id,label,kids\n"), "photo-folder-csv");
  for (const char* other : {"", "   \n", "a,b,c\n1,2,3\n", "<html><body>", "\x89PNG\r\n\x1a\n", "%PDF-1.4"})
    EXPECT_EQ(detected(other), "none") << other;
  EXPECT_EQ(detected(std::string("\0\0\0\0", 4)), "none");
}

TEST(PlainTable, ARowIsAVariantAndAStyleTheGarment) {
  const auto feed = read_text(
      "sku;name;style;price;stock;size;color;category;image;active\n"
      "A-S;Leinenkleid;A;89,00 EUR;3;S;Rot;Damen > Kleider;https://s.example/1.jpg;1\n"
      "A-M;Leinenkleid;A;89,00 EUR;0;M;Rot;Damen > Kleider;https://s.example/1.jpg;1\n"
      "B;Rock;B;49,00 EUR;2;M;Rot;Damen > Röcke;https://s.example/2.jpg;0\n",
      "plain-table");
  ASSERT_EQ(feed.ids(), "A") << feed.refusals();
  EXPECT_EQ(feed.variants(), "A-S 'S' 'Rot' 89 3; A-M 'M' 'Rot' 89 0");
  EXPECT_EQ(feed.garments[0].title, "Leinenkleid");
  EXPECT_EQ(feed.garments[0].category, "Damen > Kleider");
}

TEST(PlainTable, BesideASkuTheIdIsTheGarments) {
  const auto feed = read_text(
      "id,sku,name,price,size,colour\n"
      "A,A-S,Linen shirt,59,S,Olive\n"
      "A,A-M,Linen shirt,59,M,Olive\n"
      "B,,Skirt,49,M,Red\n",
      "plain-table");
  ASSERT_EQ(feed.ids(), "A B") << feed.refusals();
  EXPECT_EQ(feed.variants(), "A-S 'S' 'Olive' 59 1; A-M 'M' 'Olive' 59 1; B 'M' 'Red' 49 1");
}

TEST(PlainTable, AnIdOfSeveralVariantsIsRefusedWithWhatWouldBeRight) {
  const auto feed = read_text("id,name,price,size\nA,Linen shirt,59,S\nA,Linen shirt,59,M\n", "plain-table");
  ASSERT_EQ(feed.refusals(), "3:id");
  EXPECT_NE(feed.report.refusals[0].reason.find("item_group_id"), std::string::npos);
}

TEST(PhotoFolder, EachPhotoIsAGarmentAndUnsureLabelsAreRefused) {
  const auto feed = read_text(
      "image,sender_id,label,kids\n"
      "abc,12,Longsleeve,True\n"
      "def,12,Not sure,False\n"
      "../etc/passwd,12,Dress,False\n"
      "ghi.png,13,Dress,False\n",
      "photo-folder-csv");
  ASSERT_EQ(feed.garments.size(), 2U);
  const Garment& garment = feed.garments[0];
  EXPECT_EQ(garment.id, "abc");
  EXPECT_EQ(garment.category, "Longsleeve");
  EXPECT_EQ(garment.department, "Kids");
  EXPECT_EQ(garment.images[0].url, "images/abc.jpg");
  EXPECT_EQ(garment.supplier_attributes.at("sender_id")[0], "12");
  EXPECT_EQ(feed.garments[1].images[0].url, "images/ghi.png");
  EXPECT_EQ(feed.refusals(), "3:label 4:image");
}

TEST(JsonLines, RefusesLineByLineAndSaysWhere) {
  const auto feed = read_text(
      R"({"id":"a","title":"Tee","variants":[{"sku":"a1","price":5}]})"
      "\n\n"
      R"({"id":"b","title":"Tee","variants":[{"sku":"b1","price":-5}]})"
      "\n"
      R"({"id":"c","title":"Tee","colour":"x","variants":[{"sku":"c1","price":5}]})"
      "\nnot json\n"
      R"({"id":"d","title":"","variants":[{"sku":"d1","price":5}]})"
      "\n"
      R"({"id":"a","title":"Again","variants":[{"sku":"a2","price":5}]})"
      "\n"
      R"({"id":"e","title":"Shares a sku","variants":[{"sku":"a1","price":5},{"sku":"e1","price":6}]})"
      "\n"
      R"({"id":"f","title":"No variants","variants":[]})"
      "\n"
      R"({"id":"g","title":"Twice","variants":[{"sku":"g1","price":5},{"sku":"g1","price":6}]})",
      "json-lines");
  EXPECT_EQ(feed.ids(), "a e");
  EXPECT_EQ(feed.garments[1].variants.size(), 1U);
  EXPECT_EQ(feed.refusals(),
            "3:/variants/0/price 4:/colour 5:byte 0 6:/title 7:id 8:sku 9:/variants 10:/variants/1/sku");
  EXPECT_NE(feed.report.refusals[4].reason.find("line 1"), std::string::npos)
      << feed.report.refusals[4].reason;
  EXPECT_EQ(feed.report.rows_read, 9U);
  EXPECT_EQ(feed.report.rows_refused, 8U);
}

TEST(ReadFeed, ASinkThatFailsStopsTheReading) {
  MemoryInput input("feed.jsonl", R"({"id":"a","title":"Tee","variants":[{"sku":"a1","price":5}]})");
  const auto report = read_feed(input, *find_feed_reader("json-lines"), {}, [](Garment&&) -> Result<Done> {
    return Error{Code::kUnavailable, "disk full", "", ""};
  });
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::kUnavailable);
}

class BrokenInput final : public FeedInput {
 public:
  [[nodiscard]] std::string name() const override { return "broken"; }
  Result<size_t> read(std::span<char>) override {
    return Error{Code::kUnavailable, "the disk is gone", "", ""};
  }
};

TEST(ReadFeed, AnInputThatFailsIsAnError) {
  for (const char* name : {"adobe-commerce-csv", "google-merchant-xml", "json-lines"}) {
    BrokenInput input;
    const auto report =
        read_feed(input, *find_feed_reader(name), {}, [](Garment&&) -> Result<Done> { return kOk; });
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, Code::kUnavailable);
  }
}

TEST(ReadFeed, RemembersTheFirstRefusalsAndCountsAll) {
  std::string text;
  for (int i = 0; i < 1'500; ++i) text += "nonsense\n";
  const auto feed = read_text(text, "json-lines");
  EXPECT_EQ(feed.report.rows_refused, 1'500U);
  EXPECT_EQ(feed.report.refusals.size(), kRefusalsMax);
}

// "¯ó³ta" is not a word: a short file of Central Europe.
TEST(ReadFeed, AFewWordsTellTheEncodingOfCentralEurope) {
  const std::string header = "id\ttitle\tprice\timage_link\tcolor\n";
  const auto polish = read_text(header +
                                    "u1\tD\xb3uga sp\xf3"
                                    "dnica ze \x9c"
                                    "ci\xb9gaczem\t99,00 PLN\thttps://s/a.jpg\t\xbf\xf3\xb3ta\n",
                                "google-merchant-tsv");
  ASSERT_EQ(polish.garments.size(), 1u);
  EXPECT_EQ(polish.garments[0].title, "Długa spódnica ze ściągaczem");
  EXPECT_EQ(polish.garments[0].variants[0].colour, "żółta");
  const auto iso = read_text(header + "u1\tKoszula \xb6liska\t99,00 PLN\thttps://s/a.jpg\t\xbf\xf3\xb3ta\n",
                             "google-merchant-tsv");
  ASSERT_EQ(iso.garments.size(), 1u) << iso.report.encoding << iso.refusals();
  EXPECT_EQ(iso.garments[0].variants[0].colour, "żółta");
  const auto french = read_text(header +
                                    "u1\tLYCRA\xae, 200 g/m\xb2, d\xe9"
                                    "contract\xe9\t\xa3"
                                    "9.00\thttps://s/a.jpg\tbeige ros\xe9\n",
                                "google-merchant-tsv");
  ASSERT_EQ(french.garments.size(), 1u) << french.report.encoding << french.refusals();
  EXPECT_EQ(french.garments[0].title, "LYCRA®, 200 g/m², décontracté");
}

// One is itself, one is told twice, and more than a garment may have: the garment stays.
TEST(FeedLinks, AreCutToWhatAGarmentMayHave) {
  std::string links = "P1,L0,L0";
  for (size_t i = 0; i <= kGoesWithMax; ++i) links += fmt::format(",L{}", i);
  const auto woocommerce = read_text(
      "ID,Type,SKU,Name,Published,Regular price,Cross-sells\n1,simple,P1,Shirt,1,20,\"" + links + "\"\n",
      "woocommerce-csv");
  ASSERT_EQ(woocommerce.garments.size(), 1U) << woocommerce.refusals();
  const auto& kept = woocommerce.garments[0].goes_with;
  ASSERT_EQ(kept.size(), kGoesWithMax);
  EXPECT_EQ(kept.front(), "L0");
  EXPECT_EQ(kept[1], "L1");
  const auto adobe = read_text(
      "sku,store_view_code,product_type,name,price,categories,related_skus\nP1,,simple,"
      "Shirt,20,Default Category/Tops,\"" +
          links + "\"\n",
      "adobe-commerce-csv");
  ASSERT_EQ(adobe.garments.size(), 1U) << adobe.refusals();
  EXPECT_EQ(adobe.garments[0].goes_with, kept);
}

}  // namespace
}  // namespace modiste
