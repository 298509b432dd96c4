#include "ingest/sent_ids.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/contains.h"
#include "base/text.h"
#include "ingest/sent_members.h"

namespace modiste {
namespace {

// In lower case.
constexpr std::array<std::string_view, 32> kNoId{"undefined",
                                                 "null",
                                                 "(null)",
                                                 "none",
                                                 "nil",
                                                 "nan",
                                                 "n/a",
                                                 "false",
                                                 "guest",
                                                 "0",
                                                 "-1",
                                                 "anonymous",
                                                 "unknown",
                                                 "not_set",
                                                 "not set",
                                                 "(not set)",
                                                 "(not provided)",
                                                 "[object object]",
                                                 "(none)",
                                                 "empty",
                                                 "no user",
                                                 "no_user",
                                                 "guest user",
                                                 "guest_user",
                                                 "not logged in",
                                                 "not_logged_in",
                                                 "logged out",
                                                 "logged_out",
                                                 "loggedout",
                                                 "gast",
                                                 "invité",
                                                 "invitado"};

// Of the words that are hashed most; SHA-256 of all is computed.
constexpr std::array<std::string_view, 6> kNoMd5{"d41d8cd98f00b204e9800998ecf8427e",            // nothing
                                                 "37a6259cc0c1dae299a7866489dff0bd",            // null
                                                 "5e543256c480ac577d30f76f9120eb74",            // undefined
                                                 "334c4a4c42fdb79d7ebc3e73b517e6f8",            // none
                                                 "cfcd208495d565ef66e7dff9f98764da",            // 0
                                                 "084e0343a0486ff05530df6c705c8bb4"};           // guest
constexpr std::array<std::string_view, 1> kNoSha1{"da39a3ee5e6b4b0d3255bfef95601890afd80709"};  // nothing

// What a template engine or a tag manager left unfilled: "{{user_id}}", "${userId}", "%%user_id%%", "<user
// id>".
bool is_unfilled(std::string_view id) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kMarks{
      {{"{{", "}}"}, {"${", "}"}, {"%%", "%%"}, {"<", ">"}, {"{%", "%}"}}};
  return std::any_of(kMarks.begin(), kMarks.end(), [&](const auto& marks) {
    return id.size() > marks.first.size() + marks.second.size() && id.starts_with(marks.first) &&
           id.ends_with(marks.second);
  });
}

std::string sha256_of(std::string_view text) {
  std::array<std::byte, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return to_hex(hash);
}

bool is_hash_of_none(std::string_view hash) {
  static const std::unordered_set<std::string> kNoSha256 = [] {
    std::unordered_set<std::string> hashes{sha256_of("")};
    for (const std::string_view word : kNoId) hashes.insert(sha256_of(word));
    return hashes;
  }();
  const std::string spelled = ascii_lower(hash);
  return contains(kNoMd5, spelled) || contains(kNoSha1, spelled) || kNoSha256.contains(spelled);
}

}  // namespace

bool is_no_id(std::string_view id) {
  id = trim(id);
  constexpr size_t kMd5 = 32, kSha1 = 40, kSha256 = 64;
  if (id.find_first_not_of("0-") == std::string_view::npos) return true;  // blank, zeros
  if (is_unfilled(id)) return true;
  if (id.size() == kMd5 || id.size() == kSha1 || id.size() == kSha256) return is_hash_of_none(id);
  const auto has_length = [&](std::string_view word) { return word.size() == id.size(); };
  return std::any_of(kNoId.begin(), kNoId.end(), has_length) && contains(kNoId, ascii_lower(id));
}

bool is_no_order(std::string_view id) { return is_no_id(id) || ascii_lower(trim(id)) == "test"; }

Error no_id(std::string_view id, std::string where) {
  constexpr size_t kEchoMax = 70;
  return {Code::kInvalid, fmt::format("'{}' names nothing", echo(id, kEchoMax)), std::move(where),
          "an id, or no such member where there is none"};
}

std::string hash_of_address(std::string_view address) {
  const std::string spelled = ascii_lower(trim(address));
  return spelled.find('@') == std::string::npos ? std::string() : sha256_of(spelled);
}

}  // namespace modiste
