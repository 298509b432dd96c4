#include "retrieval/text_index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/binary_fields.h"
#include "base/mutex.h"
#include "retrieval/fair_lock.h"
#include "retrieval/max_score.h"
#include "retrieval/postings.h"
#include "retrieval/word_forms.h"

namespace modiste {
namespace {

// A vocabulary term is a word of its own in the index, whichever of its names the text has.
std::string form_of(TermId term) { return "#" + std::to_string(term); }

// Cut between characters.
std::string_view cut(std::string_view text) {
  if (text.size() <= kTextBytesMax) return text;
  size_t end = kTextBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

using Spelled = std::unordered_map<std::string, std::string>;

class DocumentBuilder {
 public:
  explicit DocumentBuilder(const WordForms& forms) : forms_(forms) {}

  void add(std::string_view text, float weight) {
    for (const Word& word : forms_.read(cut(text))) {
      spelled_.try_emplace(word.form, word.spelled);
      weights_[word.form] += weight;
      length_ += weight;
      for (const TermId term : word.terms) weights_[form_of(term)] += weight;
    }
  }
  // How the text spells each form.
  [[nodiscard]] const Spelled& spelled() const { return spelled_; }
  [[nodiscard]] Document take() && { return {{weights_.begin(), weights_.end()}, length_}; }

 private:
  const WordForms& forms_;
  std::unordered_map<std::string, float> weights_;
  Spelled spelled_;
  float length_ = 0;
};

}  // namespace

struct TextIndex::State {
  State(const Vocabulary& vocabulary, TextOptions o) : options(o), forms(vocabulary) {}

  void read(const TextFields& fields, DocumentBuilder& builder) const;
  [[nodiscard]] float idf(TermIndex term) const REQUIRES_SHARED(mutex);
  [[nodiscard]] Group known(const Word& word) const REQUIRES_SHARED(mutex);
  [[nodiscard]] Group guessed(const std::string& spelled) const REQUIRES_SHARED(mutex);
  [[nodiscard]] Group group(const Word& word) const REQUIRES_SHARED(mutex);
  [[nodiscard]] std::vector<Group> groups(std::vector<Word> words) const REQUIRES_SHARED(mutex);

  const TextOptions options;
  const WordForms forms;
  mutable FairSharedMutex mutex;
  Postings postings GUARDED_BY(mutex);
  Spelled spellings GUARDED_BY(mutex);  // forms that are spelled so themselves are left out
};

void TextIndex::State::read(const TextFields& fields, DocumentBuilder& builder) const {
  builder.add(fields.title, options.title_weight);
  builder.add(fields.category, options.category_weight);
  builder.add(fields.brand, options.brand_weight);
  builder.add(fields.description, options.description_weight);
  for (const std::string& attribute : fields.attributes) builder.add(attribute, options.attribute_weight);
}

float TextIndex::State::idf(TermIndex term) const {
  return Bm25::idf(postings.size(), postings.term(term).count);
}

// The word itself and the vocabulary terms it names, as far as some item has them.
Group TextIndex::State::known(const Word& word) const {
  Group group;
  float weight_max =
      std::numeric_limits<float>::infinity();  // a synonym never counts more than the word itself
  if (const TermIndex term = postings.find(word.form); term != kNoTermIndex) {
    weight_max = idf(term);
    group.push_back({term, weight_max});
  }
  for (const TermId id : word.terms)
    if (const TermIndex term = postings.find(form_of(id)); term != kNoTermIndex)
      group.push_back({term, options.synonym_discount * std::min(weight_max, idf(term))});
  return group;
}

// The nearest known words. Not for short words, which have too many neighbours ("gift" would find the brand
// Rift, "wife" the colour wine), and not for numbers, because another number means something else.
Group TextIndex::State::guessed(const std::string& spelled) const {
  constexpr size_t kOneEditFrom = 5, kTwoEditsFrom = 8, kSpellingsMax = 3;
  Group group;
  if (spelled.size() < kOneEditFrom || spelled.find_first_of("0123456789") != std::string::npos) return group;
  for (const auto& [term, edits] :
       postings.similar(spelled, spelled.size() < kTwoEditsFrom ? 1 : 2, kSpellingsMax)) {
    const std::string nearest(postings.term(term).form);
    const float discount = std::pow(options.typo_discount, static_cast<float>(edits));
    for (const GroupMember& member : known({nearest, nearest, forms.terms(nearest)}))
      group.push_back({member.term, member.weight * discount});
  }
  return group;
}

Group TextIndex::State::group(const Word& word) const {
  constexpr size_t kMembersMax = 4;
  Group group = known(word);
  if (group.empty()) group = guessed(word.spelled);
  group.resize(std::min(group.size(), kMembersMax));
  return group;
}

std::vector<Group> TextIndex::State::groups(std::vector<Word> words) const {
  std::vector<Group> groups;
  std::vector<std::string_view> seen;
  for (const Word& word : words) {
    if (groups.size() == kQueryTermsMax) break;
    if (std::find(seen.begin(), seen.end(), word.form) != seen.end()) continue;
    seen.push_back(word.form);
    if (Group group = this->group(word); !group.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

TextIndex::TextIndex(const Vocabulary& vocabulary, TextOptions options)
    : state_(std::make_unique<State>(vocabulary, options)) {}
TextIndex::~TextIndex() = default;

void TextIndex::put(Slot slot, const TextFields& fields) {
  DocumentBuilder builder(state_->forms);
  state_->read(fields, builder);
  const Spelled spelled = builder.spelled();
  const Document document = std::move(builder).take();
  const MutexLock lock(state_->mutex);
  state_->postings.put(slot, document);
  for (const auto& [form, word] : spelled)
    if (form != word) state_->spellings.try_emplace(form, word);
}

bool TextIndex::remove(Slot slot) {
  const MutexLock lock(state_->mutex);
  return state_->postings.remove(slot);
}

CandidateList TextIndex::search(const TextQuery& query) const {
  auto words = state_->forms.read(cut(query.text));
  TopCandidates top(query.k);
  const ReaderLock lock(state_->mutex);
  const auto groups = state_->groups(std::move(words));
  const Bm25 bm25{state_->options.k1, state_->options.b};
  const bool complete = collect_best(state_->postings, {groups, bm25, query.filter, query.deadline}, top);
  return {std::move(top).take(), complete};
}

size_t TextIndex::items_with(std::string_view word) const {
  const auto words = state_->forms.read(cut(word));
  if (words.empty()) return 0;
  const ReaderLock lock(state_->mutex);
  const TermIndex term = state_->postings.find(words.front().form);
  return term == kNoTermIndex ? 0 : state_->postings.term(term).count;
}

std::vector<TextIndex::Spelling> TextIndex::similar_words(std::string_view word, size_t edits_max,
                                                          size_t count_max) const {
  const auto words = state_->forms.read(cut(word));
  std::vector<Spelling> found;
  if (words.empty()) return found;
  const ReaderLock lock(state_->mutex);
  for (const auto& [term, edits] : state_->postings.similar(words.front().spelled, edits_max, count_max)) {
    const TermPostings& known = state_->postings.term(term);
    std::string form(known.form);
    const auto spelled = state_->spellings.find(form);
    found.push_back(
        {spelled == state_->spellings.end() ? std::move(form) : spelled->second, edits, known.count});
  }
  return found;
}

size_t TextIndex::size() const {
  const ReaderLock lock(state_->mutex);
  return state_->postings.size();
}

Result<Done> TextIndex::save(const ByteSink& lists, std::string& rest) const {
  const ReaderLock lock(state_->mutex);
  BinaryWriter(rest).map(state_->spellings, kTextField, kTextField);
  return state_->postings.save(lists, rest);
}

Result<Done> TextIndex::load(const KeptBytes& rest, const KeptBytes& lists) {
  const MutexLock lock(state_->mutex);
  BinaryReader reader({reinterpret_cast<const char*>(rest.bytes.data()), rest.bytes.size()});
  reader.map(state_->spellings, kTextField, kTextField);
  if (!reader.ok()) return Error{Code::kCorrupt, "the saved spellings are damaged", "", ""};
  return state_->postings.load({rest.bytes.last(reader.left()), rest.keeper}, lists);
}

size_t TextIndex::memory_bytes() const {
  const ReaderLock lock(state_->mutex);
  return state_->postings.memory_bytes();
}

}  // namespace modiste
