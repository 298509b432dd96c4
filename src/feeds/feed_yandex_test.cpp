#include <gtest/gtest.h>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

ReadText read_offers(const std::string& offers) {
  return read_text(
      R"(<?xml version="1.0" encoding="UTF-8"?><yml_catalog date="2026-11-22T14:37:38+03:00"><shop>
<name>Shop</name><currencies><currency id="RUR" rate="1"/></currencies><categories>
<category id="1">Одежда</category><category id="10" parentId="1">Женская одежда</category>
<category id="11" parentId="10">Платья</category><category id="5" parentId="5">Круг</category></categories>
<offers>)" +
          offers + "</offers></shop></yml_catalog>",
      "yandex-yml");
}

TEST(Yandex, OffersOfAGroupAreTheVariantsOfAGarment) {
  const auto feed = read_offers(R"(
<offer id="9012" group_id="9" available="true"><name>Платье летнее</name><vendor>Fleur</vendor>
<price>8990</price><oldprice>9990</oldprice><currencyId>RUR</currencyId><categoryId>11</categoryId>
<picture>http://shop.example/1.jpg</picture><picture>http://shop.example/2.jpg</picture><count>3</count>
<param name="Цвет">красный</param><param name="Размер" unit="RU">44</param><param name="Материал">лён</param>
<param name="Пол">Женский</param><param name="Вырез">круглый</param>
<description><![CDATA[<p>Лёгкое <offer> платье</p>]]></description></offer>
<offer id="9013" group_id="9" available="false"><name>Платье летнее</name><price>8990</price>
<currencyId>RUB</currencyId><categoryId>11</categoryId><param name="Цвет">синий</param>
<param name="Размер" unit="RU">46</param></offer>)");
  ASSERT_EQ(feed.ids(), "9") << feed.refusals();
  EXPECT_EQ(feed.variants(), "9012 'RU 44' 'красный' 8990<9990 3; 9013 'RU 46' 'синий' 8990 0");
  const Garment& dress = feed.garments[0];
  EXPECT_EQ(dress.category, "Одежда > Женская одежда > Платья");
  EXPECT_EQ(dress.brand, "Fleur");
  EXPECT_EQ(dress.currency, "RUB");
  EXPECT_EQ(dress.department, "Женский");
  EXPECT_EQ(dress.images.size(), 2U);
  EXPECT_EQ(dress.supplier_attributes.at("вырез"), std::vector<std::string>{"круглый"});
  EXPECT_EQ(dress.supplier_attributes.at("material"), std::vector<std::string>{"лён"});
}

TEST(Yandex, TitlesInPartsAndWhatIsLeftOut) {
  const auto feed = read_offers(R"(
<offer id="1" type="vendor.model"><typePrefix>Платье</typePrefix><vendor>Fleur</vendor><model>Июль</model>
<price>100</price><currencyId>RUB</currencyId><categoryId>5</categoryId></offer>
<offer id="2"><name>Скрытое</name><price>100</price><disabled>true</disabled></offer>
<offer id="3"><name>Без цены</name></offer>
<offer id="4"><name>Оборванное</name>)");
  ASSERT_EQ(feed.ids(), "1") << feed.refusals();
  EXPECT_EQ(feed.garments[0].title, "Платье Fleur Июль");
  EXPECT_EQ(feed.variants(), "1 '' '' 100 1");
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"2"});
  EXPECT_EQ(feed.report.rows_refused, 3U) << "the hidden one, the one without a price, the torn one";
}

TEST(Yandex, IsFoundByItsRoot) {
  EXPECT_EQ(detect_feed("<?xml version=\"1.0\"?>\n<!DOCTYPE yml_catalog SYSTEM \"shops.dtd\">\n<yml_catalog>")
                .value()
                ->name,
            "yandex-yml");
}

}  // namespace
}  // namespace modiste
