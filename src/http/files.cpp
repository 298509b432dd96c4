#include "http/files.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "base/rng.h"
#include "http/guard.h"
#include "http/problem.h"
#include "http/request_reader.h"
#include "io/gzip.h"
#include "io/read_file.h"
#include "serving/request/owned_photo.h"

namespace modiste::http {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kImmutable = "public, max-age=31536000, immutable";

constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
}};

std::string_view type_of_name(std::string_view name) {
  for (const auto& [extension, type] : kTypes)
    if (name.ends_with(extension)) return type;
  return "application/octet-stream";
}

// "app-1a2b.js". An address of the app may end in the id of a garment, such as "AB.12".
bool is_name_of_file(std::string_view name) {
  return std::any_of(kTypes.begin(), kTypes.end(),
                     [&](const auto& type) { return name.ends_with(type.first); });
}

// Null when compression does not make it smaller.
std::shared_ptr<const std::string> packed(const std::string& bytes) {
  auto out = gzip(bytes);
  if (out.size() * 10 > bytes.size() * 9) return nullptr;
  return std::make_shared<const std::string>(std::move(out));
}

// 'sha256-...' of each inline script, so that the page may contain a few lines that must run before the app.
std::string script_hashes(std::string_view html) {
  std::string out;
  for (size_t at = html.find("<script"); at != std::string_view::npos; at = html.find("<script", at + 1)) {
    const size_t open = html.find('>', at), close = html.find("</script>", at);
    if (open == std::string_view::npos || close == std::string_view::npos || close <= open + 1) continue;
    const auto text = html.substr(open + 1, close - open - 1);
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)>
        base64;
    sodium_bin2base64(base64.data(), base64.size(), hash.data(), hash.size(), sodium_base64_VARIANT_ORIGINAL);
    out += fmt::format(" 'sha256-{}'", base64.data());
  }
  return out;
}

// The app loads only its own scripts and styles; photos may come from the shop's own hosts.
std::string page_policy(std::string_view html) {
  return fmt::format(
      "default-src 'self'; script-src 'self'{}; style-src 'self'; style-src-attr 'unsafe-inline'; "
      "img-src 'self' data: blob: https: http:; font-src 'self'; connect-src 'self'; object-src 'none'; "
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      script_hashes(html));
}

Response not_modified(std::string_view etag, std::string_view cache) {
  Response out;
  out.status = 304;
  out.fields.emplace_back("ETag", std::string(etag));
  out.fields.emplace_back("Cache-Control", std::string(cache));
  return out;
}

Response no_such_file() { return problem(404, "file not found"); }

bool is_svg(std::string_view bytes) {
  constexpr size_t kPrologueMax = 512;
  return bytes.starts_with('<') && bytes.substr(0, kPrologueMax).find("<svg") != std::string_view::npos;
}

}  // namespace

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match == "*") return true;
  for (size_t at = if_none_match.find(etag); at != std::string_view::npos;
       at = if_none_match.find(etag, at + 1)) {
    const size_t end = at + etag.size();
    if (end == if_none_match.size() || if_none_match[end] == ',' || if_none_match[end] == ' ') return true;
  }
  return false;
}

bool accepts_gzip(std::string_view accept_encoding) {
  const size_t at = accept_encoding.find("gzip");
  if (at == std::string_view::npos) return false;
  const auto rest = accept_encoding.substr(at + 4, accept_encoding.find(',', at) - at - 4);
  const size_t q = rest.find("q=0");
  return q == std::string_view::npos || rest.find_first_of("123456789", q) != std::string_view::npos;
}

WebFiles::File WebFiles::make_file(std::string name, std::string bytes) {
  File file;
  file.type = type_of_name(name);
  file.etag = fmt::format("\"{:016x}\"", hash64(bytes));
  file.immutable = name.starts_with("/assets/");
  if (name.ends_with(".html")) file.policy = page_policy(bytes);
  file.gzip = packed(bytes);
  file.bytes = std::make_shared<const std::string>(std::move(bytes));
  return file;
}

Result<WebFiles> WebFiles::load(const fs::path& folder) {
  WebFiles out;
  if (folder.empty()) return out;
  std::error_code error;
  size_t total = 0;
  for (auto entry = fs::recursive_directory_iterator(folder, error); !error && entry != fs::end(entry);
       entry.increment(error)) {
    if (!entry->is_regular_file()) continue;
    TRY_ASSIGN(auto bytes, read_text_file(entry->path(), kWebBytesMax));
    total += bytes.size();
    if (total > kWebBytesMax)
      return Error{Code::kInvalid, "the web app is larger than the limit", folder.string(), "at most 64 MiB"};
    const auto name = "/" + entry->path().lexically_relative(folder).generic_string();
    out.files_.emplace(name, make_file(name, std::move(bytes)));
  }
  if (error || !out.files_.contains("/index.html"))
    return Error{Code::kNotFound, "the folder has no built web app", folder.string(),
                 "a folder with an index.html"};
  return out;
}

Response WebFiles::send(const File& file, const RequestHead& head) {
  const std::string_view cache = file.immutable ? kImmutable : "no-cache";
  if (etag_matches(head.if_none_match, file.etag)) return not_modified(file.etag, cache);
  Response out;
  out.content_type = file.type;
  out.fields.emplace_back("Cache-Control", std::string(cache));
  out.fields.emplace_back("ETag", file.etag);
  if (!file.policy.empty()) out.fields.emplace_back("Content-Security-Policy", file.policy);
  if (file.gzip) out.fields.emplace_back("Vary", "Accept-Encoding");
  const bool compressed = file.gzip && accepts_gzip(head.accept_encoding);
  if (compressed) out.fields.emplace_back("Content-Encoding", "gzip");
  out.shared_body = compressed ? file.gzip : file.bytes;
  return out;
}

Response WebFiles::answer(const Target& target, const RequestHead& head) const {
  std::string path;
  for (const auto& segment : target.segments) path += "/" + segment;
  if (const auto found = files_.find(path); found != files_.end()) return send(found->second, head);
  const bool names_a_file = !target.segments.empty() && is_name_of_file(target.segments.back());
  const auto index = files_.find("/index.html");
  if (index == files_.end()) return problem(404, "this server has no web app", "see /docs");
  if (names_a_file) return no_such_file();
  return send(index->second, head);
}

Response ImageFiles::answer(const Target& target, const RequestHead& head) const {
  constexpr size_t kImageFileBytesMax = 32 << 20;
  if (folder_.empty() || target.segments.size() < 2) return no_such_file();
  fs::path path = folder_;
  for (size_t i = 1; i < target.segments.size(); ++i) {
    const auto& step = target.segments[i];
    if (step.empty() || step.starts_with('.') || step.find_first_of("/\\") != std::string::npos)
      return no_such_file();
    path /= step;
  }
  std::error_code error;
  const auto real = fs::canonical(path, error);
  const auto root = error ? fs::path() : fs::canonical(folder_, error);
  if (error || !fs::is_regular_file(real, error)) return no_such_file();
  if (std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first != root.end())
    return no_such_file();

  const auto changed = fs::last_write_time(real, error).time_since_epoch().count();
  const auto etag = fmt::format("\"{:x}-{:x}\"", fs::file_size(real, error), changed);
  if (etag_matches(head.if_none_match, etag)) return not_modified(etag, kImmutable);
  auto bytes = read_text_file(real, kImageFileBytesMax);
  if (!bytes.ok() || is_owned_photo(*bytes)) return no_such_file();
  Response out;
  out.content_type = image_type(*bytes);
  // For our own images only, never for uploads. The policy keeps scripts in an SVG from running; its own
  // styles hold where it is opened by itself too.
  if (out.content_type.empty() && is_svg(*bytes)) {
    out.content_type = "image/svg+xml";
    out.fields.emplace_back("Content-Security-Policy",
                            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
  }
  if (out.content_type.empty()) return no_such_file();
  out.body = std::move(*bytes);
  out.fields.emplace_back("Cache-Control", std::string(kImmutable));
  out.fields.emplace_back("ETag", etag);
  return out;
}

}  // namespace modiste::http
