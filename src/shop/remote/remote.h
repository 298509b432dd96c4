// The server that has a data directory open, and how a command beside it asks it.
//
// A server writes DATA/serving.json when it starts and removes it when it stops: its address, its process and
// a token drawn at that start, readable by the owner of the directory alone. Whoever reads the file could
// read and write the directory itself, so the token may do everything (http/options.h: owner_token).
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "io/http_client.h"

namespace modiste {

struct ServingNote {
  std::string url;
  int64_t pid = 0;
  std::string token;
  bool operator==(const ServingNote&) const = default;
};

// The file of a running server; removed with the object. Owner: the server's process.
class ServingFile {
 public:
  static Result<std::unique_ptr<ServingFile>> write(const std::filesystem::path& data,
                                                    const ServingNote& note);
  ~ServingFile();
  ServingFile(const ServingFile&) = delete;
  ServingFile& operator=(const ServingFile&) = delete;

 private:
  explicit ServingFile(std::filesystem::path file) : file_(std::move(file)) {}
  std::filesystem::path file_;
};

// The server that has this data directory open; empty when there is none. A file that outlived its server is
// not believed: its process must live, hold the directory's lock, and answer at the address.
[[nodiscard]] std::optional<ServingNote> serving_at(const std::filesystem::path& data);

struct ServerCall {
  std::string_view method, path;
  std::string body = {};
  std::string_view content_type = "application/json";
};

// One request to the server, with its token; with the key in the environment's MODISTE_KEY instead if that is
// set. Errors as send_http; the problem's own words, pointer and expectation unless the status is 2xx
// (kNotFound for 404, kConflict for 409, kInternal for 500, kUnavailable for 429 and above 500, else
// kInvalid).
Result<std::string> call_server(const ServingNote& server, const ServerCall& call);

// Calls of long work that is made of many, each of which may be sent twice, as in an import: a server that is
// busy or starts again is waited for. Threads: one.
class PatientCalls {
 public:
  struct Patience {
    std::chrono::milliseconds first{1'000}, most{15'000};  // between two tries; each waits twice as long
    std::chrono::milliseconds in_all{300'000};             // for one call
  };
  // data: of the server, where one that was started again is found; empty: it is not looked for.
  PatientCalls(ServingNote server, std::filesystem::path data, Patience patience)
      : server_(std::move(server)), data_(std::move(data)), patience_(patience) {}
  PatientCalls(ServingNote server, std::filesystem::path data)
      : PatientCalls(std::move(server), std::move(data), Patience()) {}

  // As call_server. kUnavailable: the server gave no other answer for Patience::in_all.
  Result<std::string> call(const ServerCall& call);
  [[nodiscard]] const ServingNote& server() const { return server_; }

 private:
  bool was_started_again();

  ServingNote server_;
  const std::filesystem::path data_;
  const Patience patience_;
};

inline Result<std::string> call_server(const ServingNote& server, std::string_view method,
                                       std::string_view path, std::string json) {
  return call_server(server, ServerCall{method, path, std::move(json)});
}

template <>
struct Contract<ServingNote> {
  static constexpr std::string_view kName = "ServingNote";
  static constexpr auto kFields =
      Fields{field("url", &ServingNote::url, {.doc = "Address of the server", .required = true}),
             field("pid", &ServingNote::pid, {.doc = "Its process", .required = true}),
             field("token", &ServingNote::token, {.doc = "Lets its reader do everything", .required = true})};
};

}  // namespace modiste
