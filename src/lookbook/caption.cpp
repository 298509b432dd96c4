#include "lookbook/caption.h"

#include <fmt/format.h>

#include <array>

namespace modiste::lookbook {
namespace {

struct AestheticWords {
  std::string_view name;
  std::array<std::string_view, kCaptionLanguages> words;  // as they stand beside "look"
};

// One row for each term of the vocabulary's facet; a test compares both.
constexpr std::array kAesthetics{
    AestheticWords{"minimal", {"minimalist", "minimalistischer", "minimaliste", "minimalista"}},
    AestheticWords{"classic", {"classic", "klassischer", "classique", "clásico"}},
    AestheticWords{"basic", {"simple", "schlichter", "simple", "sencillo"}},
    AestheticWords{"sporty", {"sporty", "sportlicher", "sportif", "deportivo"}},
    AestheticWords{"street", {"street-style", "urbaner", "street", "urbano"}},
    AestheticWords{"preppy", {"preppy", "adretter", "preppy", "preppy"}},
    AestheticWords{"bohemian", {"bohemian", "unkonventioneller", "bohème", "bohemio"}},
    AestheticWords{"romantic", {"romantic", "romantischer", "romantique", "romántico"}},
    AestheticWords{"glamorous", {"glamorous", "glamouröser", "glamour", "glamuroso"}},
    AestheticWords{"edgy", {"edgy", "rockiger", "rock", "rockero"}},
    AestheticWords{"vintage", {"vintage", "nostalgischer", "vintage", "vintage"}},
    AestheticWords{"utility", {"utility", "funktionaler", "utilitaire", "utilitario"}},
    AestheticWords{"avant-garde", {"avant-garde", "avantgardistischer", "avant-gardiste", "vanguardista"}},
    AestheticWords{"eco", {"conscious", "bewusster", "responsable", "consciente"}}};

struct LanguageRow {
  std::string_view tag;
  std::string_view look;     // {}: what it is called, with a space at its end where there is any
  bool words_after = false;  // "un look minimaliste", with a space before
  std::array<std::string_view, kMoods> moods;
  std::array<std::string_view, kCaptionTimes> times;
  std::string_view place;
};

constexpr std::array<LanguageRow, kCaptionLanguages> kLanguages{
    {{"en",
      "{}look",
      false,
      {"breezy", "layered", "warm", "bold", "polished", "relaxed"},
      {" for your morning", " for your afternoon", " for your day", " for your evening"},
      " in {}"},
     {"de",
      "Ein {}Look",
      false,
      {"luftiger", "mehrlagiger", "warmer", "mutiger", "eleganter", "entspannter"},
      {" für deinen Morgen", " für deinen Nachmittag", " für deinen Tag", " für deinen Abend"},
      " in {}"},
     {"fr",
      "Un look{}",
      true,
      {"aéré", "superposé", "chaud", "audacieux", "soigné", "décontracté"},
      {" pour votre matinée", " pour votre après-midi", " pour votre journée", " pour votre soirée"},
      " à {}"},
     {"es",
      "Un look{}",
      true,
      {"fresco", "por capas", "abrigado", "atrevido", "pulido", "relajado"},
      {" para tu mañana", " para tu tarde", " para tu día", " para tu noche"},
      " en {}"}}};

std::string_view aesthetic_word(std::string_view name, CaptionLanguage language) {
  for (const AestheticWords& row : kAesthetics)
    if (row.name == name) return row.words[static_cast<size_t>(language)];
  return {};
}

// By its sound: "a utility look".
bool begins_with_vowel(std::string_view text) {
  if (text.starts_with("uti") || text.starts_with("uni")) return false;
  return !text.empty() && std::string_view("aeiou").find(text.front()) != std::string_view::npos;
}

}  // namespace

std::optional<Mood> mood_of(const MoodFacts& facts) {
  // A look's dare is that of its rarest piece: of most looks it is above the middle.
  constexpr double kLight = 0.35, kBold = 0.93, kDressedUp = 0.72, kAtEase = 0.28;
  if (facts.weather_known) {
    const WeatherKind kind = facts.weather;
    const bool heat = kind == WeatherKind::kHot || kind == WeatherKind::kWarm;
    const bool cold = kind == WeatherKind::kCold || kind == WeatherKind::kSnow;
    if (heat && facts.warmth && *facts.warmth <= kLight) return Mood::kBreezy;
    if (cold && facts.layered && facts.warmth && *facts.warmth > kLight) return Mood::kWarm;
    if ((cold || kind == WeatherKind::kCool) && facts.layered) return Mood::kLayered;
  }
  if (facts.dare >= kBold) return Mood::kBold;
  if (facts.vibe >= kDressedUp) return Mood::kPolished;
  if (facts.vibe <= kAtEase) return Mood::kRelaxed;
  return std::nullopt;
}

CaptionTime caption_time(bool evening_look, std::optional<int> hour) {
  if (evening_look) return CaptionTime::kEvening;
  if (!hour) return CaptionTime::kDay;
  const DayPart part = day_part(*hour);
  if (part == DayPart::kMorning) return CaptionTime::kMorning;
  return part == DayPart::kDay && *hour >= 12 ? CaptionTime::kAfternoon : CaptionTime::kDay;
}

std::string caption(const CaptionFacts& facts) {
  const LanguageRow& row = kLanguages[static_cast<size_t>(facts.language)];
  std::string words;
  const auto add = [&](std::string_view word) {
    if (word.empty()) return;
    words += row.words_after ? " " : "";
    words += word;
    words += row.words_after ? "" : " ";
  };
  const std::string_view mood = facts.mood ? row.moods[static_cast<size_t>(*facts.mood)] : "";
  const std::string_view aesthetic = aesthetic_word(facts.aesthetic, facts.language);
  // Where the words stand behind, what a look is comes before how it is.
  add(row.words_after ? aesthetic : mood);
  add(row.words_after ? mood : aesthetic);
  std::string line = fmt::format(fmt::runtime(row.look), words);
  if (facts.language == CaptionLanguage::kEnglish) line = (begins_with_vowel(line) ? "An " : "A ") + line;
  line += row.times[static_cast<size_t>(facts.time)];
  if (!facts.place.empty()) line += fmt::format(fmt::runtime(row.place), facts.place);
  return line;
}

CaptionLanguage caption_language(std::string_view tag) {
  for (size_t i = 0; i < kLanguages.size(); ++i)
    if (tag.starts_with(kLanguages[i].tag) && (tag.size() == 2 || tag[2] == '-' || tag[2] == '_'))
      return static_cast<CaptionLanguage>(i);
  return CaptionLanguage::kEnglish;
}

}  // namespace modiste::lookbook
