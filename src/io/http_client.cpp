#include "io/http_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <tuple>

#include "base/check.h"

namespace modiste {
namespace {

constexpr size_t kHeadBytesMax = size_t{64} << 10;

template <auto kFree>
struct Free {
  template <class T>
  void operator()(T* thing) const {
    kFree(thing);
  }
};
using Handle = std::unique_ptr<CURL, Free<curl_easy_cleanup>>;
using Url = std::unique_ptr<CURLU, Free<curl_url_cleanup>>;
using HeaderList = std::unique_ptr<curl_slist, Free<curl_slist_free_all>>;

void start_curl() {
  static const bool kStarted = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  CHECK(kStarted);
}

std::string part_of(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, Free<curl_free>> owned(text);
  return text;
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host.starts_with("127.") || host == "[::1]";
}

struct Address {
  std::string host, shown;  // shown: in messages, without the query, which may hold secrets
};

Result<Address> read_url(const std::string& text) {
  const Url url(curl_url());
  CHECK(url != nullptr);
  const bool parsed = curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  const std::string scheme = part_of(url, CURLUPART_SCHEME);
  Address address{part_of(url, CURLUPART_HOST), text.substr(0, text.find('?'))};
  const bool has_user = !part_of(url, CURLUPART_USER).empty() || !part_of(url, CURLUPART_PASSWORD).empty();
  if (parsed && !address.host.empty() && !has_user && (scheme == "http" || scheme == "https")) return address;
  return Error{Code::kInvalid, "not an HTTP address", has_user ? "a URL with a user in it" : address.shown,
               "http://HOST/PATH or https://HOST/PATH"};
}

// What arrives, and why it was cut off.
struct Incoming {
  size_t body_bytes_max = 0, head_bytes = 0;
  std::string body;
  bool too_large = false;
};

size_t on_body(const char* bytes, size_t, size_t count, void* into) {
  auto& incoming = *static_cast<Incoming*>(into);
  incoming.too_large = incoming.body.size() + count > incoming.body_bytes_max;
  if (incoming.too_large) return CURL_WRITEFUNC_ERROR;
  incoming.body.append(bytes, count);
  return count;
}

std::atomic<bool> ended{false};  // of the process

int on_progress(void*, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return ended ? 1 : 0; }

size_t on_header(const char*, size_t, size_t count, void* into) {
  auto& incoming = *static_cast<Incoming*>(into);
  incoming.head_bytes += count;
  incoming.too_large = incoming.head_bytes > kHeadBytesMax;
  return incoming.too_large ? CURL_WRITEFUNC_ERROR : count;
}

template <class T>
void set(const Handle& curl, CURLoption option, T value) {
  CHECK(curl_easy_setopt(curl.get(), option, value) == CURLE_OK);
}

Result<HeaderList> header_list(const HttpRequest& request) {
  HeaderList list;
  const auto add = [&list](const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    CHECK(longer != nullptr);
    std::ignore = list.release();
    list.reset(longer);
  };
  add("Expect:");  // no round trip before a large body
  for (const auto& [name, value] : request.headers) {
    if ((name + value).find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      return Error{Code::kInvalid, "a header holds a line break or a NUL", name, "one line of text"};
    add(fmt::format("{}: {}", name, value));
  }
  return list;
}

void set_limits(const Handle& curl, const HttpLimits& limits) {
  set(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.timeout.count()));
  set(curl, CURLOPT_NOSIGNAL, 1L);
  set(curl, CURLOPT_FOLLOWLOCATION, limits.redirects_max > 0 ? 1L : 0L);
  set(curl, CURLOPT_MAXREDIRS, static_cast<long>(limits.redirects_max));
  set(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  set(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(curl, CURLOPT_UNRESTRICTED_AUTH, 0L);
}

void set_request(const Handle& curl, const HttpRequest& request, const Address& address) {
  set(curl, CURLOPT_URL, request.url.c_str());
  set(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method == "HEAD") set(curl, CURLOPT_NOBODY, 1L);
  if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
    set(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(curl, CURLOPT_POSTFIELDS, request.body.data());
  }
  set(curl, CURLOPT_USERAGENT, "modiste");
  if (request.direct || is_this_machine(address.host)) set(curl, CURLOPT_PROXY, "");
  if (const char* authorities = std::getenv("SSL_CERT_FILE")) set(curl, CURLOPT_CAINFO, authorities);
}

}  // namespace

Result<HttpAnswer> send_http(const HttpRequest& request, const HttpLimits& limits) {
  start_curl();
  TRY_ASSIGN(const Address address, read_url(request.url));
  TRY_ASSIGN(const HeaderList headers, header_list(request));
  const Handle curl(curl_easy_init());
  if (curl == nullptr) return Error{Code::kUnavailable, "libcurl has no memory left", address.shown, ""};
  set_limits(curl, limits);
  set_request(curl, request, address);
  set(curl, CURLOPT_HTTPHEADER, headers.get());
  Incoming incoming;
  incoming.body_bytes_max = limits.body_bytes_max;
  set(curl, CURLOPT_WRITEFUNCTION, &on_body);
  set(curl, CURLOPT_WRITEDATA, &incoming);
  set(curl, CURLOPT_HEADERFUNCTION, &on_header);
  set(curl, CURLOPT_HEADERDATA, &incoming);
  set(curl, CURLOPT_NOPROGRESS, 0L);
  set(curl, CURLOPT_XFERINFOFUNCTION, &on_progress);
  std::array<char, CURL_ERROR_SIZE> words{};
  set(curl, CURLOPT_ERRORBUFFER, words.data());

  const CURLcode code = curl_easy_perform(curl.get());
  if (incoming.too_large)
    return Error{Code::kUnavailable, "the answer is too large", address.shown,
                 fmt::format("at most {} bytes after a head of {}", limits.body_bytes_max, kHeadBytesMax)};
  if (code == CURLE_ABORTED_BY_CALLBACK)
    return Error{Code::kUnavailable, "the process is ending", address.shown, ""};
  if (code != CURLE_OK)
    return Error{Code::kUnavailable, words.front() != '\0' ? words.data() : curl_easy_strerror(code),
                 address.shown, ""};
  long status = 0;
  CHECK(curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status) == CURLE_OK);
  return HttpAnswer{static_cast<unsigned>(status), std::move(incoming.body)};
}

void end_http_calls() { ended = true; }

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace modiste
