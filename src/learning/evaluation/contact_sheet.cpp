#include "learning/evaluation/contact_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/rng.h"
#include "io/atomic_write.h"

namespace modiste {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<' || c == '>' || c == '&' || c == '"')
      out += fmt::format("&#{};", static_cast<int>(c));
    else
      out += c;
  }
  return out;
}

constexpr std::string_view kStyle =
    "<style>body{font:13px sans-serif;margin:16px}.row{display:flex;gap:6px;margin-bottom:8px}"
    "figure{margin:0;width:112px}figure:first-child{margin-right:14px}"
    "img{width:112px;height:112px;object-fit:contain;background:#f6f6f6}"
    "figcaption{overflow-wrap:anywhere}.wrong{color:#c00}</style>";

}  // namespace

Sheet random_rows(Sheet all, size_t count, uint64_t seed) {
  Rng rng(seed);
  for (size_t i = 0; i < std::min(count, all.rows.size()); ++i)
    std::swap(all.rows[i], all.rows[i + rng.below(all.rows.size() - i)]);
  if (all.rows.size() > count) all.rows.resize(count);
  all.name += "-random";
  return all;
}

Sheet worst_rows(Sheet all, size_t count) {
  std::stable_sort(all.rows.begin(), all.rows.end(),
                   [](const SheetRow& a, const SheetRow& b) { return a.score < b.score; });
  if (all.rows.size() > count) all.rows.resize(count);
  all.name += "-worst";
  return all;
}

Result<Done> write_sheet(const Sheet& sheet, const std::filesystem::path& folder) {
  std::string page = fmt::format("<!doctype html><meta charset=\"utf-8\"><title>{0}</title>{1}<h1>{0}</h1>\n",
                                 escaped(sheet.title), kStyle);
  for (const auto& row : sheet.rows) {
    page += "<div class=\"row\">";
    for (const auto& tile : row.tiles)
      page +=
          fmt::format("<figure><img src=\"{}\" alt=\"\"><figcaption class=\"{}\">{}</figcaption></figure>",
                      escaped(std::filesystem::absolute(tile.photo).string()), tile.right ? "right" : "wrong",
                      escaped(tile.caption));
    page += "</div>\n";
  }
  std::filesystem::create_directories(folder);
  return write_atomically(folder / (sheet.name + ".html"), std::string_view(page));
}

}  // namespace modiste
