// One table of routes gives dispatch, validation, OpenAPI and TypeScript.
//
//   router.route<Request<GarmentPath, SimilarQuery>, Answer>(
//       {.path = "/v1/garments/{id}/similar", .name = "similar", .summary = "...",
//        .access = access::kAnswer},
//       [&](const auto& request) { return shop.search().similar(...); });
//
// A request's path, query and body are described structs; the handler runs only when all three were read.
// Handlers return Result<T>, or Result<Reply<T>> to choose among several statuses, or Result<Response>.
// A request that names somebody is bound to its caller before the handler runs (access.h).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/check.h"
#include "base/json_schema.h"
#include "base/json_writer.h"
#include "http/access.h"
#include "http/basic_contracts.h"
#include "http/message.h"
#include "http/request_reader.h"
#include "http/shopper_contracts.h"

namespace modiste::http {

// Where a handler runs: on the thread that read the request, or on the bounded pool of workers.
enum class Run : uint8_t { kInPlace, kWorker };

inline constexpr size_t kBodyBytesMax = 1 << 20;
inline constexpr size_t kBatchBytesMax = 8 << 20;
inline constexpr size_t kImageBytesMax = 25 << 20;

struct RouteSpec {
  Method method = Method::kGet;
  std::string_view path = {};     // "/v1/garments/{id}"
  std::string_view name = {};     // OpenAPI's operationId
  std::string_view tag = {};      // groups the documentation
  std::string_view summary = {};  // one sentence
  Access access;                  // who may call it
  // Of a rule with Right::kOwnUntilSignIn: whether what is held of the path's shopper is more than the
  // caller's own.
  std::function<Result<bool>(const Caller&, const Identifier&)> is_anothers = {};
  bool limited = false;  // how often an address may call it without a key: ServiceOptions::devices_per_minute
  Run run = Run::kInPlace;
  size_t body_bytes_max = kBodyBytesMax;
  std::vector<int> statuses = {200};               // of success; the first is the default
  std::string_view produces = "application/json";  // for routes that answer text
  std::string_view example = {};  // an example body, if the contract's own example is not good enough
};

template <class P = Nothing, class Q = Nothing, class B = Nothing>
struct Request {
  using Path = P;
  using Query = Q;
  using Body = B;
  P path;
  Q query;
  B body;
  std::string_view request_id{};  // of the answer; the server's own
  Caller caller{};
};

template <class T>
struct Reply {
  using Value = T;
  T value;
  int status;
  std::string log = {};  // added to the request's log line: "items=20 ..."
};

// An answer that is not JSON, in the content type that the route produces.
struct Text {
  std::string text;
};

struct Route {
  RouteSpec spec;
  std::vector<std::string> segments = {};  // "{id}" for a parameter
  const ObjectSchema* path = nullptr;      // parameters, in the order of the path
  const ObjectSchema* query = nullptr;
  BodyKind body_kind = BodyKind::kNone;
  Schema body = {}, answer = {};  // kAny without one, or when it is not JSON
  bool answers_json = false;
  std::function<Result<Response>(const RawRequest&)> handle = {};
};

// An example body: the route's own example, else one derived from its contract.
[[nodiscard]] json::value example_body(const Route& route, const SchemaBook& book);

// Immutable once the server runs. Threads: any number of readers.
class Router {
 public:
  Router() : problem_(describe<Problem>(book_)) {}

  template <class Req, class Res, class Handler>
  void route(RouteSpec spec, Handler handler);

  struct Match {
    const Route* route = nullptr;           // null: the path does not have this method
    std::vector<std::string> path_values;   // values of the parameters, in path order
    std::vector<std::string_view> allowed;  // methods that the path has; empty: no such path
  };
  [[nodiscard]] Match match(Method method, const Target& target) const;

  [[nodiscard]] std::span<const Route> routes() const { return routes_; }
  // Every object type that occurs in a body or an answer, including nested ones.
  [[nodiscard]] const SchemaBook& book() const { return book_; }
  [[nodiscard]] const Schema& problem_schema() const { return problem_; }

 private:
  void add(Route route);
  SchemaBook book_;
  Schema problem_;
  std::vector<Route> routes_;
};

namespace router_detail {

Response json_response(int status, std::string body);
Response text_response(int status, std::string_view type, std::string body);

template <class T>
struct IsReply : std::false_type {};
template <class T>
struct IsReply<Reply<T>> : std::true_type {};

template <class T>
Response respond(const T& value, const RouteSpec& spec, int status) {
  if constexpr (std::is_same_v<T, Text>)
    return text_response(status, spec.produces, value.text);
  else if constexpr (std::is_same_v<T, Nothing> || std::is_same_v<T, Done>)
    return {.status = status, .content_type = {}, .fields = {}, .body = {}, .shared_body = {}, .log = {}};
  else
    return json_response(status, json_text(value));
}

template <class T>
Result<Done> claim_named(const Caller& caller, T& named, char prefix) {
  if constexpr (NamesWho<T>)
    return caller.claim(NamedWho{named.shopper_id, named.device_id, named.session_id, prefix});
  else
    return kOk;
}

// Paths that begin with a shopper's id.
template <class Path>
inline constexpr bool kNamesShopper = std::is_same_v<Path, ShopperPath> || std::is_same_v<Path, WardrobePath>;

// Whether a request of the type can be about somebody. The events of a batch are bound one by one, by the
// route.
template <class Req>
inline constexpr bool kIsAboutSomebody =
    kNamesShopper<typename Req::Path> || NamesWho<typename Req::Query> || NamesWho<typename Req::Body> ||
    std::is_same_v<typename Req::Body, EventsBody>;

template <class Req>
Result<Done> claim(Req& request) {
  const Caller& caller = request.caller;
  if constexpr (kNamesShopper<typename Req::Path>)
    TRY(caller.claim(Identifier{request.query.kind, request.path.id}, "?id"));
  TRY(claim_named(caller, request.query, '?'));
  return claim_named(caller, request.body, '/');
}

// Whether a shopper signed in on the device of the path, who is not the caller.
template <class Req>
Result<bool> is_anothers(const RouteSpec& spec, const Req& request) {
  if constexpr (kNamesShopper<typename Req::Path>)
    if (spec.is_anothers && !request.caller.trusted && request.query.kind == IdentifierKind::kDevice)
      return spec.is_anothers(request.caller, Identifier{request.query.kind, request.path.id});
  return false;
}

}  // namespace router_detail

template <class Req, class Res, class Handler>
void Router::route(RouteSpec spec, Handler handler) {
  // Without a key a caller may not act for everybody on a route about shoppers; of other routes the request
  // does not say which shopper is meant, so that "their own" has no meaning there.
  CHECK(router_detail::kIsAboutSomebody<Req> ? spec.access->shopper <= Right::kOwn
                                             : spec.access->shopper != Right::kOwn);
  CHECK((spec.access->device == Right::kOwnUntilSignIn) == (spec.is_anothers != nullptr));
  Route route{.spec = spec};
  route.path = &reader_detail::object_schema<typename Req::Path>();
  route.query = &reader_detail::object_schema<typename Req::Query>();
  route.body_kind = BodyReader<typename Req::Body>::kKind;
  route.body = BodyReader<typename Req::Body>::schema(book_);
  if constexpr (Described<Res> && !std::is_same_v<Res, Nothing>) {
    route.answers_json = true;
    route.answer = describe<Res>(book_);
  }
  route.handle = [spec, handler = std::move(handler)](const RawRequest& raw) -> Result<Response> {
    Req request;
    TRY_ASSIGN(request.path, read_path<typename Req::Path>(raw));
    TRY_ASSIGN(request.query, read_query<typename Req::Query>(raw));
    TRY_ASSIGN(request.body, BodyReader<typename Req::Body>::read(raw));
    request.request_id = raw.request_id;
    request.caller = raw.caller;
    if (auto own = router_detail::claim(request); !own.ok()) return refusal(request.caller, own.error());
    TRY_ASSIGN(const bool is_anothers, router_detail::is_anothers(spec, request));
    if (is_anothers) return refusal(request.caller, needs_sign_in());
    auto result = handler(std::move(request));
    if (!result.ok()) return std::move(result).error();
    using Value = std::remove_cvref_t<decltype(*result)>;
    if constexpr (router_detail::IsReply<Value>::value) {
      Response response = router_detail::respond(result->value, spec, result->status);
      response.log = std::move(result->log);
      return response;
    } else if constexpr (std::is_same_v<Value, Response>)
      return std::move(*result);
    else
      return router_detail::respond(*result, spec, spec.statuses.front());
  };
  add(std::move(route));
}

}  // namespace modiste::http
