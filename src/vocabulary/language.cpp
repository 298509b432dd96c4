#include "vocabulary/language.h"

#include <fmt/format.h>

#include <set>

#include "base/check.h"
#include "base/rng.h"
#include "base/text.h"
#include "base/toml.h"
#include "vocabulary/vocabulary_data.h"

namespace modiste {
namespace {

constexpr std::array kTranslated{Facet::kCategory, Facet::kDepartment, Facet::kColour, Facet::kPattern,
                                 Facet::kFabric,   Facet::kOccasion,   Facet::kSleeve, Facet::kNeckline,
                                 Facet::kLength,   Facet::kFit,        Facet::kSeason};

class LanguageParser {
 public:
  LanguageParser(const LanguageFile& file, const Vocabulary& vocabulary)
      : file_(file), vocabulary_(vocabulary) {}

  Result<Language> parse() {
    const toml::parse_result parsed = toml::parse(file_.text, file_.code);
    if (!parsed)
      return Error{Code::kCorrupt, std::string(parsed.error().description()),
                   fmt::format("words/{}.toml, line {}", file_.code, parsed.error().source().begin.line),
                   "TOML"};
    const toml::table& table = parsed.table();
    language_.code = std::string(file_.code);
    const auto head = table["head"].value<std::string_view>();
    if (head != "first" && head != "last") return fault("head", "is neither first nor last");
    language_.head_first = head == "first";
    language_.compounds = table["compounds"].value_or(false);
    language_.unspaced = table["unspaced"].value_or(false);
    language_.stemmer = table["stemmer"].value_or(std::string());
    if (const auto* currencies = table["currencies"].as_array())
      for (const auto& currency : *currencies)
        language_.currencies.push_back(currency.value_or(std::string()));
    language_.function_words = list(table["function_words"]);
    language_.after = list(table["after"]);
    language_.nothing = list(table["nothing"]);
    language_.no_fabric = list(table["no_fabric"]);
    language_.contested = list(table["contested"]);
    language_.filler = list(table["filler"]);
    language_.generic = list(table["generic"]);
    language_.articles = list(table["articles"]);
    language_.only_by_letters = table["only_by_letters"].value_or(false);
    for (const Facet facet : kTranslated)
      TRY(read_terms(facet, table[name_of(facet)].as_table(), language_.words));
    TRY(read_terms(Facet::kDepartment, table["person"].as_table(), language_.persons));
    TRY(read_roles<QueryRole>("query", table["query"].as_table(), language_.query));
    TRY(read_roles<ProseRole>("prose", table["prose"].as_table(), language_.prose));
    return std::move(language_);
  }

 private:
  [[nodiscard]] Error fault(std::string_view key, std::string what) const {
    return {Code::kCorrupt, std::move(what), fmt::format("words/{}.toml, {}", file_.code, key), ""};
  }

  static std::vector<std::string> list(const toml::node_view<const toml::node>& node) {
    return split_list(node.value_or(std::string_view()), ",");
  }

  template <class Role, class Lists>
  Result<Done> read_roles(std::string_view name, const toml::table* table, Lists& lists) {
    if (table == nullptr) return fault(name, "is missing");
    for (const auto& [key, phrases] : *table) {
      const auto role = enum_from_name<Role>(key.str());
      if (!role) return fault(key.str(), fmt::format("is not a role of [{}]", name));
      lists[static_cast<size_t>(*role)] = split_list(phrases.value_or(std::string_view()), ",");
    }
    return kOk;
  }

  Result<Done> read_terms(Facet facet, const toml::table* table, std::vector<LanguageWord>& words) {
    if (table == nullptr) return kOk;
    std::set<std::pair<std::string, TermId>> seen;
    for (const auto& [name, phrases] : *table) {
      const Term* term = vocabulary_.find(facet, name.str());
      if (term == nullptr) return fault(name.str(), "is not a term of the vocabulary");
      for (auto& phrase : split_list(phrases.value_or(std::string_view()), ",")) {
        if (!seen.emplace(phrase, term->id).second) return fault(name.str(), "'" + phrase + "' stands twice");
        words.push_back({term->id, std::move(phrase)});
      }
    }
    return kOk;
  }

  const LanguageFile& file_;
  const Vocabulary& vocabulary_;
  Language language_;
};

}  // namespace

const std::vector<Language>& languages() {
  static const std::vector<Language> kLanguages = [] {
    std::vector<Language> all;
    for (const auto& file : language_files()) {
      auto parsed = LanguageParser(file, Vocabulary::standard()).parse();
      if (!parsed.ok()) fmt::print(stderr, "{}\n", parsed.error().message());
      CHECK(parsed.ok());  // the files are ours, and a test reads them
      all.push_back(std::move(parsed).value());
    }
    CHECK(all.size() <= kLanguagesMax && all[kEnglish].code == "en");
    return all;
  }();
  return kLanguages;
}

uint64_t words_fingerprint() {
  static const uint64_t kHash = [] {
    uint64_t hash = hash64(google_taxonomy_toml(), hash64(vocabulary_toml()));
    for (const auto& file : language_files()) hash = hash64(file.text, hash64(file.code, hash));
    return hash;
  }();
  return kHash;
}

}  // namespace modiste
