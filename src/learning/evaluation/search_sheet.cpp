#include "learning/evaluation/search_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "learning/evaluation/svg_plot.h"

namespace modiste {

std::vector<SheetRow> search_rows(std::span<const SheetQuery> queries, std::span<const SheetGarment> garments,
                                  size_t count) {
  std::vector<SheetRow> rows;
  for (const auto& query : queries) {
    std::vector<std::pair<float, size_t>> scored;
    for (size_t i = 0; i < garments.size(); ++i)
      scored.emplace_back(-dot(query.vector, garments[i].vector), i);
    std::sort(scored.begin(), scored.end());
    SheetRow row{query.title, {}};
    if (query.photo.width > 0) row.cells.push_back({query.photo, "the photo asked with"});
    std::set<std::string> seen;
    for (const auto& [score, index] : scored) {
      if (seen.size() >= count) break;
      const auto& garment = garments[index];
      if (seen.insert(garment.garment_id).second)
        row.cells.push_back({garment.image, fmt::format("{} {:.2f}", garment.caption, -score)});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string sheet_html(const std::vector<SheetRow>& rows, std::string_view title, std::string_view picture) {
  std::string html = fmt::format(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{0}</title>"
      "<style>body{{margin:2rem auto;max-width:1400px;padding:0 1rem;font:15px/1.5 "
      "Inter,system-ui,sans-serif}}"
      "img{{width:100%}}ol{{columns:3 16rem;color:#6f6a64}}</style></head><body><h1>{0}</h1><img src=\"{1}\" "
      "alt=\"Photos of the garments found, listed below\">",
      escape_html(title), escape_html(picture));
  for (const auto& row : rows) {
    html += fmt::format("<h2>{}</h2><ol>", escape_html(row.title));
    for (const auto& cell : row.cells) html += fmt::format("<li>{}</li>", escape_html(cell.caption));
    html += "</ol>";
  }
  return html + "</body></html>\n";
}

}  // namespace modiste
