#include "http/files.h"

#include <zlib.h>

#include <fstream>

#include "serving/request/owned_photo.h"
#include "test_support.h"

namespace modiste::http {
namespace {

namespace fs = std::filesystem;
using namespace testing;

const std::string kFilePng = std::string("\x89PNG\r\n\x1a\n", 8) + std::string(100, 'x');

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("modiste_files_" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_ / "web/assets");
    fs::create_directories(path_ / "images/luma");
    write("web/index.html", "<!doctype html><script>theme()</script><script src=\"/assets/a.js\"></script>");
    write("web/assets/app-1a2b3c4d.js", std::string(5'000, 'a'));
    write("images/luma/hoodie.png", kFilePng);
    write("images/note.txt", "not an image");
    write("images/owned.png", kFilePng + owned_mark(owned_piece_id(7)));
    write("secret.png", kFilePng);
    fs::create_symlink(path_ / "secret.png", path_ / "images/link.png");
  }
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] fs::path web() const { return path_ / "web"; }
  [[nodiscard]] fs::path images() const { return path_ / "images"; }
  void write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }

 private:
  fs::path path_;
};

Served served_from(const Folder& folder) {
  ServerOptions options;
  options.service.web = folder.web();
  options.service.images = folder.images();
  return Served(options);
}

std::string gunzip(const std::string& bytes) {
  std::string out(1 << 16, '\0');
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(WebFiles, ServesPagesOfTheAppAndRefusesMissingFiles) {
  const Folder folder;
  const auto served = served_from(folder);
  for (const auto* target : {"/", "/index.html", "/style", "/garment/MH01/Gray", "/garment/AB.12"}) {
    const auto reply = served.call("GET", target);
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_EQ(reply.field("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(reply.field("Cache-Control"), "no-cache");
  }
  EXPECT_EQ(served.call("GET", "/assets/app-old.js").status, 404);
  EXPECT_EQ(served.call("GET", "/../secret.png").status, 404);
  EXPECT_EQ(served.call("GET", "/v1/style").status, 404);
}

TEST(WebFiles, KeepsHashedFilesForEverAndCompressesThem) {
  const Folder folder;
  const auto served = served_from(folder);
  const auto plain = served.call("GET", "/assets/app-1a2b3c4d.js");
  EXPECT_EQ(plain.body, std::string(5'000, 'a'));
  EXPECT_EQ(plain.field("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(plain.field("Vary"), "Accept-Encoding");
  const auto zipped =
      served.call("GET", "/assets/app-1a2b3c4d.js", "", "", "Accept-Encoding: br, gzip;q=0.8\r\n");
  EXPECT_EQ(zipped.field("Content-Encoding"), "gzip");
  EXPECT_LT(zipped.body.size(), 100U);
  EXPECT_EQ(gunzip(zipped.body), plain.body);
  const auto refused = served.call("GET", "/assets/app-1a2b3c4d.js", "", "", "Accept-Encoding: gzip;q=0\r\n");
  EXPECT_TRUE(refused.field("Content-Encoding").empty());
}

TEST(WebFiles, AnswersRevalidationWithoutABody) {
  const Folder folder;
  const auto served = served_from(folder);
  const auto etag = served.call("GET", "/").field("ETag");
  const auto again = served.call("GET", "/", "", "", "If-None-Match: \"x\", W/" + etag + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  EXPECT_EQ(again.field("ETag"), etag);
  EXPECT_EQ(served.call("GET", "/", "", "", "If-None-Match: \"x\"\r\n").status, 200);
}

TEST(WebFiles, AllowsThePagesOwnInlineScriptsAndNoOthers) {
  const Folder folder;
  const auto policy = served_from(folder).call("GET", "/").field("Content-Security-Policy");
  // printf 'theme()' | openssl dgst -sha256 -binary | base64
  EXPECT_NE(policy.find("script-src 'self' 'sha256-Rfr3GgHZFiXm+TmNr+li+0sZ4J9FGllo8jsXcJF5XZ8=';"),
            std::string::npos)
      << policy;
}

TEST(WebFiles, NeedsAnIndex) {
  const Folder folder;
  EXPECT_FALSE(WebFiles::load(folder.images()).ok());
  EXPECT_FALSE(WebFiles::load("/no/such/folder").ok());
  EXPECT_TRUE(WebFiles::load("").ok());
}

TEST(ImageFiles, OfAWardrobeAreNotServedByTheirNames) {
  const Folder folder;
  const Served served = served_from(folder);
  EXPECT_EQ(served.call("GET", "/images/owned.png").status, 404);
  EXPECT_EQ(served.call("GET", "/images/luma/hoodie.png").status, 200);
}

TEST(ImageFiles, AreKnownByTheirFirstBytes) {
  const Folder folder;
  const auto served = served_from(folder);
  const auto reply = served.call("GET", "/images/luma/hoodie.png");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.field("Content-Type"), "image/png");
  EXPECT_EQ(reply.body, kFilePng);
  EXPECT_EQ(
      served.call("GET", "/images/luma/hoodie.png", "", "", "If-None-Match: " + reply.field("ETag") + "\r\n")
          .status,
      304);
  EXPECT_EQ(served.call("GET", "/images/note.txt").status, 404);
}

TEST(ImageFiles, CannotBeLeft) {
  const Folder folder;
  const auto served = served_from(folder);
  for (const auto* target : {"/images/../secret.png", "/images/%2e%2e/secret.png", "/images/..%2fsecret.png",
                             "/images/luma/../../secret.png", "/images/link.png", "/images//secret.png",
                             "/images/", "/images", "/images/luma", "/images/%5c..%5csecret.png",
                             "/images/.hidden", "/images//etc/passwd", "/images/%2fetc%2fpasswd"})
    EXPECT_NE(served.call("GET", target).body, kFilePng) << target;
  EXPECT_EQ(served.call("GET", "/images/link.png").status, 404);
}

TEST(ETags, AreComparedWhole) {
  EXPECT_TRUE(etag_matches("*", "\"a\""));
  EXPECT_TRUE(etag_matches("\"b\", \"a\"", "\"a\""));
  EXPECT_FALSE(etag_matches("\"ab\"", "\"b\""));
  EXPECT_FALSE(etag_matches("", "\"a\""));
}

}  // namespace
}  // namespace modiste::http
