// Serves the web app from memory and photos from disk.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace modiste::http {

// The files of a folder, loaded and compressed once. Immutable: any thread may read.
//
// Names below assets/ contain a hash of the file's content (Vite), so clients may cache them without
// limit; all others are revalidated by ETag. A path that names no file and has no extension is a page
// of the app: index.html.
class WebFiles {
 public:
  // An empty path gives an object without files. kNotFound without an
  // index.html, kInvalid beyond kWebBytesMax.
  static Result<WebFiles> load(const std::filesystem::path& folder);

  [[nodiscard]] Response answer(const Target& target, const RequestHead& head) const;

 private:
  struct File {
    std::shared_ptr<const std::string> bytes;
    std::shared_ptr<const std::string> gzip;  // null when it would not be smaller
    std::string type, etag, policy;
    bool immutable = false;
  };
  static File make_file(std::string name, std::string bytes);
  static Response send(const File& file, const RequestHead& head);

  std::map<std::string, File, std::less<>> files_;  // by path, "/index.html"
};
inline constexpr size_t kWebBytesMax = 64 << 20;

// Photos under one folder, as they are stored. Refuses every way out of it: "..", hidden names, links that
// lead elsewhere. Files whose first bytes are not those of an image are not served, nor are photos of
// wardrobes, which only their shopper may see (serving/request/owned_photo.h).
class ImageFiles {
 public:
  explicit ImageFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  // The first segment of `target` is "images".
  [[nodiscard]] Response answer(const Target& target, const RequestHead& head) const;

 private:
  std::filesystem::path folder_;
};

// Whether an If-None-Match field allows a 304 answer (RFC 9110 13.1.2, weak comparison).
[[nodiscard]] bool etag_matches(std::string_view if_none_match, std::string_view etag);
// Whether an Accept-Encoding field allows gzip.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

}  // namespace modiste::http
