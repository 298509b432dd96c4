#include "base/rare.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

struct Note {
  std::string text;

  friend bool operator==(const Note&, const Note&) = default;
};
struct Page {
  Rare<Note> note;
};

}  // namespace

template <>
struct Contract<Note> {
  static constexpr std::string_view kName = "Note";
  static constexpr std::string_view kDoc = "A note.";
  static constexpr auto kFields = Fields{field("text", &Note::text)};
};
template <>
struct Contract<Page> {
  static constexpr std::string_view kName = "Page";
  static constexpr std::string_view kDoc = "A page.";
  static constexpr auto kFields = Fields{field("note", &Page::note)};
};

namespace {

TEST(Rare, ACopyHasItsOwnValue) {
  Rare<Note> one(Note{"red"});
  Rare<Note> other = one;
  other->text = "blue";
  EXPECT_EQ(one, Note{"red"});
  one = other;
  EXPECT_EQ(one, other);
  one = Rare<Note>();
  EXPECT_FALSE(one);
  EXPECT_EQ(other.value_or({"none"}), Note{"blue"});
  EXPECT_EQ(one.value_or({"none"}), Note{"none"});
  other.reset();
  EXPECT_EQ(one, other);
}

TEST(Rare, IsReadAndWrittenAsAnOptional) {
  EXPECT_EQ(to_json_text(Page{}), "{}");
  EXPECT_EQ(to_json_text(Page{Note{"red"}}), R"({"note":{"text":"red"}})");
  EXPECT_EQ(from_json_text<Page>(R"({"note":{"text":"red"}})").value().note, Note{"red"});
  EXPECT_FALSE(from_json_text<Page>("{}").value().note);
  EXPECT_EQ(sizeof(Rare<Note>), sizeof(void*));
}

}  // namespace
}  // namespace modiste
