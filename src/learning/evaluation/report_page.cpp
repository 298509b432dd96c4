#include "learning/evaluation/report_page.h"

#include <fmt/format.h>

#include "learning/evaluation/svg_plot.h"

namespace modiste {
namespace {

constexpr std::string_view kStyle = R"(<style>
:root{color-scheme:light dark;--ink:#1d1b19;--quiet:#6f6a64;--paper:#fbfaf8;--ours:#7a3b69;--raw:#b9b2a8;--line:#e3ded7}
@media(prefers-color-scheme:dark){:root{--ink:#efebe6;--quiet:#a39c93;--paper:#171513;--ours:#cf8fbf;--raw:#5e5850;--line:#35302b}}
body{margin:0 auto;padding:2.5rem 1.25rem 4rem;max-width:760px;background:var(--paper);color:var(--ink);
font:16px/1.55 Inter,system-ui,sans-serif}h1{font-size:1.7rem;line-height:1.2;letter-spacing:-.02em}
h2{font-size:1.1rem;margin-top:2.4rem}p.lead{font-size:1.1rem}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:right;padding:.35rem .5rem;border-bottom:1px solid var(--line)}th:first-child,td:first-child{text-align:left}
th{font-weight:500;color:var(--quiet)}svg{width:100%;font:12px Inter,system-ui,sans-serif}svg.square{max-width:380px}
svg text{fill:var(--ink)}svg text.n{fill:var(--quiet);font-size:10px}svg .a{fill:var(--ours)}svg .b{fill:var(--raw)}
svg .frame{fill:none;stroke:var(--line)}svg .wish{stroke:var(--quiet);stroke-dasharray:4 4}small{color:var(--quiet)}
</style>)";

}  // namespace

std::string report_head(std::string_view title) {
  std::string html =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">";
  html += fmt::format("<title>Modiste: {}</title>", escape_html(title));
  html += kStyle;
  return html + "</head><body>";
}

std::string percent(double share) { return fmt::format("{:.1f}%", share * 100); }

}  // namespace modiste
