#include "http/docs_page.h"

#include <fmt/format.h>

#include <utility>

#include "http/openapi.h"

namespace modiste::http {
namespace {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

// What stands between backticks becomes code.
std::string code_marked(std::string_view text) {
  std::string out;
  bool open = false;
  for (const char c : escape(text)) {
    if (c == '`')
      out += std::exchange(open, !open) ? "</code>" : "<code>";
    else
      out += c;
  }
  return out;
}

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1b1a18;--soft:#6b665e;--line:#e4dfd6;--paper:#fbf9f5;--card:#fff;--code:#f4f0e8;
--get:#2f6f4f;--post:#8a5a12;--put:#2d5b8a;--patch:#6a4a8a;--delete:#9a3030}
@media(prefers-color-scheme:dark){:root{--ink:#eeebe4;--soft:#a39d92;--line:#34312c;--paper:#161513;--card:#1e1c19;
--code:#26231f;--get:#7cc3a0;--post:#e0b060;--put:#86b4e4;--patch:#bfa0e0;--delete:#e89090}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 Inter,ui-sans-serif,system-ui,sans-serif}
.page{display:grid;grid-template-columns:15rem minmax(0,52rem);gap:3.5rem;max-width:76rem;margin:0 auto;padding:3rem 1.5rem}
nav{position:sticky;top:2rem;align-self:start;max-height:calc(100vh - 4rem);overflow:auto;font-size:.875rem}
nav a{display:block;color:var(--soft);text-decoration:none;padding:.15rem 0}nav a:hover,nav a:focus{color:var(--ink)}
nav strong{display:block;margin:1.1rem 0 .2rem;font-size:.72rem;letter-spacing:.09em;text-transform:uppercase}
h1{font:400 2.6rem/1.1 Didot,"Bodoni MT","Playfair Display",Georgia,serif;margin:0 0 .6rem}
h2{font:400 1.7rem/1.2 Didot,"Bodoni MT","Playfair Display",Georgia,serif;margin:3.2rem 0 1rem}
.lead{color:var(--soft);max-width:44rem}
article{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem 1.4rem;margin:0 0 1.1rem}
article h3{margin:0 0 .3rem;font:600 1rem/1.4 ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
.method{display:inline-block;min-width:4.2rem;font-weight:700}
.GET{color:var(--get)}.POST{color:var(--post)}.PUT{color:var(--put)}.PATCH{color:var(--patch)}.DELETE{color:var(--delete)}
p{margin:.3rem 0 .8rem}.meta{color:var(--soft);font-size:.85rem}
pre{background:var(--code);border-radius:8px;padding:.8rem 1rem;overflow:auto;font:.8rem/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;margin:.7rem 0 0}
code{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.86em}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.87rem;margin:.5rem 0}
th{text-align:left;font-weight:600;color:var(--soft)}th,td{padding:.3rem .8rem .3rem 0;border-top:1px solid var(--line);vertical-align:top}
a{color:inherit;text-underline-offset:.18em}.need{color:var(--delete);font-size:.78rem}
@media(max-width:56rem){.page{grid-template-columns:minmax(0,1fr);gap:1.5rem;padding:1.5rem 1rem}nav{position:static;max-height:none;columns:2}}
)";

std::string type_link(const Schema& schema) {
  using Kind = Schema::Kind;
  switch (schema.kind) {
    case Kind::kAny:
      return "any";
    case Kind::kBoolean:
      return "boolean";
    case Kind::kInteger:
      return "integer";
    case Kind::kNumber:
      return "number";
    case Kind::kString:
      return "string";
    case Kind::kTime:
      return "time (RFC 3339)";
    case Kind::kEnum:
      return fmt::format("<code>{}</code>", fmt::join(schema.names, "</code> <code>"));
    case Kind::kList:
      return "list of " + type_link(*schema.element);
    case Kind::kMap:
      return "map of " + type_link(*schema.element);
    case Kind::kObject:
      return fmt::format("<a href=\"#type-{0}\">{0}</a>", schema.object);
  }
  return {};
}

std::string limits_of(const Schema& schema) {
  const auto& limits = schema.limits;
  const bool low = std::isfinite(limits.min), high = std::isfinite(limits.max);
  if (low && high) return fmt::format("{} to {}", limits.min, limits.max);
  if (low) return fmt::format("at least {}", limits.min);
  if (high) return fmt::format("at most {}", limits.max);
  return {};
}

std::string field_row(const FieldSchema& field) {
  const auto limits = limits_of(field.schema);
  return fmt::format("<tr><td><code>{}</code>{}</td><td>{}{}</td><td>{}</td></tr>\n", field.name,
                     field.required ? " <span class=need>required</span>" : "", type_link(field.schema),
                     limits.empty() ? "" : ", " + limits, escape(field.doc));
}

std::string field_table(const std::vector<FieldSchema>& fields) {
  if (fields.empty()) return {};
  std::string out = "<div class=scroll><table><thead><tr><th>Name<th>Type<th>Meaning</tr></thead><tbody>\n";
  for (const auto& field : fields) out += field_row(field);
  return out + "</tbody></table></div>\n";
}

// The path with examples in the place of parameters, and required query parameters.
std::string example_target(const Route& route) {
  std::string out;
  size_t parameter = 0;
  for (const auto& segment : route.segments)
    out += "/" + (segment.starts_with('{') ? std::string(route.path->fields[parameter++].example) : segment);
  for (const auto& field : route.query->fields)
    if (!field.example.empty()) out += fmt::format("?{}={}", field.name, field.example);
  return out;
}

std::string curl(const Route& route, const SchemaBook& book) {
  std::string out = "curl";
  if (route.spec.method != Method::kGet &&
      !(route.spec.method == Method::kPost && route.body_kind != BodyKind::kNone))
    out += fmt::format(" -X {}", name_of(route.spec.method));
  out += fmt::format(" \"$MODISTE{}\"", example_target(route));
  if (route.body_kind == BodyKind::kImage)
    out += " \\\n  -H 'Content-Type: image/jpeg' --data-binary @photo.jpg";
  if (route.body_kind == BodyKind::kJson)
    out += fmt::format(" \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'",
                       serialize_json(example_body(route, book)));
  return out;
}

std::string answer_line(const Route& route) {
  std::string out = fmt::format("Answers {}", fmt::join(route.spec.statuses, " or "));
  if (route.answers_json)
    out += " with " + type_link(route.answer);
  else if (route.spec.statuses.front() != 204)
    out += fmt::format(" with {}", escape(route.spec.produces));
  return out;
}

std::string takes_line(const Route& route) {
  if (route.body_kind == BodyKind::kJson)
    return fmt::format("Takes {}, at most {} MB. ", type_link(route.body), route.spec.body_bytes_max >> 20);
  if (route.body_kind == BodyKind::kImage)
    return fmt::format("Takes the bytes of a JPEG, PNG, WebP or GIF, at most {} MB. ",
                       route.spec.body_bytes_max >> 20);
  return {};
}

std::string article(const Route& route, const SchemaBook& book) {
  auto parameters = route.path->fields;
  parameters.insert(parameters.end(), route.query->fields.begin(), route.query->fields.end());
  const auto method = name_of(route.spec.method);
  return fmt::format(
      "<article id=\"{}\"><h3><span class=\"method {}\">{}</span> {}</h3><p>{}</p><p class=meta>{}{}. "
      "{}</p>{}<pre>{}</pre></article>\n",
      route.spec.name, method, method, escape(route.spec.path), escape(route.spec.summary), takes_line(route),
      answer_line(route), escape(access_sentence(*route.spec.access)), field_table(parameters),
      escape(curl(route, book)));
}

struct Group {
  std::string links, articles;
};

std::vector<std::pair<std::string_view, Group>> groups_of(const Router& router) {
  std::vector<std::pair<std::string_view, Group>> out;
  for (const auto& route : router.routes()) {
    auto group =
        std::find_if(out.begin(), out.end(), [&](const auto& g) { return g.first == route.spec.tag; });
    if (group == out.end()) group = out.insert(out.end(), {route.spec.tag, {}});
    group->second.links += fmt::format("<a href=\"#{0}\">{0}</a>\n", route.spec.name);
    group->second.articles += article(route, router.book());
  }
  return out;
}

std::string access_section(const Router& router) {
  std::string out =
      "<h2 id=access>Who may do what</h2><p>Without credentials (where "
      "<code>server.shoppers_without_key</code> is "
      "set), with a device token, with a shopper token, and with an API key of this scope or a wider one. "
      "<em>own</em>: for the shopper and the device that the token names.</p><div "
      "class=scroll><table><thead><tr>"
      "<th>Route<th>Nothing<th>Device token<th>Shopper token<th>API key</tr></thead><tbody>\n";
  for (const auto& route : router.routes()) {
    const auto& rule = *route.spec.access;
    out += fmt::format("<tr><td><code>{} {}</code></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                       name_of(route.spec.method), escape(route.spec.path), name_of(rule.unknown),
                       name_of(rule.device), name_of(rule.shopper), name_of(rule.key));
  }
  return out + "</tbody></table></div>\n";
}

std::string problems_section() {
  std::string out =
      "<h2 id=problems>Problems</h2><p>Errors are <a href=\"#type-Problem\">application/problem+json</a> "
      "(RFC 9457): what is wrong, where, and what would be right.</p><div class=scroll><table><tbody>\n";
  for (const auto& [status, name, text] : problem_kinds())
    out += fmt::format("<tr id=problem-{0}><td><code>{0}</code></td><td>{1}</td><td>{2}</td></tr>\n", status,
                       reason_phrase(status), code_marked(text));
  return out + "</tbody></table></div>\n";
}

std::string types_section(const SchemaBook& book) {
  std::string out = "<h2 id=types>Types</h2>\n";
  for (const auto* object : book.objects())
    out += fmt::format("<article id=\"type-{}\"><h3>{}</h3><p>{}</p>{}</article>\n", object->name,
                       object->name, escape(object->doc), field_table(object->fields));
  return out;
}

}  // namespace

std::string docs_page(const Router& router) {
  std::string links, body;
  for (const auto& [tag, group] : groups_of(router)) {
    links += fmt::format("<strong>{}</strong>{}", tag, group.links);
    body += fmt::format("<h2>{}</h2>\n{}", tag, group.articles);
  }
  return fmt::format(
      "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport "
      "content=\"width=device-width\"><title>Modiste API</title><style>{}</style></head><body><div "
      "class=page><nav aria-label=\"On this page\">{}<strong>Reference</strong><a "
      "href=\"#access\">Access</a><a href=\"#problems\">Problems</a><a href=\"#types\">Types</a><a "
      "href=\"/openapi.json\">openapi.json</a></nav><main><h1>Modiste API</h1><p class=lead>Record what "
      "shoppers do; ask for recommendations. JSON over HTTP. In the examples <code>$MODISTE</code> is this "
      "server, such as <code>http://127.0.0.1:8080</code>; where keys are set, add <code>-H 'Authorization: "
      "Bearer …'</code> and a key or a token.</p>{}{}{}{}</main></div></body></html>\n",
      kStyle, links, body, access_section(router), problems_section(), types_section(router.book()));
}

}  // namespace modiste::http
