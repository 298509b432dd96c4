// The web app, held in memory, and the photos on disk.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace modiste::http {

// Files of a folder, loaded and compressed once. Immutable: any thread may read.
//
// Names below assets/ carry their content's hash (Vite), so they may be kept for ever; everything else is
// revalidated by ETag. A path that is no file and has no extension is a page of the app: index.html.
class WebFiles {
 public:
  // An empty path gives none. kNotFound without an index.html, kInvalid beyond kWebBytesMax.
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
// lead elsewhere. What does not begin like an image is not served.
class ImageFiles {
 public:
  explicit ImageFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  // `target`'s first segment is "images".
  [[nodiscard]] Response answer(const Target& target, const RequestHead& head) const;

 private:
  std::filesystem::path folder_;
};

// Whether an If-None-Match field admits that nothing is sent (RFC 9110 13.1.2, weak comparison).
[[nodiscard]] bool etag_matches(std::string_view if_none_match, std::string_view etag);
// Whether an Accept-Encoding field admits gzip.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

}  // namespace modiste::http
