// Words of many languages: each is read as what it means there, or not at all.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalog/normaliser.h"
#include "vocabulary/language.h"
#include "vocabulary/phrase_index.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

const Normaliser& of_all_languages() {
  static const Normaliser kNormaliser(Vocabulary::standard());
  return kNormaliser;
}

Garment read_garment(std::string category, std::string title, std::string currency = "EUR") {
  Garment garment;
  garment.id = "g";
  garment.title = std::move(title);
  garment.category = std::move(category);
  garment.currency = std::move(currency);
  garment.variants.emplace_back().sku = "s";
  of_all_languages().normalise(garment);
  return garment;
}

std::string term_of(const Garment& garment, Facet facet) {
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == facet) return attribute.term;
  return "";
}

struct Case {
  const char *category, *title, *term;
};

TEST(Languages, PathsAndTitlesOfManyCountries) {
  const Case kCases[] = {
      {"Damen > Kleider", "Blumenkleid Ava", "dress"},
      {"Damen > Röcke", "Modell 7", "skirt"},
      {"Damen > Roecke", "Modell 7", "skirt"},
      {"Herren > Hemden", "Flanellhemd", "shirt"},
      {"Damenschuhe", "Nora", "shoes"},
      {"Herren > Jacken & Mäntel", "Nils", "outerwear"},
      {"Damen > Handtaschen", "Kleine Ledertasche", "handbag"},
      {"", "Sommerkleid mit Gürtel", "dress"},
      {"", "Umhängetasche aus Leder", "crossbody-bag"},
      {"Damen > Strümpfe & Strumpfhosen", "Feine Strumpfhose", "hosiery"},
      {"Femme > Robes", "Robe de soirée en satin", "gown"},
      {"Femme > Robes", "Robe chemise rayée", "shirtdress"},
      {"Homme > Chemises", "Chemise en coton", "shirt"},
      {"Femme > Pulls & gilets", "Gilet en maille torsadée", "cardigan"},
      {"Femme > Vestes", "Veste en jean", "denim-jacket"},
      {"Mujer > Vestidos", "Vestido largo de noche", "gown"},
      {"Mujer > Vestidos", "Vestido de noche", "gown"},
      {"Mujer > Chaquetas", "Cazadora de cuero", "leather-jacket"},
      {"Hombre > Pantalones", "Vaqueros rectos", "jeans"},
      {"Donna > Abiti", "Abito da sera", "gown"},
      {"Donna > Gonne", "Gonna a pieghe", "skirt"},
      {"Uomo > Abiti", "Completo in lana", "suits"},
      {"Uomo > Camicie", "Camicia a righe", "shirt"},
      {"Dames > Rokken", "Plooirok", "skirt"},
      {"Dames > Truien & vesten", "Gebreid vest", "cardigan"},
      {"Heren > Overhemden", "Overhemd met korte mouw", "shirt"},
      {"Mulher > Saias", "Saia plissada", "skirt"},
      {"Feminino > Vestidos", "Vestido de festa longo", "cocktail-dress"},
      {"Kobieta > Sukienki", "Sukienka wieczorowa", "gown"},
      {"Mężczyzna > Koszule", "Koszula lniana", "shirt"},
      {"Kobieta > Bluzy", "Bluza z kapturem", "hoodie"},
      {"Dam > Klänningar", "Blommig klänning", "dress"},
      {"Dam > Kappor", "Ullkappa", "coat"},
      {"Herr > Tröjor", "Stickad tröja", "sweater"},
      {"Dame > Kjoler", "Sommerkjole", "dress"},
      {"Dame > Nederdele", "Plisseret nederdel", "skirt"},
      {"Herre > Skjorter", "Hørskjorte", "shirt"},
      {"Naiset > Mekot", "Kesämekko", "dress"},
      {"Ženy > Sukně", "Plisovaná sukně", "skirt"},
      {"Kadın > Elbise", "Gece elbisesi", "gown"},
      {"レディース > ワンピース", "リネンワンピース", "dress"},
      {"レディース > 靴", "レザーシューズ", "shoes"},
      {"メンズ > トップス", "オックスフォードシャツ", "shirt"},
      {"여성 > 원피스", "린넨 원피스", "dress"},
      {"Женщинам > Платья", "Платье льняное", "dress"},
  };
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(read_garment(category, title), Facet::kCategory), term) << category << ": " << title;
}

void expect_terms(std::initializer_list<Case> cases, std::string currency) {
  for (const auto& [category, title, term] : cases)
    EXPECT_EQ(term_of(read_garment(category, title, currency), Facet::kCategory), term)
        << category << ": " << title;
}

TEST(Languages, Hungarian) {
  expect_terms({{"Női > Ruhák", "Virágos nyári ruha", "dress"},
                {"Női > Ruhák", "Koktélruha csipkéből", "cocktail-dress"},
                {"Női > Szoknyák", "Rakott szoknya", "skirt"},
                {"Férfi > Ingek", "Fehér ing", "shirt"},
                {"Férfi > Nadrágok", "Farmernadrág", "jeans"},
                {"Férfi > Pólók", "Kék póló", "t-shirt"},
                {"Női > Cipők", "Magassarkú cipő", "heels"},
                {"Női > Kabátok", "Gyapjú télikabát", "coat"},
                {"Női > Táskák", "Hátizsák", "backpack"},
                {"Női > Fürdőruhák", "Egyrészes fürdőruha", "swimsuit"},
                {"Lakás > Törölközők", "Törölköző", "unknown"},
                {"Munkaruha", "Modell 4", "unknown"}},
               "HUF");
}

TEST(Languages, Romanian) {
  expect_terms({{"Femei > Rochii", "Rochie de seară lungă", "gown"},
                {"Rochii", "Ana", "dress"},
                {"Femei > Fuste", "Fustă plisată", "skirt"},
                {"Bărbați > Cămăși", "Cămașă din in", "shirt"},
                {"Bărbați > Geci", "Geacă de piele", "leather-jacket"},
                {"Femei > Pantaloni", "Blugi drepți", "jeans"},
                {"Femei > Încălțăminte", "Pantofi cu toc", "heels"},
                {"Femei > Genți", "Rucsac", "backpack"},
                {"Costume de baie", "Costum de baie întreg", "swimsuit"},
                {"Casă > Prosoape", "Prosop", "unknown"}},
               "RON");
}

TEST(Languages, Greek) {
  expect_terms({{"Γυναικεία > Φορέματα", "Μίντι φόρεμα με ζώνη", "midi-dress"},
                {"Φορέματα", "Ελένη", "dress"},
                {"Γυναίκα > Φούστες", "Φούστα πλισέ", "skirt"},
                {"Ανδρικά > Πουκάμισα", "Λινό πουκάμισο", "shirt"},
                {"Άνδρας > Παντελόνια", "Τζιν παντελόνι", "jeans"},
                {"Γυναίκα > Παπούτσια", "Δερμάτινες μπότες", "boots"},
                {"Ανδρικά > Μπουφάν", "Δερμάτινο μπουφάν", "leather-jacket"},
                {"Τσάντες", "Τσάντα ώμου", "shoulder-bag"},
                {"Σπίτι > Πετσέτες", "Πετσέτα", "unknown"}},
               "EUR");
}

TEST(Languages, Ukrainian) {
  expect_terms({{"Жінкам > Сукні", "Сукня міді лляна", "midi-dress"},
                {"Жінкам > Спідниці", "Спідниця плісирована", "skirt"},
                {"Чоловікам > Сорочки", "Сорочка з льону", "shirt"},
                {"Чоловікам > Штани", "Джинси прямі", "jeans"},
                {"Взуття", "Кросівки білі", "sneakers"},
                {"Верхній одяг > Куртки", "Шкіряна куртка", "leather-jacket"},
                {"Жінкам > Гольфи", "Гольф чорний", "turtleneck"},
                {"Сумки", "Рюкзак", "backpack"},
                {"Дім > Рушники", "Рушник", "unknown"}},
               "UAH");
}

TEST(Languages, Arabic) {
  expect_terms({{"نساء > فساتين", "فستان سهرة طويل", "gown"},
                {"النساء > الفساتين والتنانير", "تنورة قصيرة", "skirt"},
                {"رجال > قمصان", "قميص كتان", "shirt"},
                {"الرجال > البناطيل", "بنطال جينز", "jeans"},
                {"أحذية", "حذاء رياضي أبيض", "sneakers"},
                {"الحقائب", "حقيبة اليد الجلدية", "handbag"},
                {"نسائي > عبايات", "عباية سوداء", "kaftan"},
                {"المنزل > مناشف", "منشفة", "unknown"}},
               "AED");
}

TEST(Languages, Thai) {
  expect_terms({{"ผู้หญิง > เดรส", "เดรสยาวลายดอกไม้", "maxi-dress"},
                {"ผู้หญิง > กระโปรง", "กระโปรงพลีท", "skirt"},
                {"ผู้ชาย > เสื้อเชิ้ต", "เสื้อเชิ้ตแขนยาว", "shirt"},
                {"กางเกง", "กางเกงยีนส์ขาตรง", "jeans"},
                {"รองเท้า", "รองเท้าผ้าใบสีขาว", "sneakers"},
                {"กระเป๋า", "กระเป๋าสะพายข้าง", "crossbody-bag"},
                {"บ้าน > ผ้าขนหนู", "ผ้าเช็ดตัว", "unknown"}},
               "THB");
}

TEST(Languages, Vietnamese) {
  expect_terms({{"Nữ > Váy đầm", "Đầm maxi hoa nhí", "maxi-dress"},
                {"Nữ > Chân váy", "Chân váy chữ A", "skirt"},
                {"Nam > Áo sơ mi", "Áo sơ mi trắng dài tay", "shirt"},
                {"Nam > Quần", "Quần jean ống đứng", "jeans"},
                {"Giày dép", "Giày thể thao nữ", "sneakers"},
                {"Túi xách", "Ba lô da", "backpack"},
                {"Đồ gia dụng > Khăn tắm", "Khăn tắm", "unknown"}},
               "VND");
  // Its words without accents are words of others.
  EXPECT_EQ(term_of(read_garment("Dam > Klänningar", "Ao", "SEK"), Facet::kCategory), "dress");
  EXPECT_EQ(term_of(read_garment("Women > Tops", "Da Vinci Tee", "USD"), Facet::kFabric), "");
}

TEST(Languages, Slovak) {
  expect_terms({{"Dámske > Šaty", "Ľanové šaty", "dress"},
                {"Dámske > Sukne", "Plisovaná sukňa", "skirt"},
                {"Pánske > Košele", "Flanelová košeľa", "shirt"},
                {"Pánske > Nohavice", "Rifle rovné", "jeans"},
                {"Topánky", "Členkové topánky", "ankle-boots"},
                {"Bundy", "Kožená bunda", "leather-jacket"},
                {"Domov > Uteráky", "Uterák", "unknown"}},
               "EUR");
}

// Czech, Danish, Norwegian, Finnish, Turkish, Russian, Chinese and Korean beside the paths above.
TEST(Languages, MoreOfTheOthers) {
  expect_terms({{"Dámské > Kalhoty", "Džíny rovné", "jeans"},
                {"Pánské > Bundy", "Péřová bunda", "puffer-jacket"},
                {"Dame > Overtøj", "Uldfrakke", "coat"},
                {"Herre > Bukser", "Cowboybukser", "jeans"},
                {"Dame > Bukser", "Dressbukse", "dress-pants"},
                {"Herre > Sko", "Joggesko", "sneakers"},
                {"Naiset > Takit", "Villakangastakki", "coat"},
                {"Miehet > Housut", "Farkut", "jeans"},
                {"Kadın > Pantolon", "Kot pantolon", "jeans"},
                {"Erkek > Ayakkabı", "Spor ayakkabı", "sneakers"},
                {"Женщинам > Юбки", "Юбка плиссированная", "skirt"},
                {"Мужчинам > Обувь", "Кроссовки белые", "sneakers"},
                {"女装 > 连衣裙", "碎花连衣裙", "dress"},
                {"男装 > 衬衫", "纯棉衬衫", "shirt"},
                {"여성 > 치마", "플리츠 스커트", "skirt"},
                {"남성 > 신발", "러닝화", "sneakers"}},
               "EUR");
}

TEST(Languages, TheCommonestWordStandsAlone) {
  expect_terms({{"Женщинам > Туфли", "Модель 5", "shoes"},
                {"Женщинам > Кофты", "Кофта Анна", "sweater"},
                {"Аксессуары > Очки", "Очки 7", "eyewear"},
                {"Женщинам > Верхняя одежда", "Дублёнка", "coat"},
                {"Γυναικεία > Μπλούζες", "Μπλούζα 5", "tops"},
                {"女装 > 裙子", "A12", "skirt"},
                {"女装", "旗袍", "dress"},
                {"女裝 > 洋裝", "A13", "dress"},
                {"女装 > 裤装", "A14", "pants"},
                {"Nữ > Váy", "Mẫu 3", "dress"},
                {"Kadın > Terlik", "Model 3", "slippers"},
                {"Uomo > Giacchetti", "Giacchetto Luca", "jacket"}},
               "EUR");
}

std::string colour_of(std::string colour) {
  Garment garment = read_garment("", "Modell 7");
  garment.variants[0].colour = std::move(colour);
  of_all_languages().normalise(garment);
  return term_of(garment, Facet::kColour);
}

TEST(Languages, EveryLanguageNamesEveryColour) {
  const std::pair<const char*, const char*> kColours[] = {{"스카이블루", "light-blue"},
                                                          {"민트", "mint"},
                                                          {"실버", "silver"},
                                                          {"카멜", "camel"},
                                                          {"머스타드", "mustard"},
                                                          {"소라", "light-blue"},
                                                          {"먹색", "charcoal"},
                                                          {"다크그레이", "charcoal"},
                                                          {"молочный", "cream"},
                                                          {"бирюзовый", "turquoise"},
                                                          {"серебристый", "silver"},
                                                          {"изумрудный", "green"},
                                                          {"сиреневый", "lavender"},
                                                          {"терракотовый", "rust"},
                                                          {"марсала", "burgundy"},
                                                          {"фуксия", "fuchsia"},
                                                          {"驼色", "camel"},
                                                          {"金色", "gold"},
                                                          {"銀色", "silver"},
                                                          {"杏色", "beige"},
                                                          {"焦糖色", "camel"},
                                                          {"墨绿色", "green"},
                                                          {"สีพีช", "coral"},
                                                          {"สีเลือดหมู", "burgundy"},
                                                          {"فحمي", "charcoal"},
                                                          {"đỏ gạch", "rust"}};
  for (const auto& [word, term] : kColours) EXPECT_EQ(colour_of(word), term) << word;
  const size_t colours = static_cast<size_t>(
      std::count_if(Vocabulary::standard().terms().begin(), Vocabulary::standard().terms().end(),
                    [](const Term& term) { return term.facet == Facet::kColour; }));
  for (size_t id = 1; id < languages().size(); ++id) {
    std::set<TermId> named;
    for (const auto& word : languages()[id].words)
      if (Vocabulary::standard().term(word.term).facet == Facet::kColour) named.insert(word.term);
    EXPECT_EQ(named.size(), colours) << languages()[id].code;
  }
}

TEST(Languages, ACellMayNameTwoColours) {
  const std::tuple<const char*, const char*, const char*> kCells[] = {
      {"Leinenkleid", "EUR", "schwarz-weiß"},
      {"Leinenkleid", "EUR", "Schwarz weiß"},
      {"Robe en lin", "EUR", "noir et blanc"},
      {"Vestido de lino", "EUR", "negro y blanco"},
      {"Abito in lino", "EUR", "nero e bianco"},
      {"Linnen jurk", "EUR", "zwart-wit"},
      {"Sukienka lniana", "PLN", "czarno-biały"},
      {"Linneklänning", "SEK", "svart och vit"},
      {"Vestido de linho", "BRL", "preto e branco"},
      {"リネンワンピース", "JPY", "ブラック×ホワイト"},
      {"リネンワンピース", "JPY", "ブラック／ホワイト"},
      {"Linen Dress", "EUR", "Black × White"}};
  for (const auto& [title, currency, cell] : kCells) {
    Garment garment = read_garment("", title, currency);
    garment.variants[0].colour = cell;
    garment.attributes.clear();
    of_all_languages().normalise(garment);
    std::vector<std::string> terms;
    for (const auto& attribute : garment.attributes)
      if (attribute.facet == Facet::kColour) terms.push_back(attribute.term);
    EXPECT_EQ(terms, (std::vector<std::string>{"black", "white"})) << cell;
  }
}

TEST(Languages, Hebrew) {
  expect_terms({{"נשים > שמלות", "שמלת ערב", "gown"},
                {"גברים > חולצות", "חולצת טי", "t-shirt"},
                {"נשים > חצאיות", "חצאית מיני", "skirt"},
                {"נעליים", "מגפיים", "boots"}},
               "ILS");
  EXPECT_EQ(colour_of("שחור"), "black");
  EXPECT_EQ(colour_of("תכלת"), "light-blue");
}

TEST(Languages, Indonesian) {
  expect_terms({{"Wanita > Gaun", "Gaun pesta", "gown"},
                {"Pria > Kemeja", "Kemeja lengan panjang", "shirt"},
                {"Pria > Celana", "Celana jeans", "jeans"},
                {"Wanita > Sepatu", "Sepatu hak tinggi", "heels"}},
               "IDR");
  EXPECT_EQ(term_of(read_garment("Dames > Tassen", "Tas", "EUR"), Facet::kCategory), "bags") << "Dutch";
}

// The same letters, another thing: the language of the words around them decides.
// Of a word's meanings the one in the branch, where the shop may speak that language.
TEST(Languages, ABranchTellsMeaningsApart) {
  EXPECT_EQ(term_of(read_garment("Dresses", "Robe en lin", "EUR"), Facet::kCategory), "dress");
  EXPECT_EQ(term_of(read_garment("Sleepwear", "Robe", "EUR"), Facet::kCategory), "robe");
}

TEST(Languages, FalseFriends) {
  const Case kCases[] = {
      {"Dresses", "Robe en soie", "dress"},         // French
      {"Women > Dresses", "Robe en lin", "dress"},  // French under an English path
      {"Women > Dresses", "Robe d'été élégante", "dress"},
      {"Dresses", "Robe élégante", "dress"},
      {"Women > Jackets & Coats", "Veste en laine", "jacket"},
      {"", "Camicia oxford", "shirt"},
      {"", "Koszula oxford biała", "shirt"},
      {"", "Blusa de moletom", "sweatshirt"},
      {"", "Bermuda jeans", "shorts"},
      {"", "Dress in stock", "dress"},
      {"Women > Nightwear", "Silk robe", "robe"},       // English
      {"Damen > Wäsche", "Slip aus Spitze", "briefs"},  // German
      {"Women > Slips", "Satin slip", "slip"},
      {"Herr > Rockar", "Rock i ull", "coat"},        // Swedish
      {"Damen > Röcke", "Rock in A-Linie", "skirt"},  // German
      {"Dames > Vesten", "Vest met knopen", "cardigan"},
      {"Men > Outerwear", "Quilted vest", "vest"},
      {"Men > Underwear > Pants", "Jersey 3-pack", "briefs"},
      {"Men > Pants", "Pleated pants", "pants"},
      {"Homme > Costumes", "Costume en laine", "suits"},
      {"Femme > Pulls", "Pull col rond", "sweater"},
      {"Men > Tees", "Mono Logo Tee", "t-shirt"},
  };
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(read_garment(category, title), Facet::kCategory), term) << category << ": " << title;
}

TEST(Languages, BagsMayBeFiledUnderAccessories) {
  const Case kCases[] = {
      {"Accessories", "Leather Tote Bag", "tote"},         {"Accessoires", "Gürteltasche", "belt-bag"},
      {"Accessoires", "Sac à main en cuir", "handbag"},    {"Accessories", "Bag Charm", "accessories"},
      {"Accessories", "Leather Bag Strap", "accessories"}, {"Accessories", "Wool Hat", "hat"}};
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(read_garment(category, title), Facet::kCategory), term) << category << ": " << title;
}

// English names of kinds need no other English word beside them.
TEST(Languages, WhatBelongsToAThingIsNotTheThing) {
  const char* const kTitles[] = {
      "Boot Laces 120 cm",       "Hat Box",
      "Silver Tie Pin",          "Scarf Ring",
      "Leather Watch Strap",     "Heart Bag Charm",
      "Sac à chaussures",        "Bracelet de montre en cuir",
      "Lacets de bottes 120 cm", "Bolsa para zapatos",
      "Correa de reloj",         "Porta scarpe da viaggio",
      "Saco para sapatos",       "Pulseira de relógio",
      "Pasek do zegarka",        "Klockarmband",
      "Tkaničky do bot",         "Сумка для обуви",
      "シューズバッグ",          "腕時計ベルト",
  };
  for (const char* title : kTitles) {
    const std::string term = term_of(read_garment("", title), Facet::kCategory);
    EXPECT_TRUE(term.empty() || term == "unknown") << title << ": " << term;
  }
}

TEST(Languages, AFabricBehindAThingIsNotAnotherThing) {
  for (const char* title : {"Sac banane en nylon", "Riñonera de nylon", "Nylon Belt Bag"})
    EXPECT_NE(term_of(read_garment("", title), Facet::kCategory), "hosiery") << title;
  EXPECT_EQ(term_of(read_garment("Women > Nylons", "Sheer 20 den"), Facet::kCategory), "hosiery");
}

TEST(Languages, ThingsNamedAfterShirts) {
  const Case kCases[] = {
      {"Femme > Vestes", "Veste style chemise", "jacket"},
      {"Homme > Chemises", "Chemise de costume slim", "dress-shirt"},
      {"", "Pajama Shirt", "pyjamas"},
      {"", "Hemdjacke aus Wolle", "jacket"},
  };
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(read_garment(category, title), Facet::kCategory), term) << category << ": " << title;
  EXPECT_NE(term_of(read_garment("", "Veste style chemise"), Facet::kCategory), "slip");
}

TEST(Languages, EnglishIsReadWithoutAContext) {
  const Case kCases[] = {{"Dress", "X1", "dress"},
                         {"Shirts", "X2", "shirt"},
                         {"Slippers", "X3", "slippers"},
                         {"Sweaters", "X4", "sweater"},
                         {"Tights", "X5", "hosiery"}};
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(read_garment(category, title), Facet::kCategory), term) << category;
  EXPECT_EQ(term_of(read_garment("Robes", "X6", "GBP"), Facet::kCategory), "robe");
}

TEST(Languages, WhatCannotBeKnownIsUnknown) {
  const Case kCases[] = {
      {"Robes", "Bleuet", "unknown"},             // French dresses or English bathrobes
      {"Abiti", "Modello 12", "unknown"},         // dresses or suits
      {"Haus > Handtücher", "Luisa", "unknown"},  // ends like a scarf
      {"Spiele > Schlauchboot", "Nemo", "unknown"},
      {"Šaty", "Ana", "dress"},        // Czech and Slovak agree
      {"Рокля", "Ана", "unknown"},     // Bulgarian: in no list
      {"Suknelės", "Ona", "unknown"},  // Lithuanian
      {"Kleidid", "Anu", "unknown"},   // Estonian
      {"Sonstiges", "Modell 3", ""},   // says nothing
  };
  for (const auto& [category, title, term] : kCases)
    EXPECT_EQ(term_of(read_garment(category, title), Facet::kCategory), term) << category << ": " << title;
}

TEST(Languages, DepartmentsColoursPatternsAndFabrics) {
  EXPECT_EQ(term_of(read_garment("Damenkleider", "Nora"), Facet::kDepartment), "women");
  EXPECT_EQ(term_of(read_garment("Mężczyzna > Spodnie", "Adam"), Facet::kDepartment), "men");
  EXPECT_EQ(term_of(read_garment("キッズ > シャツ", "A1"), Facet::kDepartment), "kids");
  EXPECT_EQ(term_of(read_garment("Niñas > Faldas", "Sol"), Facet::kDepartment), "girls");
  EXPECT_EQ(term_of(read_garment("Damen & Herren > T-Shirts", "Nora"), Facet::kDepartment), "unisex");
  EXPECT_EQ(term_of(read_garment("Femme et homme > T-shirts", "Nora"), Facet::kDepartment), "unisex");
  EXPECT_EQ(term_of(read_garment("", "T-shirt for men and women", "USD"), Facet::kDepartment), "unisex");
  Garment garment;
  garment.id = "g";
  garment.title = "Kleid";
  garment.category = "Damen > Kleider";
  garment.variants.emplace_back().sku = "s";
  garment.variants[0].colour = "Dunkelblau";
  garment.supplier_attributes = {{"Muster", {"geblümt"}}, {"Obermaterial", {"95% Baumwolle, 5% Elasthan"}}};
  of_all_languages().normalise(garment);
  EXPECT_EQ(term_of(garment, Facet::kColour), "navy");
  EXPECT_EQ(term_of(garment, Facet::kPattern), "floral");
  EXPECT_EQ(term_of(garment, Facet::kFabric), "cotton");
}

TEST(Languages, ColoursOfFashion) {
  const auto read = [](std::string title, std::string category, std::string colour, Facet facet) {
    Garment garment;
    garment.id = "g";
    garment.title = std::move(title);
    garment.category = std::move(category);
    garment.variants.emplace_back().sku = "s";
    garment.variants[0].colour = std::move(colour);
    of_all_languages().normalise(garment);
    return term_of(garment, facet);
  };
  EXPECT_EQ(read("Leinenkleid", "Damen > Kleider", "Königsblau", Facet::kColour), "blue");
  EXPECT_EQ(read("Leinenkleid", "Damen > Kleider", "Rosenholz", Facet::kColour), "pink");
  EXPECT_EQ(read("Abito in lino", "Donna > Abiti", "Nocciola", Facet::kColour), "brown");
  EXPECT_EQ(read("Keten elbise", "Kadın > Elbise", "Vişne", Facet::kColour), "burgundy");
  EXPECT_EQ(read("Lněné šaty", "Ženy > Šaty", "starorůžová", Facet::kColour), "pink");
  EXPECT_EQ(read("ワンピース", "レディース > ワンピース", "インディゴ", Facet::kColour), "navy");
  EXPECT_EQ(read("Linen Dress", "Women > Dresses", "NVY", Facet::kColour), "navy");
  EXPECT_EQ(read("Robe en lin", "Femme > Robes", "Léopard", Facet::kPattern), "animal");
  EXPECT_EQ(read("Robe en lin", "Femme > Robes", "Fleuri", Facet::kPattern), "floral");
}

// A guess of the embedder is for English words only.
TEST(Languages, AForeignWordIsNotGuessed) {
  const Normaliser certain(Vocabulary::standard(), [](std::string_view) { return Vector{1, 0}; });
  Garment garment;
  garment.id = "g";
  garment.title = "Ana";
  garment.category = "Women > Suknelės";
  garment.variants.emplace_back().sku = "s";
  VocabularyReport report;
  certain.normalise(garment, &report);
  EXPECT_EQ(term_of(garment, Facet::kCategory), "unknown");
  EXPECT_EQ(report.words(MatchStep::kEmbedding), 0U);
}

// Every phrase of every file means its term in a text of its language.
TEST(Languages, EveryPhraseMeansItsTerm) {
  const PhraseIndex phrases(Vocabulary::standard());
  for (size_t id = 1; id < languages().size(); ++id) {
    LanguageWeights weights{};
    weights[id] = 5;
    for (const auto& [term_id, phrase] : languages()[id].words) {
      const Term& term = Vocabulary::standard().term(term_id);
      const auto match = phrases.find(term.facet, words_of(phrase), weights);
      EXPECT_TRUE(std::any_of(match.meanings.begin(), match.meanings.end(),
                              [&](const auto& meaning) { return meaning.term == &term; }))
          << languages()[id].code << " '" << phrase << "' is not " << term.name;
    }
  }
}

}  // namespace
}  // namespace modiste
