#include "serving/query/query_reading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/normaliser.h"
#include "serving/query/query_spelling.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

class Queries : public testing::Test {
 protected:
  Queries() {
    Garment garment;
    garment.id = "B1";
    garment.title = "Everyday linen dress with pockets";
    garment.brand = "Free People";
    garment.variants.push_back({"B1-M", "M", "Red", 20, {}, {}, 1});
    normaliser.normalise(garment);
    index.put(0, text_fields(garment, "Red", vocabulary));
    catalog.upsert({garment});
  }

  // "category:dress colour:red -fabric:leather -brand:... -word <=50 >=20 EUR size:M"
  std::string read(std::string_view query, std::string_view home = "EUR") {
    const QueryReading reading = reader.read(query, catalog, home);
    std::string text;
    const auto put = [&](const std::string& part) { text += (text.empty() ? "" : " ") + part; };
    const auto wishes = [&](const std::vector<QueryWish>& list, const std::string& sign) {
      for (const auto& wish : list)
        put(sign + std::string(name_of(wish.facet)) + ":" + vocabulary.term(wish.terms.front()).name);
    };
    wishes(reading.wanted, "");
    wishes(reading.unwanted, "-");
    for (const auto& brand : reading.brands) put("brand:" + catalog.brand_name(brand.brand));
    for (const auto& brand : reading.unwanted_brands) put("-brand:" + catalog.brand_name(brand.brand));
    for (const auto& word : reading.unwanted_words) put("-" + word.key);
    const auto amount = [](double value) { return std::to_string(static_cast<int>(value)); };
    if (reading.price_min) put(">=" + amount(*reading.price_min));
    if (reading.price_max) put("<=" + amount(*reading.price_max));
    if (!reading.currency.empty()) put(reading.currency);
    for (const auto& size : reading.sizes) put("size:" + size);
    return text;
  }
  std::string mended(std::string_view query) {
    const auto found = spelling.mend(query);
    return found ? found->text : "-";
  }

  const Vocabulary& vocabulary = Vocabulary::standard();
  Normaliser normaliser{vocabulary};
  Catalog catalog{vocabulary};
  TextIndex index{vocabulary};
  QueryReader reader{vocabulary, normaliser.phrases()};
  QuerySpelling spelling{vocabulary, normaliser.phrases(), reader.words(), index};
};

TEST_F(Queries, ACommonWordIsNoTermOfAnotherLanguage) {
  EXPECT_EQ(read("I hate skinny jeans but love wide ones"), "category:jeans -fit:skinny");
  EXPECT_EQ(read("nice but casual dress"), "category:dress occasion:casual");
  EXPECT_EQ(read("un vestido no tan formal"), "category:dress -occasion:formal");
  EXPECT_EQ(read("was trägt man zur Hochzeit"), "occasion:wedding");
  EXPECT_EQ(read("il vestito non è male"), "category:dress");
}

TEST_F(Queries, WhatIsWarmIsForWinter) {
  EXPECT_EQ(read("something warm but not wool"), "season:winter -fabric:wool");
  EXPECT_EQ(read("warme Jacke"), "season:winter category:jacket");
  for (const char* of_others :
       {"dress for warm weather", "vestido para clima cálido", "robe pour temps chaud",
        "vestito per clima caldo", "dress in warm colours", "warm summer evenings dress"})
    EXPECT_EQ(read(of_others).find("winter"), std::string::npos) << of_others;
}

TEST_F(Queries, ARefusalEndsAtBut) {
  EXPECT_EQ(read("no leather but suede jacket"), "fabric:suede category:jacket -fabric:leather");
  EXPECT_EQ(read("keine Röcke sondern Hosen"), "category:pants -category:skirt");
  EXPECT_EQ(read("pas de jupe mais une robe"), "category:dress -category:skirt");
  EXPECT_EQ(read("dress in any colour but black"), "category:dress -colour:black");
  EXPECT_EQ(read("dress but not black"), "category:dress -colour:black");
}

TEST_F(Queries, WhoSearchesTellsTheDepartment) {
  EXPECT_EQ(read("I'm a guy, show me shirts"), "department:men category:shirt");
  EXPECT_EQ(read("I am a woman looking for a watch for my dad"), "category:watch department:men");
  EXPECT_EQ(read("je suis un homme et je cherche une chemise"), "department:men category:shirt");
}

TEST_F(Queries, SayWhomItIsFor) {
  for (const char* query : {"gift for dad",
                            "present for my boyfriend",
                            "geschenk für meinen vater",
                            "cadeau pour mon mari",
                            "regalo para mi novio",
                            "prezent dla taty",
                            "something for my dear old granddad",
                            "for my brother in law",
                            "geschenk für opa",
                            "cadeau pour le petit ami",
                            "presente para o meu avô",
                            "lahja isälle",
                            "babam için hediye",
                            "подарок для папы",
                            "送给爸爸的礼物",
                            "彼氏へのプレゼント",
                            "남자친구 선물",
                            "ajándék apámnak",
                            "cadou pentru tatăl meu",
                            "δώρο για τον μπαμπά",
                            "подарунок для тата",
                            "هدية لأبي",
                            "quà cho bố tặng",
                            "ของขวัญให้พ่อ",
                            "darček pre ocka",
                            "gave til far",
                            "dárek pro tátu"})
    EXPECT_EQ(read(query), "department:men") << query;
  for (const char* query :
       {"present for my wife", "gift for mum", "geschenk für meine freundin", "regalo per la mamma",
        "cadeau voor mijn zus", "present till min mamma", "for my aunt", "for the mother in law",
        "regalo para mi suegra", "prezent dla babci", "δώρο για τη μαμά", "ajándék anyukámnak", "妈妈"})
    EXPECT_EQ(read(query), "department:women") << query;
  EXPECT_EQ(read("linen shirt for my dad under 60"), "category:shirt fabric:linen department:men <=60");
  EXPECT_EQ(read("leather belt, not brown, for my husband"),
            "category:belt fabric:leather department:men -colour:brown");
  // Nobody is meant.
  for (const char* query : {"boyfriend jeans", "mom jeans", "grandad collar shirt", "shirt for mom jeans",
                            "dad cap", "camicia per mare", "sister act tee"})
    EXPECT_EQ(read(query).find("department"), std::string::npos) << query;
}

TEST_F(Queries, StatesFacets) {
  EXPECT_EQ(read("red dress"), "colour:red category:dress");
  // A sweater in Spanish.
  EXPECT_EQ(read("Fleur floral jersey T-shirt"), "pattern:floral fabric:jersey category:t-shirt");
  EXPECT_EQ(read("jersey rojo de lana"), "category:sweater colour:red fabric:wool");
  EXPECT_EQ(read("black striped linen shirt for men"),
            "colour:black pattern:striped category:shirt fabric:linen department:men");
  EXPECT_EQ(read("denim skirt"), "category:skirt fabric:denim");
  EXPECT_EQ(read("denim"), "fabric:denim");
  EXPECT_EQ(read("shirts and blouses"), "category:shirt category:blouse");
  EXPECT_EQ(read("dress with belt"), "category:dress");
  EXPECT_EQ(read("warm jacket"), "season:winter category:jacket");
  EXPECT_EQ(read("dress for a wedding"), "category:dress occasion:wedding");
  EXPECT_EQ(read("office trousers"), "occasion:work category:pants");
  EXPECT_EQ(read("free people dress"), "category:dress brand:Free People");
  EXPECT_EQ(read("lace dress").substr(0, 14), "category:dress");
}

TEST_F(Queries, AMinusBeforeAWordRefusesIt) {
  EXPECT_EQ(read("dress -red"), "category:dress -colour:red");
  EXPECT_EQ(read("boots −leather"), "category:boots -fabric:leather");
  EXPECT_EQ(read("red - blue dress").find('-'), std::string::npos) << "a dash between words";
  EXPECT_EQ(read("dress, nothing red"), "category:dress -colour:red");
  EXPECT_EQ(read("nothing but red dresses"), read("red dresses"));
  EXPECT_EQ(read("Kleid, nichts in Rot"), "category:dress -colour:red");
}

TEST_F(Queries, ReadsNegationInManyLanguages) {
  EXPECT_EQ(read("jacket without leather"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("dress not black"), "category:dress -colour:black");
  EXPECT_EQ(read("t-shirt no polyester"), "category:t-shirt -fabric:polyester");
  EXPECT_EQ(read("sweater without wool, polyester or acrylic"),
            "category:sweater -fabric:wool -fabric:polyester -fabric:acrylic");
  EXPECT_EQ(read("leather-free belt"), "category:belt -fabric:leather");
  EXPECT_EQ(read("dress without pockets"), "category:dress -pockets");
  EXPECT_EQ(read("dress not from free people"), "category:dress -brand:Free People");
  EXPECT_EQ(read("Jacke ohne Leder"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("Kleid nicht schwarz"), "category:dress -colour:black");
  EXPECT_EQ(read("lederfreie Jacke"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("veste sans cuir"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("chaqueta sin cuero"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("giacca senza pelle"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("jas zonder leer"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("jaqueta sem couro"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("kurtka bez skóry"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("jacka utan läder"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("jakke uden læder"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("jakke uten skinn"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("takki ilman nahkaa"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("bunda bez kůže"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("куртка без кожи"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("deri olmayan ceket"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("レザーなしのジャケット"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("夹克 不要 皮革"), "category:jacket -fabric:leather");
  EXPECT_EQ(read("가죽 없는 자켓"), "category:jacket -fabric:leather");
}

TEST_F(Queries, ReadsNegationWithoutSpacesAndWithParticles) {
  for (const char* query : {"不要皮革的夹克",
                            "没有皮革的夹克",
                            "沒有皮革的夾克",
                            "非皮革夹克",
                            "无皮革夹克",
                            "不想要皮革夹克",
                            "夹克不要皮革",
                            "除了皮革以外的夹克",
                            "不含皮革的夹克",
                            "가죽말고 자켓",
                            "가죽 말고 자켓",
                            "가죽제외 자켓",
                            "가죽이 아닌 자켓",
                            "가죽 빼고 자켓",
                            "비가죽 자켓",
                            "가죽은 싫어요 자켓",
                            "レザー以外のジャケット",
                            "革を除くジャケット",
                            "ノンレザージャケット",
                            "レザー不使用のジャケット",
                            "レザーではないジャケット"})
    EXPECT_EQ(read(query), "category:jacket -fabric:leather") << query;
  for (const char* query :
       {"不要黑色连衣裙", "非黑色连衣裙", "连衣裙不要黑色", "不是黑色的连衣裙", "검정 제외 원피스",
        "검은색 아닌 원피스", "검정색이 아닌 원피스", "黒じゃないワンピース", "黒以外のワンピース"})
    EXPECT_EQ(read(query), "category:dress -colour:black") << query;
  EXPECT_EQ(read("不含羊毛的毛衣"), "category:sweater -fabric:wool");
  EXPECT_EQ(read("울 안 들어간 스웨터"), "category:sweater -fabric:wool");
  EXPECT_EQ(read("红色连衣裙"), "category:dress colour:red");
  EXPECT_EQ(read("빨간 원피스"), "colour:red category:dress");
  for (const char* query : {"无袖连衣裙", "ノースリーブワンピース", "민소매 원피스", "女の子のワンピース"})
    EXPECT_EQ(read(query).find('-'), std::string::npos) << query;
}

// "part => the query without it", of every part.
TEST_F(Queries, TellsWhatTheQueryIsWithoutAPart) {
  const auto without = [&](std::string_view query) {
    const QueryReading reading = reader.read(query, catalog, "EUR");
    std::map<std::string, std::string> all;
    for (const auto* wishes : {&reading.wanted, &reading.unwanted})
      for (const auto& wish : *wishes) all[vocabulary.term(wish.terms.front()).name] = wish.without;
    for (const auto& brand : reading.brands) all["brand"] = brand.without;
    for (const auto& word : reading.unwanted_words) all[word.key] = word.without;
    if (reading.price_max) all["price"] = reading.without_prices;
    if (!reading.sizes.empty()) all["size"] = reading.without_sizes;
    return all;
  };
  using Parts = std::map<std::string, std::string>;
  EXPECT_EQ(without("red and black dress under 50 size M"),
            (Parts{{"red", "black dress under 50 size M"},
                   {"black", "red dress under 50 size M"},
                   {"dress", "red and black under 50 size M"},
                   {"price", "red and black dress size M"},
                   {"size", "red and black dress under 50"}}));
  // "men" is "but" in Swedish, and here it is not.
  EXPECT_EQ(without("shoes men size 42")["size"], "shoes men");
  EXPECT_EQ(without("jackets for men under 50")["price"], "jackets for men");
  EXPECT_EQ(without("sweater without wool, polyester or acrylic"),
            (Parts{{"sweater", "without wool, polyester or acrylic"},
                   {"wool", "sweater without polyester or acrylic"},
                   {"polyester", "sweater without wool or acrylic"},
                   {"acrylic", "sweater without wool, polyester"}}));
  EXPECT_EQ(without("free people dress without pockets"), (Parts{{"brand", "dress without pockets"},
                                                                 {"dress", "free people without pockets"},
                                                                 {"pockets", "free people dress"}}));
  EXPECT_EQ(without("lederfreie Jacke"), (Parts{{"jacket", "lederfreie"}, {"leather", "Jacke"}}));
  EXPECT_EQ(without("Leinenkleid"), (Parts{{"dress", "Linen"}, {"linen", "Dress"}}));
  EXPECT_EQ(without("不要皮革的夹克"), (Parts{{"jacket", "不要皮革的"}, {"leather", "的夹克"}}));
}

TEST_F(Queries, ReadsPrices) {
  EXPECT_EQ(read("dress not under 50"), "category:dress >=50");
  EXPECT_EQ(read("50ユーロ以下のワンピース"), "category:dress <=50 EUR");
  EXPECT_EQ(read("dress under 50"), "category:dress <=50");
  EXPECT_EQ(read("dress under 50 €"), "category:dress <=50 EUR");
  EXPECT_EQ(read("dress under $49.99", "USD"), "category:dress <=49 USD");
  EXPECT_EQ(read("dress between 20 and 40"), "category:dress >=20 <=40");
  EXPECT_EQ(read("dress 20-40 euro"), "category:dress >=20 <=40 EUR");
  EXPECT_EQ(read("dress from 20 to 40"), "category:dress >=20 <=40");
  EXPECT_EQ(read("dress over 100"), "category:dress >=100");
  EXPECT_EQ(read("dress 50 € or less"), "category:dress <=50 EUR");
  EXPECT_EQ(read("cheap dress"), "category:dress");
  EXPECT_EQ(read("heels under 5 cm"), "category:heels");
  EXPECT_EQ(read("tights under 40 denier").find("<="), std::string::npos);
  EXPECT_EQ(read("Kleid bis 50 Euro"), "category:dress <=50 EUR");
  EXPECT_EQ(read("Kleid zwischen 1.000 und 1.299,50 €"), "category:dress >=1000 <=1299 EUR");
  EXPECT_EQ(read("robe moins de 50 €"), "category:dress <=50 EUR");
  EXPECT_EQ(read("robe entre 20 et 40 euros"), "category:dress >=20 <=40 EUR");
  EXPECT_EQ(read("vestido hasta 50 euros"), "category:dress <=50 EUR");
  EXPECT_EQ(read("jurk onder de 50 euro"), "category:dress <=50 EUR");
  EXPECT_EQ(read("sukienka do 200 zł", "PLN"), "category:dress <=200 PLN");
  EXPECT_EQ(read("klänning under 500 kr", "SEK"), "category:dress <=500 SEK");
  EXPECT_EQ(read("ワンピース 5000円以下", "JPY"), "category:dress <=5000 JPY");
  EXPECT_EQ(read("1万円以下のワンピース", "JPY"), "category:dress <=10000 JPY");
  EXPECT_EQ(read("платье до 3000 руб", "RUB"), "category:dress <=3000 RUB");
  EXPECT_EQ(read("원피스 5만원 이하", "KRW"), "category:dress <=50000 KRW");
}

TEST_F(Queries, ReadsPricesThatAreMeantRoughly) {
  for (const char* query : {"dress around 60", "dress about 60", "dress ca. 60", "dress 60 or so",
                            "dress ~60", "dress ≈ 60", "dress ～60"})
    EXPECT_EQ(read(query), "category:dress >=45 <=75") << query;
  EXPECT_EQ(read("Kleid um die 60 Euro"), "category:dress >=45 <=75 EUR");
  EXPECT_EQ(read("robe environ 60 €"), "category:dress >=45 <=75 EUR");
  EXPECT_EQ(read("klänning runt 600 kr", "SEK"), "category:dress >=450 <=750 SEK");
  EXPECT_EQ(read("sukienka około 200 zł", "PLN"), "category:dress >=150 <=250 PLN");
  EXPECT_EQ(read("платье около 4000 руб", "RUB"), "category:dress >=3000 <=5000 RUB");
  EXPECT_EQ(read("ワンピース 4000円くらい", "JPY"), "category:dress >=3000 <=5000 JPY");
  EXPECT_EQ(read("连衣裙 200元左右", "CNY"), "category:dress >=150 <=250 CNY");
  EXPECT_EQ(read("heels around 5 cm"), "category:heels");
  // An amount alone, where a currency says that it is one.
  EXPECT_EQ(read("dress 60 euro"), "category:dress >=45 <=75 EUR");
  EXPECT_EQ(read("$60 dress", "USD"), "category:dress >=45 <=75 USD");
  EXPECT_EQ(read("ワンピース 4000円", "JPY"), "category:dress >=3000 <=5000 JPY");
  EXPECT_EQ(read("dress 30 ~60"), "category:dress >=30 <=60");
  EXPECT_EQ(read("501 jeans"), "category:jeans");
}

TEST_F(Queries, ABareRangeIsOfPricesWhereNoSizeIsLikeIt) {
  EXPECT_EQ(read("dress 30-60"), "category:dress >=30 <=60");
  EXPECT_EQ(read("dress 30–60 not red"), "category:dress -colour:red >=30 <=60");
  EXPECT_EQ(read("dress 100-200"), "category:dress >=100 <=200");
  EXPECT_EQ(read("dress 20 to 45"), "category:dress >=20 <=45");
  EXPECT_EQ(read("under 50 not black"), "-colour:black <=50");
  EXPECT_EQ(read("between 20 and 40 euro"), ">=20 <=40 EUR");
  for (const char* size : {"jeans 32-34", "dress 36-38", "shoes 38-39", "dress 8-10"})
    EXPECT_EQ(read(size).find(">="), std::string::npos) << size;
}

TEST_F(Queries, ReadsSizes) {
  EXPECT_EQ(read("dress in size M"), "category:dress size:M");
  EXPECT_EQ(read("dress size 38 under 50"), "category:dress <=50 size:38");
  EXPECT_EQ(read("Kleid Größe 38"), "category:dress size:38");
  EXPECT_EQ(read("robe taille 40"), "category:dress size:40");
  EXPECT_EQ(read("jean taille haute").find("size"), std::string::npos);
  EXPECT_EQ(read("XL hoodie"), "category:hoodie size:XL");
  EXPECT_EQ(read("Mサイズのワンピース"), "category:dress size:M");
  EXPECT_EQ(read("jeans 32/34"), "category:jeans size:32/34");
  for (const char* size : {"hoodie 2X", "bra 34DD", "BH 75B", "jeans 32x34", "soutien-gorge 90C",
                           "pyjama 18 months", "dress size large"})
    EXPECT_NE(read(size).find("size:"), std::string::npos) << size;
  EXPECT_EQ(read("girls dress 5-6 years"), "department:girls category:dress size:5-6 years");
  EXPECT_EQ(read("robe fille 8 ans"), "category:dress department:girls size:8 ans");
  EXPECT_EQ(read("Mädchenkleid 104 cm"), "category:dress department:girls size:104 cm");
  for (const char* none : {"tights 40D", "heels 10 cm", "sweater 50g", "shirt ma-1"})
    EXPECT_EQ(read(none).find("size:"), std::string::npos) << none;
}

// "Grande taille" is French for plus size, and no L.
TEST_F(Queries, PlusSizesAreARange) {
  for (const char* query :
       {"plus size dress", "robe grande taille", "vestido talla grande", "vestido tamanho grande",
        "Kleid große Größen", "abito taglie forti", "jurk grote maten", "sukienka duże rozmiary",
        "платье большие размеры", "大きいサイズのワンピース"}) {
    const std::string found = read(query);
    EXPECT_NE(found.find("category:dress"), std::string::npos) << query << ": " << found;
    EXPECT_NE(found.find("size:XL size:2XL"), std::string::npos) << query << ": " << found;
    EXPECT_EQ(found.find("size:g"), std::string::npos) << query << ": " << found;
  }
  EXPECT_EQ(read("curvy fit jeans").find("size:"), std::string::npos);
}

TEST_F(Queries, AnAgeIsNoPrice) {
  for (const char* query : {"dresses for women over 50", "Mode für Frauen ab 60", "gifts for mum over 60",
                            "dress for a woman over 40", "cardigan for men 70 and over",
                            "jeans for women under 5 feet", "trousers for men under 5'8"}) {
    const std::string found = read(query);
    EXPECT_EQ(found.find("<="), std::string::npos) << query << ": " << found;
    EXPECT_EQ(found.find(">="), std::string::npos) << query << ": " << found;
  }
  EXPECT_EQ(read("dress for over 50s"), "category:dress");
  EXPECT_EQ(read("Kleider für Damen ab 50"), "category:dress department:women");
  EXPECT_EQ(read("jackets for men under 50"), "category:jacket department:men <=50");
  EXPECT_EQ(read("jackets for men over 50 €"), "category:jacket department:men >=50 EUR");
  EXPECT_EQ(read("dress over 50"), "category:dress >=50");
}

TEST_F(Queries, AChildIsForWhomItIs) {
  for (const char* query :
       {"robe pour fille", "kjole til jente", "kjole til pige", "dress for my daughter",
        "Kleid für meine Tochter", "vestido para mi hija", "sukienka dla córki", "klänning till min dotter",
        "vestito per ragazza", "vestido para minha filha", "jurk voor mijn dochter", "rochie pentru fată"})
    EXPECT_EQ(read(query), "category:dress department:girls") << query;
  for (const char* query :
       {"pull pour garçon", "sweater for my son", "Pullover für meinen Sohn", "jersey para mi hijo"})
    EXPECT_EQ(read(query), "category:sweater department:boys") << query;
  EXPECT_EQ(read("regalo per la mia ragazza"), "department:women") << "a girlfriend";
  EXPECT_EQ(read("je suis une fille et je cherche une robe"), "department:women category:dress");
  EXPECT_EQ(read("a baby blue dress"), "colour:light-blue category:dress");
}

TEST_F(Queries, AWordOfSeveralMeaningsWantsAnyOfThem) {
  const auto categories = [&](std::string_view query) {
    std::set<std::string> names;
    for (const auto& wish : reader.read(query, catalog, "EUR").wanted)
      if (wish.facet == Facet::kCategory)
        for (const TermId term : wish.terms) names.insert(vocabulary.term(term).name);
    return names;
  };
  using Names = std::set<std::string>;
  EXPECT_EQ(categories("abito rosso"), (Names{"dress", "suits"}));
  EXPECT_EQ(categories("camisola azul de algodão"), (Names{"sweater", "nightgown"}));
  EXPECT_EQ(categories("Rock"), (Names{"coat", "skirt"})) << "German or Swedish, and no style of music";
  EXPECT_EQ(read("golf"), "occasion:sport") << "a sweater in Italian only";
  EXPECT_EQ(categories("golf in maglia da donna"), (Names{"sweater"}));
}

TEST_F(Queries, WhatDescribesTheThingIsNotTheThing) {
  EXPECT_EQ(read("prom dress short").find("category:shorts"), std::string::npos) << read("prom dress short");
  EXPECT_EQ(read("jumpsuit short"), "category:jumpsuit length:short-length");
  EXPECT_EQ(read("white sneakers platform"), "colour:white category:sneakers");
  EXPECT_EQ(read("denim short"), "category:shorts fabric:denim");
  EXPECT_EQ(read("short"), "category:shorts");
  EXPECT_EQ(read("platform"), "category:heels");
  EXPECT_EQ(read("top to wear under blazer"), "category:tops");
  EXPECT_EQ(read("shorts under dress"), "category:shorts");
  EXPECT_EQ(read("jacket to wear over a dress"), "category:jacket");
  EXPECT_EQ(read("Top unter Blazer"), "category:tops");
  EXPECT_EQ(read("all over print shirt").substr(0, 15), "pattern:graphic");
}

TEST_F(Queries, ThingsJoinedByAndAreBothWanted) {
  EXPECT_EQ(read("jeans and a white t-shirt"), "category:jeans colour:white category:t-shirt");
  EXPECT_EQ(read("black dress and red shoes"), "colour:black category:dress colour:red category:shoes");
  EXPECT_EQ(read("Hose und ein weißes Hemd"), "category:pants colour:white category:shirt");
  EXPECT_EQ(read("dress with belt and shoes"), "category:dress");
}

TEST_F(Queries, AWordMeansWhatItCanBesideOthers) {
  EXPECT_EQ(read("pearl earrings"), "category:earrings");
  EXPECT_EQ(read("diamond ring"), "category:ring");
  EXPECT_EQ(read("coral necklace"), "category:necklace");
  EXPECT_EQ(read("collier corail"), "category:necklace");
  EXPECT_EQ(read("red earrings"), "colour:red category:earrings");
  EXPECT_EQ(read("boucles d'oreilles perles"), "category:earrings");
  EXPECT_EQ(read("snow boots"), "category:boots season:winter");
  EXPECT_EQ(read("dress not too tight"), "category:dress -fit:skinny");
  EXPECT_EQ(read("coral dress"), "colour:coral category:dress");
  EXPECT_EQ(read("non-iron shirt"), "category:shirt");
  EXPECT_EQ(read("no iron shirt"), "category:shirt");
  EXPECT_EQ(read("easy iron shirt"), "category:shirt");
  EXPECT_EQ(read("flower girl dress"), "department:girls category:dress");
  EXPECT_EQ(read("baby tee"), "category:t-shirt");
  EXPECT_EQ(read("baby shower dress"), "occasion:party category:dress");
  EXPECT_EQ(read("girls trip outfit").find("department"), std::string::npos);
  EXPECT_EQ(read("baby dress"), "department:baby category:dress");
  EXPECT_EQ(read("men's jeans"), "department:men category:jeans");
}

TEST_F(Queries, KhakiIsAColourOfTwoFamilies) {
  for (const char* query : {"khaki dress", "khaki Kleid", "sukienka khaki", "khaki"}) {
    const auto wanted = reader.read(query, catalog, "EUR").wanted;
    const auto colour = std::find_if(wanted.begin(), wanted.end(),
                                     [](const QueryWish& wish) { return wish.facet == Facet::kColour; });
    ASSERT_NE(colour, wanted.end()) << query;
    std::set<std::string> names;
    for (const TermId term : colour->terms) names.insert(vocabulary.term(term).name);
    EXPECT_EQ(names, (std::set<std::string>{"beige", "olive"})) << query;
  }
  EXPECT_EQ(read("khakis"), "category:chinos");
}

TEST_F(Queries, ARefusedColourIsItsShadesToo) {
  const auto refused = [&](std::string_view query) {
    std::set<std::string> names;
    for (const auto& wish : reader.read(query, catalog, "EUR").unwanted)
      for (const TermId term : wish.terms) names.insert(vocabulary.term(term).name);
    return names;
  };
  using Names = std::set<std::string>;
  EXPECT_EQ(refused("dress not blue"), (Names{"blue", "navy", "light-blue"}));
  EXPECT_EQ(refused("Kleid nicht rot"), (Names{"red", "burgundy"}));
  EXPECT_EQ(refused("robe pas verte"), (Names{"green", "olive", "mint", "lime"}));
  EXPECT_EQ(refused("dress not navy"), (Names{"navy"}));
  EXPECT_EQ(refused("dress not royal blue"), (Names{"blue"})) << "one shade of it";
}

TEST_F(Queries, SeeThroughIsOneProperty) {
  EXPECT_EQ(read("white dress not see through"), "colour:white category:dress -see through");
}

TEST_F(Queries, FurIsFur) {
  EXPECT_EQ(read("fur coat"), "category:coat fabric:fur");
  EXPECT_EQ(read("faux fur coat"), "category:coat fabric:faux-fur");
  EXPECT_EQ(read("coat no fur"), "category:coat -fabric:fur");
  EXPECT_EQ(read("Mantel aus Pelz"), "category:coat fabric:fur");
  EXPECT_EQ(read("primaloft jacket"), "fabric:synthetic-insulation category:jacket");
  EXPECT_EQ(read("ski jacket"), "category:ski-jacket occasion:sport");
  EXPECT_EQ(read("Skijacke"), "category:ski-jacket");
}

TEST_F(Queries, CutsAndSeasonsOfOtherLanguages) {
  for (const char* query : {"langes Kleid", "robe longue", "vestido largo", "lange jurk", "abito lungo",
                            "lång klänning", "długa sukienka", "длинное платье"})
    EXPECT_EQ(read(query), "category:maxi-dress") << query;
  EXPECT_EQ(read("Winterkleid"), "category:dress season:winter");
  EXPECT_EQ(read("robe d'été"), "category:dress season:summer");
  EXPECT_EQ(read("robe été"), "category:dress season:summer");
  EXPECT_EQ(read("robe hiver"), "category:dress season:winter");
  EXPECT_EQ(read("jupe longue"), "category:skirt length:maxi");
  EXPECT_EQ(read("kurzer Rock schwarz"), "length:mini category:skirt colour:black");
  EXPECT_EQ(read("dress long sleeve"), "category:dress sleeve:long-sleeve");
  EXPECT_EQ(read("vestido de verano"), "category:dress season:summer");
  EXPECT_EQ(read("zimní bunda"), "category:jacket season:winter");
  EXPECT_EQ(read("Pullover mit V-Ausschnitt"), "category:sweater neckline:v-neck");
  EXPECT_EQ(read("robe col v"), "category:dress neckline:v-neck");
  EXPECT_EQ(read("enge Hose"), "fit:skinny category:pants");
  EXPECT_EQ(read("knielanger Rock"), "length:knee category:skirt");
  EXPECT_EQ(read("musta paita"), "colour:black category:tops");
  EXPECT_EQ(read("Kleid für eine Taufe"), "category:dress occasion:formal");
}

TEST_F(Queries, UnderstandsOtherLanguages) {
  EXPECT_EQ(read("rotes Kleid"), "colour:red category:dress");
  EXPECT_EQ(read("robe rouge"), "category:dress colour:red");
  EXPECT_EQ(read("Leinenkleid"), "category:dress fabric:linen");
  EXPECT_EQ(read("Kleid für eine Hochzeit"), "category:dress occasion:wedding");
  EXPECT_EQ(read("vestido para una boda"), "category:dress occasion:wedding");
  EXPECT_EQ(read("赤いワンピース"), "category:dress colour:red");
  EXPECT_EQ(read("結婚式 ワンピース"), "occasion:wedding category:dress");
}

TEST_F(Queries, MendsWhatNobodyWrites) {
  EXPECT_EQ(mended("linnen dres"), "linen dress");
  EXPECT_EQ(mended("snekers"), "sneakers");
  EXPECT_EQ(mended("black jakcet"), "black jacket");
  EXPECT_EQ(mended("cotten tshirt"), "cotton tshirt");
  EXPECT_EQ(mended("whit dress"), "white dress");
  EXPECT_EQ(mended("blackdress"), "black dress");
  EXPECT_EQ(mended("leoprad print skrit"), "leopard print skirt");
  EXPECT_EQ(mended("schwazres kleid"), "schwarzes kleid");
}

// "Without" belongs to the phrase: what has sleeves, not what says "sleeves", is not wanted.
TEST_F(Queries, WithoutSleevesIsSleeveless) {
  for (const char* query :
       {"dress without sleeves", "robe sans manches", "kleid ohne ärmel", "vestido sin mangas",
        "jurk zonder mouwen", "sukienka bez rękawów", "klänning utan ärmar", "abito da donna senza maniche",
        "платье без рукавов", "φόρεμα χωρίς μανίκια"}) {
    const std::string found = read(query);
    EXPECT_NE(found.find("sleeve:sleeveless"), std::string::npos) << query << ": " << found;
    EXPECT_EQ(found.find('-'), std::string::npos) << query << ": " << found;
  }
}

TEST_F(Queries, TellsWhichWordsWereMended) {
  const auto found = spelling.mend("linnen dres for me");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->words.size(), 2U);
  EXPECT_EQ(found->words[0].written + " " + found->words[0].read, "linnen linen");
  EXPECT_EQ(found->words[1].written + " " + found->words[1].read, "dres dress");
}

TEST_F(Queries, LeavesWhatIsKnown) {
  for (const char* query :
       {"free people dress", "everyday dress", "botas de cuero vegano", "rotes Kleid", "robe rouge",
        "linnen jurk", "vestido rojo", "dress 38", "ワンピース", "best gift for mom", "red dres1", "skirts",
        "blah blah", "wide skirts with pockets", "black dresses", "ponchos"})
    EXPECT_EQ(mended(query), "-") << query;
}

}  // namespace
}  // namespace modiste
