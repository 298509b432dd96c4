#include "http/docs_page.h"

namespace modiste::http {
std::string docs_page(const Router&) { return {}; }
}  // namespace modiste::http
